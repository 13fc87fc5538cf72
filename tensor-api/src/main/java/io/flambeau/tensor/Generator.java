package io.flambeau.tensor;

import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Recording;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A source of random numbers: a seed and a position in its stream. The same on every backend and for any number of
 * threads; see {@link io.flambeau.tensor.op.Random}.
 *
 * <pre>{@code
 * Generator g = new Generator(42);
 * Tensor x = Tensors.randn(g, 2, 3);
 * Generator.State here = g.state();      // goes into checkpoints
 * }</pre>
 *
 * <p>A generator may count from a tensor: then the position is read on the device when numbers are drawn, and a trace
 * that has the tensor as an input draws anew whenever it is replayed with another value.
 */
public final class Generator {
    private static final Generator DEFAULT =
            new Generator(System.nanoTime() ^ ProcessHandle.current().pid() << 32);

    /**
     * A position in a stream.
     *
     * @param seed the stream
     * @param offset the number of the next block of four 32-bit words
     */
    public record State(long seed, long offset) {}

    private long seed;
    private long offset;
    private final @Nullable Tensor counter;

    public Generator(long seed) {
        this.seed = seed;
        this.counter = null;
    }

    /**
     * A stream whose position is what was drawn since plus the value of a tensor, on whose device numbers are drawn.
     *
     * <pre>{@code
     * Tensor counter = Tensors.scalar(0L);
     * Generator g = new Generator(42, counter);
     * Tensor y = Tensors.withGenerator(g, () -> model.call(x));
     * }</pre>
     *
     * @param counter I64, one element
     */
    public Generator(long seed, Tensor counter) {
        if (counter.dtype() != DType.I64 || counter.count() != 1) {
            throw new ArgumentException(
                    "Generator", "a counter is one int64, not " + counter.spec(), Fault.BAD_ARGUMENT);
        }
        this.seed = seed;
        this.counter = counter;
    }

    /** The generator that is used where none is named: the process's, or that of {@link Tensors#withGenerator}. */
    public static Generator standard() {
        Generator bound = Modes.current().generator();
        return bound == null ? DEFAULT : bound;
    }

    /** The tensor that positions count from, or null. */
    public @Nullable Tensor counter() {
        Recording recording = Recording.current();
        return recording != null && counter == null ? recording.counter(this) : counter;
    }

    /** The inputs of a draw: these, and the counter where there is one. */
    public Tensor[] inputs(Tensor... inputs) {
        Tensor place = counter();
        if (place == null) {
            return inputs;
        }
        Tensor[] counted = Arrays.copyOf(inputs, inputs.length + 1);
        counted[inputs.length] = place;
        return counted;
    }

    /** Starts the stream of a seed from its beginning. Returns this generator. */
    public synchronized Generator manualSeed(long seed) {
        this.seed = seed;
        this.offset = 0;
        return this;
    }

    public synchronized State state() {
        return new State(seed, offset);
    }

    public synchronized void state(State state) {
        seed = state.seed;
        offset = state.offset;
    }

    /** Reserves blocks of the stream and gives the position of the first. */
    public synchronized State take(long blocks) {
        Recording recording = Recording.current();
        if (recording != null && counter == null) {
            return recording.take(this, blocks);
        }
        State here = new State(seed, offset);
        offset += blocks;
        return here;
    }
}
