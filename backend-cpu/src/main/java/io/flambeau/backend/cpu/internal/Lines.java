package io.flambeau.backend.cpu.internal;

/** The lines of some arrays along one axis: the loops over all other axes, each at the start of its line. */
final class Lines {
    final Nest starts;
    final long length;
    /** Distances in bytes along the axis, one for each array. */
    final long[] steps;

    Lines(int axis, Strided... arrays) {
        Strided[] firsts = new Strided[arrays.length];
        steps = new long[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            firsts[i] = arrays[i].rank() == 0 ? arrays[i] : arrays[i].axes(1L << axis, false);
            steps[i] = arrays[i].rank() == 0 ? 0 : arrays[i].strides()[axis] * arrays[i].type().bytes;
        }
        length = arrays[0].rank() == 0 ? 1 : arrays[0].sizes()[axis];
        starts = new Nest(false, firsts);
    }

    /** Runs {@code body} for every line; {@code cost} is the cost of an element in additions. */
    void each(int cost, Workers.Range body) {
        if (length > 0) {
            Workers.ranges(starts.count, 1, Math.max(1, Workers.GRAIN / cost / length), body);
        }
    }
}
