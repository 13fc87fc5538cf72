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
    private volatile long peak;
    private long reserved;

    /** What no scope owns. */
    final Budget unscoped = new Budget();

    Pool(Backend backend, Device device) {
        this.backend = backend;
        this.device = device;
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
        long now = live.addAndGet(block.bytes);
        if (now > peak) {
            peak = now;
        }
        return block;
    }

    void give(Block block, Local local) {
        Holdings.gone(block);
        live.addAndGet(-block.bytes);
        // A block that was not split to a class's size goes back to the tree, where its neighbours wait.
        if (block.bytes <= SizeClass.LARGEST) {
            int sizeClass = SizeClass.of(block.bytes);
            if (SizeClass.bytes(sizeClass) == block.bytes && local.give(this, sizeClass, block)) {
                return;
            }
        }
        giveCentral(block);
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
            block = tryTake(bytes);
        }
        if (block == null) {
            throw new OutOfDeviceMemoryException(
                    origin == null ? "allocate" : Storage.title(origin),
                    bytes + " bytes are not to be had on " + device + ": " + live.get() + " bytes are in use, "
                            + reserved() + " are reserved, the device allows " + backend.capacity(device.index())
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
        long size = bytes <= SizeClass.LARGEST
                ? SMALL_SLAB
                : Math.max(bytes, reserved > LARGE_SLAB ? LARGE_SLAB : SMALL_SLAB);
        long capacity = backend.capacity(device.index());
        if (reserved + bytes > capacity) {
            return null;
        }
        Slab slab = backend.allocate(device.index(), Math.min(size, capacity - reserved));
        if (slab == null) {
            return null;
        }
        slabs.add(slab);
        reserved += slab.bytes();
        return new Block(slab, 0, slab.bytes());
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
            reserved -= block.slab.bytes();
            backend.free(device.index(), block.slab);
        }
    }
}
