package io.flambeau.tensor.spi;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.op.Op;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A slice of device memory, neither typed nor shaped, shared by the views on it; owned by the API.
 *
 * <p>Note [Who owns a storage]: what is made inside a {@link Region} belongs to it and goes back when it closes; what
 * is made outside is watched by a {@link Lease}. A graph that needs a storage later holds it; the region's close then
 * leaves it to the graph, and the last hold's end returns it.
 */
public final class Storage {
    private static final VarHandle HOLDS;
    private static final VarHandle STATE;
    private static final int LIVE = 0;
    private static final int RELEASED = 1;

    static {
        try {
            HOLDS = MethodHandles.lookup().findVarHandle(Storage.class, "holds", int.class);
            STATE = MethodHandles.lookup().findVarHandle(Storage.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pool pool;
    private final Block block;
    private final long address;
    private final @Nullable Object origin;
    private int version;
    private @Nullable String writer;
    private int holds;
    private int state;
    private boolean orphan;
    private String releasedBy = "";

    @Nullable Region region;

    private Lease.@Nullable Nest nest;

    private int place;

    private Storage(Pool pool, Block block, @Nullable Object origin) {
        this.pool = pool;
        this.block = block;
        this.address = block.slab.base() + block.offset;
        this.origin = origin;
    }

    /**
     * Takes memory from a pool for the innermost open region, or for the net where there is none.
     *
     * @param origin what the memory is for, shown in reports; usually the operation
     */
    public static Storage allocate(Pool pool, long bytes, @Nullable Object origin) {
        Local local = Local.current();
        Lease.drain(local);
        Pool source = Recording.source(pool, local);
        Storage storage = new Storage(source, source.take(bytes, local, origin), origin);
        Region top = local.top;
        Holdings.made(source.device(), storage.block, origin, top);
        if (FlightRecorder.isInitialized()) {
            AllocationEvent.made(source, storage.block, origin);
        }
        if (local.recording != null) {
            local.recording.made(storage);
        }
        if (top == null || top.none) {
            storage.leave();
        } else {
            top.adopt(storage);
        }
        return storage;
    }

    /** Fresh memory on the same device. */
    public Storage sibling(long bytes, @Nullable Object origin) {
        return allocate(pool, bytes, origin);
    }

    /** Hands the storage to the net: it goes back when nothing refers to it. */
    void leave() {
        region = null;
        lease();
    }

    private void lease() {
        Lease.Nest home = Lease.nest(pool, block);
        nest = home;
        place = home.lease.add(block, origin);
    }

    Pool pool() {
        return pool;
    }

    Block block() {
        return block;
    }

    /** The slab this is a slice of. */
    public Slab slab() {
        return block.slab;
    }

    /** Where in the slab the slice begins, in bytes. */
    public long offset() {
        return block.offset;
    }

    /** The device address of the first byte: the slab's base and the offset. */
    public long address() {
        return address;
    }

    /** The usable size, at least as large as asked for. */
    public long bytes() {
        return block.bytes;
    }

    /** What the memory was made for, or null. */
    public @Nullable Object origin() {
        return origin;
    }

    /** How often the contents were overwritten. */
    public int version() {
        return version;
    }

    /**
     * Counts a write, so that gradients notice it. Where a graph holds the memory, and so may come to miss what was
     * there, the user's line is noted: such writes are rare, and no other error would tell where it happened.
     */
    public void written() {
        version++;
        if (isHeld()) {
            writer = Site.current();
        }
    }

    /** The line of the last write while a graph held the memory; null if there was none. */
    public @Nullable String writer() {
        return writer;
    }

    public boolean isLive() {
        return state == LIVE;
    }

    /**
     * Checks that the storage may be used by this thread now.
     *
     * @param caller the operation, or a name for it, that errors shall name
     * @throws ReleasedException if its memory went back, or another thread's region owns it
     */
    public void check(Object caller) {
        Region r = region;
        if (state != LIVE) {
            throw new ReleasedException(title(caller), "a tensor's memory was released " + releasedBy, Fault.RELEASED);
        }
        if (r != null && r.foreign()) {
            throw foreign(title(caller), r);
        }
        if (Recording.open != 0) {
            Recording.use(this, caller);
        }
    }

    static String title(Object caller) {
        return caller instanceof Op op ? op.title() : caller.toString();
    }

    private static ReleasedException foreign(String operation, Region r) {
        return new ReleasedException(
                operation,
                "a tensor belongs to scope \"" + r.name() + "\" of thread \""
                        + r.thread().getName()
                        + "\" and is used by \"" + Thread.currentThread().getName()
                        + "\"; keep it beyond the scope, or call scope.share(tensor)",
                Fault.WRONG_THREAD);
    }

    /** Keeps the memory until {@link #unhold}, whatever becomes of the region. */
    public void hold() {
        HOLDS.getAndAdd(this, 1);
    }

    /** Ends a hold; the last one returns the memory if the region that made it has closed. */
    public void unhold() {
        if ((int) HOLDS.getAndAdd(this, -1) == 1 && orphan) {
            release("when backward had used it; call backward(retainGraph) to keep a graph");
        }
    }

    boolean isHeld() {
        return (int) HOLDS.getVolatile(this) > 0;
    }

    /** Called by the region's close: leaves a held storage to the graph that holds it. */
    void orphaned(String scope) {
        orphan = true;
        releasedBy = scope;
        region = null;
        lease();
        if (!isHeld()) {
            release(scope);
        }
    }

    /** Makes an orphan a user's value again: it was kept after its region had closed. */
    void unorphan() {
        orphan = false;
    }

    /**
     * Returns the memory at once. Later uses fail with a sentence that says why.
     *
     * @param why the end of that sentence, for example {@code when scope "step" closed; …}
     */
    public void release(String why) {
        if (!STATE.compareAndSet(this, LIVE, RELEASED)) {
            return;
        }
        releasedBy = why;
        Lease.Nest home = nest;
        if (home == null || home.lease.end(place)) {
            pool.give(block, Local.current());
        }
        Reference.reachabilityFence(home);
    }

    /** Whether exactly one hold is on the memory. */
    public boolean isHeldOnce() {
        return (int) HOLDS.getVolatile(this) == 1;
    }

    /** Whether a graph holds the memory. */
    public boolean held() {
        return isHeld();
    }
}
