package io.flambeau.tensor.spi;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.ref.PhantomReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a program whose work on a device is recorded by one thread and then replayed: the memory that has to stay
 * where it is, and what the host does before each replay.
 *
 * <p>Note [Memory of a recording]: what is made while recording comes from a pool of its own, in which nobody allocates
 * afterwards. Blocks of the device's pool that the work touches are pinned: given back, they wait until the recording is
 * closed. What the host writes before a replay lies outside of both, since a block of the recording's pool may have been
 * something else earlier in the same step.
 */
public final class Recording implements AutoCloseable {
    /** How many threads record: each of them sees its own change, and no other thread needs to. */
    static int open;

    private final Local local = Local.current();
    private final Backend backend;
    private final Pool source;
    private final Pool pool;
    private final Capture capture;
    private final Map<Storage, Integer> touched = new IdentityHashMap<>();
    private final Map<Generator, Draws> draws = new IdentityHashMap<>();
    private final List<Runnable> before = new ArrayList<>();
    private List<Storage> made = new ArrayList<>();
    private List<WeakReference<Storage>> written = List.of();
    private @Nullable Replay replay;
    private boolean closed;

    /** The numbers that a recording draws of one stream at each replay. */
    private static final class Draws {
        final long seed;
        final Tensor counter;
        long blocks;

        Draws(long seed, Tensor counter) {
            this.seed = seed;
            this.counter = counter;
        }
    }

    private Recording(Backend backend, Pool source, Capture capture) {
        this.backend = backend;
        this.source = source;
        this.capture = capture;
        this.pool = new Pool(source);
    }

    /**
     * Begins to record what this thread asks of the pool's device; null if the device cannot.
     *
     * @throws DeviceException if this thread, or another one on this device, records already
     */
    public static @Nullable Recording begin(Backend backend, Pool pool) {
        Local local = Local.current();
        if (local.recording != null) {
            throw refused("capture", "this thread is capturing work already; end that first");
        }
        Capture capture = backend.capture(pool.device().index());
        if (capture == null) {
            return null;
        }
        Recording recording = new Recording(backend, pool, capture);
        local.recording = recording;
        count(1);
        return recording;
    }

    private static synchronized void count(int by) {
        open += by;
    }

    /** What this thread records, or null. */
    public static @Nullable Recording current() {
        return open == 0 ? null : Local.current().recording;
    }

    private static DeviceException refused(String operation, String problem) {
        return new DeviceException(operation, problem, Fault.NOT_CAPTURABLE);
    }

    /** Where memory for this thread comes from, if it is asked of this pool. */
    static Pool source(Pool asked, Local local) {
        Recording recording = local.recording;
        Pool home = asked.home();
        return recording != null && recording.source == home ? recording.pool : home;
    }

    /** Notes a storage that was taken from the recording's pool. */
    void made(Storage storage) {
        made.add(storage);
    }

    /** Notes that this thread uses a storage. */
    static void use(Storage storage, Object caller) {
        Recording recording = Local.current().recording;
        if (recording != null && storage.pool() != recording.pool) {
            recording.touch(storage, caller);
        }
    }

    private void touch(Storage storage, Object caller) {
        if (storage.pool().home() != source) {
            throw refused(
                    Storage.title(caller),
                    "work on " + storage.pool().device() + " inside a capture of " + source.device()
                            + " would not be replayed; do it outside, and copy what it gives into a tensor of "
                            + source.device());
        }
        if (touched.putIfAbsent(storage, storage.version()) == null) {
            storage.pool().pin(storage.block());
        }
    }

    /** Runs a body as if this thread did not record. */
    private <T> T outside(Supplier<T> body) {
        local.recording = null;
        try (Region _ = Region.none()) {
            return body.get();
        } finally {
            local.recording = this;
        }
    }

