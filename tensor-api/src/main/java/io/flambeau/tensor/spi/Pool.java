package io.flambeau.tensor.spi;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The allocator of one device: slices slabs, merges what comes back, and serves the best fit.
 *
 * <p>Small blocks come from the thread's own stack ({@link Local}) without a lock; others from a tree ordered by size.
 * Reuse is ordered by the device's stream: a block may be handed out while kernels that read it are still queued,
 * because whatever writes it next is queued behind them.
 */
public final class Pool {
    private static final long SMALL_SLAB = 4L << 20;
    private static final long LARGE_SLAB = 64L << 20;
    private static final long SPLIT = 512;

    private final Backend backend;
    private final Device device;
    private final TreeSet<Block> free = new TreeSet<>(Block::bySize);
    private final List<Slab> slabs = new ArrayList<>();
    private final AtomicLong live = new AtomicLong();
    private final @Nullable Pool parent;
    private volatile long peak;
    private long reserved;
    private boolean retired;

    /** What no scope owns. */
    final Budget unscoped = new Budget();

    Pool(Backend backend, Device device) {
        this.backend = backend;
        this.device = device;
        this.parent = null;
    }

    /** A pool with slabs of its own, whose bytes count as the parent's. */
    Pool(Pool parent) {
        this.backend = parent.backend;
        this.device = parent.device;
        this.parent = parent;
    }

    /** The device's pool. */
    Pool home() {
        return parent == null ? this : parent;
    }

    public Device device() {
        return device;
    }

    /** Bytes in use by tensors. */
    public long live() {
        return live.get();
    }

    /** The most bytes that were ever in use, since {@link #resetPeak}. */
    public long peak() {
        return peak;
    }

    public void resetPeak() {
        peak = live.get();
    }

    /** Bytes taken from the device. */
    public synchronized long reserved() {
        return reserved;
    }

    Block take(long bytes, Local local, @Nullable Object origin) {
        Block block = null;
        if (bytes <= SizeClass.LARGEST) {
            int sizeClass = SizeClass.of(bytes);
            block = local.take(this, sizeClass);
            if (block == null) {
                block = takeCentral(SizeClass.bytes(sizeClass), local, origin);
            }
        } else {
            block = takeCentral((bytes + SizeClass.ALIGNMENT - 1) & -SizeClass.ALIGNMENT, local, origin);
        }
        Pool home = home();
        long now = home.live.addAndGet(block.bytes);
        if (now > home.peak) {
            home.peak = now;
        }
        return block;
    }

    void give(Block block, Local local) {
        if (block.pins > 0 && isPostponed(block)) {
            return;
        }
        Holdings.gone(block);
        home().live.addAndGet(-block.bytes);
        // A block that was not split to a class's size goes back to the tree, where its neighbours wait.
        if (block.bytes <= SizeClass.LARGEST) {
            int sizeClass = SizeClass.of(block.bytes);
            if (parent == null && SizeClass.bytes(sizeClass) == block.bytes && local.give(this, sizeClass, block)) {
                return;
            }
        }
        giveCentral(block);
    }

    private synchronized boolean isPostponed(Block block) {
        block.given = block.pins > 0;
        return block.given;
    }

    /** Keeps a block in use, also when it is given back. */
    synchronized void pin(Block block) {
        block.pins++;
    }

    /** Ends a pin; the last one's end gives the block back if somebody did meanwhile. */
    void unpin(Block block, Local local) {
        synchronized (this) {
            if (--block.pins > 0 || !block.given) {
                return;
            }
            block.given = false;
        }
        give(block, local);
    }

    private Block takeCentral(long bytes, Local local, @Nullable Object origin) {
        Block block = tryTake(bytes);
        if (block == null) {
            local.flush();
            Lease.collect();
            block = tryTake(bytes);
        }
        if (block == null) {
            trim();
            home().trim();
            block = tryTake(bytes);
        }
        if (block == null) {
            throw new OutOfDeviceMemoryException(
                    origin == null ? "allocate" : Storage.title(origin),
                    bytes + " bytes are not to be had on " + device + ": " + home().live() + " bytes are in use, "
                            + home().reserved() + " are reserved, the device allows " + backend.capacity(device.index())
                            + "; free tensors sooner with a scope, or use smaller batches" + largest(),
                    Fault.OUT_OF_MEMORY);
        }
        return block;
    }

    private String largest() {
        StringBuilder text = new StringBuilder();
        for (Memory.Holding holding : Holdings.largest(device, 5)) {
            text.append(text.isEmpty() ? ". Largest: " : ", ").append(holding);
        }
        return text.toString();
    }

    private synchronized @Nullable Block tryTake(long bytes) {
        Block best = free.ceiling(new Block(PROBE, 0, bytes));
        if (best == null) {
            best = grow(bytes);
            if (best == null) {
                return null;
            }
        } else {
            free.remove(best);
        }
        best.free = false;
        if (best.bytes - bytes >= SPLIT || best.bytes > bytes && best.bytes <= SizeClass.LARGEST) {
            Block rest = new Block(best.slab, best.offset + bytes, best.bytes - bytes);
            rest.before = best;
            rest.after = best.after;
            if (rest.after != null) {
                rest.after.before = rest;
            }
            best.after = rest;
            best.bytes = bytes;
            rest.free = true;
            free.add(rest);
        }
        return best;
    }

    private static final Slab PROBE = new Slab("probe", Long.MIN_VALUE, 0);

    private @Nullable Block grow(long bytes) {
        Slab slab = home().slab(bytes);
        if (slab == null) {
            return null;
        }
        slabs.add(slab);
        return new Block(slab, 0, slab.bytes());
    }

    private synchronized @Nullable Slab slab(long bytes) {
        long size = bytes <= SizeClass.LARGEST
                ? SMALL_SLAB
                : Math.max(bytes, reserved > LARGE_SLAB ? LARGE_SLAB : SMALL_SLAB);
        long capacity = backend.capacity(device.index());
        Slab slab = reserved + bytes > capacity
                ? null
                : backend.allocate(device.index(), Math.min(size, capacity - reserved));
        if (slab != null) {
            reserved += slab.bytes();
        }
        return slab;
    }

    private synchronized void free(Slab slab) {
        reserved -= slab.bytes();
        backend.free(device.index(), slab);
    }

    synchronized void giveCentral(Block block) {
        block.free = true;
        Block next = block.after;
        if (next != null && next.free) {
            free.remove(next);
            absorb(block, next);
        }
        Block previous = block.before;
        if (previous != null && previous.free) {
            free.remove(previous);
            absorb(previous, block);
            block = previous;
        }
        free.add(block);
        if (retired && block.bytes == block.slab.bytes()) {
            trim();
        }
    }

    /** Gives slabs back to the device as soon as they hold nothing. */
    synchronized void retire() {
        retired = true;
        trim();
    }

    private static void absorb(Block block, Block next) {
        block.bytes += next.bytes;
        block.after = next.after;
        if (next.after != null) {
            next.after.before = block;
        }
    }

    /** Gives slabs that hold nothing back to the device. */
    public synchronized void trim() {
        List<Block> whole = new ArrayList<>();
        for (Block block : free) {
            if (block.bytes == block.slab.bytes()) {
                whole.add(block);
            }
        }
        for (Block block : whole) {
            free.remove(block);
            slabs.remove(block.slab);
            home().free(block.slab);
        }
    }
}
