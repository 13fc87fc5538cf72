package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Lines;
import java.util.Arrays;

/**
 * The last index (I64) of the most frequent element along an axis, which keeps size 1; the smallest of equally frequent
 * ones.
 *
 * @param axis counted from 0
 */
public record ModeIndex(int axis) implements HostOp {
    @Override
    public String title() {
        return "mode";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Shape shape = in[0].shape();
        if (shape.size(axis) == 0) {
            throw new ShapeException(
                    title(), "axis " + axis + " of shape " + shape + " has no elements", Fault.EMPTY_REDUCTION);
        }
        return new Spec[] {in[0].with(shape.with(axis, 1)).with(DType.I64)};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        HostArray x = in[0];
        Lines lines = Lines.along(x.shape(), axis);
        HostArray out = HostArray.zeros(DType.I64, x.shape().with(axis, 1));
        boolean real = x.dtype().isFloating();
        Integer[] order = new Integer[lines.length()];
        for (int line = 0; line < lines.count(); line++) {
            int at = line;
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            Arrays.sort(
                    order,
                    (i, j) -> real
                            ? Double.compare(x.reals()[lines.at(at, i)], x.reals()[lines.at(at, j)])
                            : Long.compare(x.integers()[lines.at(at, i)], x.integers()[lines.at(at, j)]));
            out.integers()[line] = longestRun(x, lines, line, order);
        }
        return new HostArray[] {out};
    }

    private static int longestRun(HostArray x, Lines lines, int line, Integer[] order) {
        int best = 0;
        int length = 0;
        int run = 0;
        for (int i = 0; i < order.length; i++) {
            run = i > 0 && same(x, lines.at(line, order[i - 1]), lines.at(line, order[i])) ? run + 1 : 1;
            if (run > length) {
                length = run;
                best = order[i];
            }
        }
        return best;
    }

    private static boolean same(HostArray x, int i, int j) {
        return x.dtype().isFloating() ? x.reals()[i] == x.reals()[j] : x.integers()[i] == x.integers()[j];
    }
}
