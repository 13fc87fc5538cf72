package io.flambeau.tensor.spi;

import org.jspecify.annotations.Nullable;

/** A slice of a slab, in use or free; linked to its neighbours so that free ones merge. */
final class Block {
    final Slab slab;
    long offset;
    long bytes;
    boolean free;

    /** How many recordings need it to stay; see Note [Memory of a recording]. */
    volatile int pins;

    /** Whether it was given back while it was pinned. */
    boolean given;

    @Nullable Block before;

    @Nullable Block after;

    Block(Slab slab, long offset, long bytes) {
        this.slab = slab;
        this.offset = offset;
        this.bytes = bytes;
    }

    static int bySize(Block a, Block b) {
        int size = Long.compare(a.bytes, b.bytes);
        if (size != 0 || a == b) {
            return size;
        }
        int slab = Long.compare(a.slab.base(), b.slab.base());
        if (slab == 0 && a.slab != b.slab) {
            slab = Integer.compare(System.identityHashCode(a.slab), System.identityHashCode(b.slab));
        }
        return slab != 0 ? slab : Long.compare(a.offset, b.offset);
    }
}
