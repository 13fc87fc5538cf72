package io.flambeau.autograd;

import io.flambeau.autograd.internal.Drawing;
import io.flambeau.tensor.Tensor;

/** Looks at the graph that tensors depend on. */
public final class Graph {
    private Graph() {}

    /**
     * The graph as text, a line for each operation, what was computed last first:
     *
     * <pre>
     * #1 sum float64[1] of #2
     * #2 mul float64[3] of leaf float64[3], leaf float64[3]; keeps 2 values, 128 bytes
     * 2 operations, 2 leaves; 128 bytes kept
     * </pre>
     *
     * A storage that several operations keep is counted in each line, but only once in the sum.
     */
    public static String dump(Tensor... roots) {
        return Drawing.of(roots).text();
    }

    /** The bytes of storage that the graph keeps for backward. */
    public static long bytes(Tensor... roots) {
        return Drawing.of(roots).bytes();
    }

    /** The number of operations in the graph. */
    public static int size(Tensor... roots) {
        return Drawing.of(roots).size();
    }
}
