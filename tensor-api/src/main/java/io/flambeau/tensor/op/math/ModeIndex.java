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
    /** The longest line that is sorted by insertion. */
    private static final int SHORT = 16;

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
        Integer[] places = new Integer[lines.length()];
        for (int line = 0; line < lines.count(); line++) {
            for (int i = 0; i < places.length; i++) {
                places[i] = lines.at(line, i);
            }
            sort(x, places);
            out.integers()[line] = (longestRun(x, places) - lines.at(line, 0)) / lines.step();
        }
        return new HostArray[] {out};
    }

    /**
     * Sorts places by their elements, equal ones in their order. As in PyTorch, a short line is sorted by insertion, where
     * NaN, which is less than nothing, stays and divides it; in a longer one NaN comes last.
     */
    private static void sort(HostArray x, Integer[] places) {
        if (places.length > SHORT) {
            Arrays.sort(places, (i, j) -> compare(x, i, j));
            return;
        }
        for (int i = 1; i < places.length; i++) {
            Integer place = places[i];
            boolean least = isLess(x, place, places[0]);
            int to = i;
            while (to > 0 && (least || isLess(x, place, places[to - 1]))) {
                places[to] = places[--to];
            }
            places[to] = place;
        }
    }

    private static int compare(HostArray x, int i, int j) {
        if (isLess(x, i, j)) {
            return -1;
        }
        return isLess(x, j, i) ? 1 : Boolean.compare(!same(x, i, i), !same(x, j, j));
    }

    private static boolean isLess(HostArray x, int i, int j) {
        return x.dtype().isFloating() ? x.reals()[i] < x.reals()[j] : x.integers()[i] < x.integers()[j];
    }

    /** The last place of the longest run of equal elements. */
    private static int longestRun(HostArray x, Integer[] places) {
        int best = 0;
        int length = 0;
        int run = 0;
        for (int i = 0; i < places.length; i++) {
            run = i > 0 && same(x, places[i - 1], places[i]) ? run + 1 : 1;
            if (run > length) {
                length = run;
                best = places[i];
            }
        }
        return best;
    }

    private static boolean same(HostArray x, int i, int j) {
        return x.dtype().isFloating() ? x.reals()[i] == x.reals()[j] : x.integers()[i] == x.integers()[j];
    }
}
