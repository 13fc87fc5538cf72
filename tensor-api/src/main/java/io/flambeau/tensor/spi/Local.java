package io.flambeau.tensor.spi;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What a thread keeps for itself: its innermost region, and small free blocks that need no lock. */
final class Local {
    private static final ThreadLocal<Owner> CURRENT = ThreadLocal.withInitial(Owner::new);
    private static final int DEPTH = 32;

    /** Dies with its thread; an {@link Estate} then returns what the thread kept. */
    static final class Owner {
        private final Local local = new Local();

        private Owner() {
            Estate.of(this, local);
        }
    }

    @Nullable Region top;

    /** What this thread records. */
    @Nullable Recording recording;

    /** Where the next small storage outside of regions goes; held by those that are there. */
    @Nullable WeakReference<Lease.Nest> nest;

    final Thread thread = Thread.currentThread();
    private @Nullable Pool pool;
    private final Block[][] free = new Block[SizeClass.COUNT][];
    private final int[] count = new int[SizeClass.COUNT];

    static Local current() {
        return CURRENT.get().local;
    }

    /** A free block of the class, or null. */
    @Nullable Block take(Pool from, int sizeClass) {
        if (pool != from || count[sizeClass] == 0) {
            return null;
        }
        return free[sizeClass][--count[sizeClass]];
    }

    /** Keeps the block, unless there is no room for it. */
    boolean give(Pool from, int sizeClass, Block block) {
        if (pool == null && !thread.isVirtual()) {
            pool = from;
        }
        if (pool != from || count[sizeClass] == DEPTH) {
            return false;
        }
        if (free[sizeClass] == null) {
            free[sizeClass] = new Block[DEPTH];
        }
        free[sizeClass][count[sizeClass]++] = block;
        return true;
    }

    /** Gives every kept block back to the pool. */
    void flush() {
        for (int c = 0; pool != null && c < count.length; c++) {
            while (count[c] > 0) {
                pool.giveCentral(free[c][--count[c]]);
            }
        }
    }
}
