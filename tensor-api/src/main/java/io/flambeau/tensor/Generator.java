package io.flambeau.tensor;

/**
 * A source of random numbers: a seed and a position in its stream. The same on every backend and for any number of
 * threads; see {@link io.flambeau.tensor.op.Random}.
 *
 * <pre>{@code
 * Generator g = new Generator(42);
 * Tensor x = Tensors.randn(g, 2, 3);
 * Generator.State here = g.state();      // goes into checkpoints
 * }</pre>
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

    public Generator(long seed) {
        this.seed = seed;
    }

    /** The generator that is used where none is named. */
    public static Generator standard() {
        return DEFAULT;
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
        State here = new State(seed, offset);
        offset += blocks;
        return here;
    }
}