    /**
     * A tensor whose contents the host writes anew before each replay.
     *
     * @param content gives its bytes, in row-major order
     */
    public Tensor late(Spec spec, Supplier<MemorySegment> content) {
        Storage storage = outside(() -> Storage.allocate(source, spec.bytes(), "capture"));
        before.add(() -> backend.upload(content.get(), storage, 0));
        return Access.door().of(View.contiguous(storage, spec.dtype(), spec.shape()), spec);
    }

    /** The place of the next blocks of a stream, counted from where it is when a replay begins. */
    public Generator.State take(Generator generator, long blocks) {
        Draws drawn = draws(generator);
        Generator.State here = new Generator.State(drawn.seed, drawn.blocks);
        drawn.blocks += blocks;
        return here;
    }

    /** The tensor that says at each replay where the stream is. */
    public Tensor counter(Generator generator) {
        return draws(generator).counter;
    }

    private Draws draws(Generator generator) {
        Draws drawn = draws.get(generator);
        if (drawn == null) {
            Tensor counter = late(new Spec(Shape.SCALAR, DType.I64, source.device()), () -> position(generator));
            drawn = new Draws(generator.state().seed(), counter);
            draws.put(generator, drawn);
        }
        return drawn;
    }

    @SuppressWarnings("NullAway") // what is drawn at a replay was drawn when it was recorded
    private MemorySegment position(Generator generator) {
        long offset = generator.take(draws.get(generator).blocks).offset();
        return MemorySegment.ofArray(new long[] {offset});
    }

    /** Stops recording; then the work can be replayed. */
    public void end() {
        leave();
        try {
            replay = capture.end();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        List<WeakReference<Storage>> changed = new ArrayList<>();
        touched.forEach((storage, version) -> {
            if (storage.version() != version) {
                changed.add(new WeakReference<>(storage));
            }
        });
        for (Storage storage : made) {
            if (storage.isLive()) {
                changed.add(new WeakReference<>(storage));
            }
        }
        made = List.of();
        written = changed;
    }

    /** Stops recording and forgets what was recorded. */
    public void abandon() {
        leave();
        capture.abandon();
        close();
    }

    private void leave() {
        local.recording = null;
        count(-1);
    }

    /**
     * Queues the recorded work, after the host has written what changes from one replay to the next.
     *
     * @throws DeviceException if a stream of random numbers that it draws was seeded anew
     */
    public void run() {
        Replay work = replay;
        if (work == null || closed) {
            throw refused("replay", "the graph was closed; capture it again");
        }
        if (current() != null) {
            throw refused(
                    "replay", "a graph cannot be replayed while another one is captured; replay it before or after");
        }
        draws.forEach((generator, drawn) -> {
            if (generator.state().seed() != drawn.seed) {
                throw refused(
                        "replay",
                        "the stream of random numbers was seeded with "
                                + generator.state().seed() + ", the step was captured with seed " + drawn.seed
                                + "; seed before the capture, or capture it again");
            }
        });
        before.forEach(Runnable::run);
        work.queue();
        for (WeakReference<Storage> each : written) {
            Storage storage = each.get();
            if (storage != null) {
                storage.written();
            }
        }
    }

    /** Gives back its memory, except what tensors still look at. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (replay != null) {
            replay.close();
        }
        before.clear();
        touched.keySet().forEach(storage -> storage.pool().unpin(storage.block(), Local.current()));
        touched.clear();
        made = List.of();
        pool.retire();
    }

    /** Closes the recording when nothing refers to its owner any more. */
    public void closeWith(Object owner) {
        Net.ALL.add(new Net(owner, this));
    }

    private static final class Net extends PhantomReference<Object> implements Dead {
        private static final Set<Net> ALL = ConcurrentHashMap.newKeySet();
        private final Recording recording;

        private Net(Object owner, Recording recording) {
            super(owner, Lease.DEAD);
            this.recording = recording;
        }

        @Override
        public void settle(Local heir) {
            ALL.remove(this);
            recording.close();
        }
    }

    /** The device whose work is recorded. */
    public Device device() {
        return source.device();
    }
}
