package io.flambeau.tensor.spi;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The net for storages that no region owns: their memory goes back when nothing refers to them any more.
 *
 * <p>The queue is drained by the next allocation. A budget decides when to ask for a collection: when the unscoped
 * live bytes have doubled since the last one, so that programs which never open a scope stay bounded.
 */
final class Lease extends PhantomReference<Storage> implements Dead {
    private static final long FLOOR = 512L << 20;
    static final ReferenceQueue<Object> DEAD = new ReferenceQueue<>();
    private static final Lease HEAD = new Lease();
    private static long unscoped;
    private static volatile long budget = FLOOR;

    final Pool pool;
    final Block block;
    final @Nullable Object origin;
    private Lease before = this;
    private Lease after = this;
    private boolean ended;

    /** The head of the list, which leases nothing. */
    @SuppressWarnings("NullAway")
    private Lease() {
        super(null, null);
        pool = null;
        block = null;
        origin = null;
    }

    private Lease(Storage storage, Pool pool, Block block, @Nullable Object origin) {
        super(storage, DEAD);
        this.pool = pool;
        this.block = block;
        this.origin = origin;
    }

    static Lease of(Storage storage, Pool pool, Block block, @Nullable Object origin) {
        Lease lease = new Lease(storage, pool, block, origin);
        long now;
        synchronized (HEAD) {
            lease.before = HEAD;
            lease.after = HEAD.after;
            HEAD.after.before = lease;
            HEAD.after = lease;
            unscoped += block.bytes;
            now = unscoped;
        }
        if (now > budget) {
            collect();
            synchronized (HEAD) {
                budget = Math.max(FLOOR, 2 * unscoped);
            }
        }
        return lease;
    }

    /** Ends the lease because the storage was released by other means; false if the net was faster. */
    boolean end() {
        synchronized (HEAD) {
            if (ended) {
                return false;
            }
            ended = true;
            before.after = after;
            after.before = before;
            unscoped -= block.bytes;
        }
        clear();
        return true;
    }

    @Override
    public void settle(Local heir) {
        if (end()) {
            pool.give(block, heir);
        }
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

    /** Every lease that has not ended. */
    static List<Lease> all() {
        List<Lease> all = new ArrayList<>();
        synchronized (HEAD) {
            for (Lease l = HEAD.after; l != HEAD; l = l.after) {
                all.add(l);
            }
        }
        return all;
    }
}
