package io.flambeau.tensor.op.index;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The different rows of a matrix: where each is found first, the number of every row's kind, and how often each kind
 * occurs (all I64).
 *
 * @param sorted whether all equal rows are one kind, the kinds in ascending order; else only neighbours are compared
 */
public record Unique(boolean sorted) implements HostOp {
    @Override
    public boolean dataDependent() {
        return true;
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Laws.requireRank(this, "the rows", in[0], 2);
        return UNKNOWN;
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        HostArray x = in[0];
        int rows = Math.toIntExact(x.shape().size(0));
        int columns = Math.toIntExact(x.shape().size(1));
        Integer[] order = new Integer[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        Comparator<Integer> rowOrder = (i, j) -> compare(x, columns, i, j);
        if (sorted) {
            Arrays.sort(order, rowOrder);
        }
        long[] first = new long[rows];
        long[] inverse = new long[rows];
        long[] counts = new long[rows];
        int kinds = 0;
        for (int i = 0; i < rows; i++) {
            if (i == 0 || !equal(x, columns, order[i - 1], order[i])) {
                first[kinds++] = order[i];
            }
            inverse[order[i]] = kinds - 1;
            counts[kinds - 1]++;
        }
        return new HostArray[] {
            HostArray.of(DType.I64, Shape.of(kinds), Arrays.copyOf(first, kinds)),
            HostArray.of(DType.I64, Shape.of(rows), inverse),
            HostArray.of(DType.I64, Shape.of(kinds), Arrays.copyOf(counts, kinds))
        };
    }

    private static int compare(HostArray x, int columns, int i, int j) {
        boolean real = x.dtype().isFloating();
        for (int c = 0; c < columns; c++) {
            int order = real
                    ? Double.compare(x.reals()[i * columns + c] + 0.0, x.reals()[j * columns + c] + 0.0)
                    : Long.compare(x.integers()[i * columns + c], x.integers()[j * columns + c]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** NaN is not equal to itself, as in PyTorch. */
    private static boolean equal(HostArray x, int columns, int i, int j) {
        boolean real = x.dtype().isFloating();
        for (int c = 0; c < columns; c++) {
            int a = i * columns + c;
            int b = j * columns + c;
            if (real ? x.reals()[a] != x.reals()[b] : x.integers()[a] != x.integers()[b]) {
                return false;
            }
        }
        return true;
    }
}
