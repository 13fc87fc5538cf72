package io.flambeau.tensor.spi;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The net for storages that no region owns: their memory goes back when nothing refers to them any more.
 *
 * <p>Note [Nests]: references are what the collector is slowest at, so small storages made one after another by a
 * thread share one: a nest, which each of them refers to. What dies together, as temporaries do, goes back together;
 * a survivor keeps its nest's memory, at most {@value #MOST} blocks of {@value #SMALL} bytes. A storage that is
 * released by other means gives its block back at once. Large storages have a lease of their own.
 *
 * <p>The queue is drained by the next allocation. Each device's {@link Budget} decides when to ask for a collection:
 * when its unscoped live bytes have doubled since the last one, so that programs which never open a scope stay bounded.
 */
final class Lease extends PhantomReference<Lease.Nest> implements Dead {
    private static final int MOST = 16;
    private static final int SMALL = 1024;
    static final ReferenceQueue<Object> DEAD = new ReferenceQueue<>();
    private static final Lease HEAD = new Lease();
    /** Counts collections: what was made before one shares no nest with what is made after. */
    private static volatile int age;

    /** What the storages of a lease refer to, and nothing else for long. */
    static final class Nest {
        final Lease lease;
        private final int born = age;

        private Nest(Pool pool, int places) {
            lease = new Lease(this, pool, places);
        }
    }

    final Pool pool;
    private final @Nullable Block[] blocks;
    private final @Nullable Object[] origins;
    private int count;
    private int ended;
    private Lease before = this;
    private Lease after = this;

    /** The head of the list, which leases nothing. */
    @SuppressWarnings("NullAway")
    private Lease() {
        super(null, null);
        pool = null;
        blocks = new Block[0];
        origins = blocks;
    }

    private Lease(Nest nest, Pool pool, int places) {
        super(nest, DEAD);
        this.pool = pool;
        this.blocks = new Block[places];
        this.origins = new Object[places];
        synchronized (HEAD) {
            before = HEAD;
            after = HEAD.after;
            HEAD.after.before = this;
            HEAD.after = this;
        }
    }

    /** The nest that the storage of a block shall refer to. */
    static Nest nest(Pool pool, Block block) {
        return block.bytes > SMALL ? new Nest(pool, 1) : shared(Local.current(), pool);
    }

    /** This thread's nest, or a new one if that is full, gone, or older than the last collection. */
    private static Nest shared(Local local, Pool pool) {
        Nest nest = local.nest == null ? null : local.nest.get();
        if (nest == null || nest.lease.pool != pool || nest.lease.count == MOST || nest.born != age) {
            nest = new Nest(pool, MOST);
            local.nest = new WeakReference<>(nest);
        }
        return nest;
    }

    /** Leases a block and gives its place; only by the thread that has the nest. */
    int add(Block block, @Nullable Object origin) {
        int place = count;
        blocks[place] = block;
        origins[place] = origin;
        count = place + 1;
        if (pool.unscoped.exceededBy(block.bytes)) {
            collect();
            pool.unscoped.renew();
        }
        return place;
    }

    /** Ends the lease of one block because its storage was released by other means; false if the net was faster. */
    boolean end(int place) {
        Block block;
        synchronized (this) {
            block = blocks[place];
            if (block == null) {
                return false;
            }
            blocks[place] = null;
            origins[place] = null;
            ended++;
        }
        pool.unscoped.leave(block.bytes);
        if (ended == blocks.length) {
            unlink();
        }
        return true;
    }

    private void unlink() {
        synchronized (HEAD) {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }
        clear();
    }

    @Override
    public void settle(Local heir) {
        for (int place = 0; place < count; place++) {
            Block block = blocks[place];
            if (block != null && end(place)) {
                pool.give(block, heir);
            }
        }
        unlink();
    }

    /** Returns the memory of whatever was found dead; cheap when there is nothing. */
    static void drain(Local local) {
        Dead dead;
        while ((dead = (Dead) DEAD.poll()) != null) {
            dead.settle(local);
        }
    }

    /** Dies at once: when the JVM says so, it has begun to say what its collection found dead. */
    private static final class Herald extends PhantomReference<Object> implements Dead {
        private volatile boolean heard;

        Herald() {
            super(new Object(), DEAD);
        }

        @Override
        public void settle(Local heir) {
            heard = true;
        }
    }

    /**
     * Asks the JVM for a collection and returns the memory of what it finds dead. A busy machine is slow to say so: the
     * wait begins to end only with the first word, or after a second without any.
     */
    static void collect() {
        Local local = Local.current();
        drain(local);
        synchronized (HEAD) {
            age++;
        }
        Herald herald = new Herald();
        System.gc();
        try {
            int silent = 0;
            for (long pause = 1; pause <= 32; ) {
                Dead dead = (Dead) DEAD.remove(pause);
                if (dead != null) {
                    dead.settle(local);
                    drain(local);
                }
                if (herald.heard || ++silent > 1000) {
                    pause *= 2;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One block that is leased, and what it was taken for. */
    record Held(Pool pool, Block block, @Nullable Object origin) {}

    /** Everything leased that has not ended. */
    static List<Held> all() {
        List<Lease> leases = new ArrayList<>();
        synchronized (HEAD) {
            for (Lease l = HEAD.after; l != HEAD; l = l.after) {
                leases.add(l);
            }
        }
        List<Held> all = new ArrayList<>();
        leases.forEach(lease -> lease.list(all));
        return all;
    }

    private synchronized void list(List<Held> all) {
        for (int place = 0; place < count; place++) {
            Block block = blocks[place];
            if (block != null) {
                all.add(new Held(pool, block, origins[place]));
            }
        }
    }
}
