package io.flambeau.tensor.op.index;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;

/**
 * Where values would go in ascending sequences (I64). Inputs are the sequences, along the last axis, and the values,
 * which agree in all axes before the last, unless there is one sequence for all. NaN is the greatest value.
 *
 * @param right whether a value goes behind equal elements, else before them
 */
public record SearchSorted(boolean right) implements HostOp {
    @Override
    public String title() {
        return "searchsorted";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Shape sequences = in[0].shape();
        Shape values = in[1].shape();
        Laws.requireReal(this, in[0]);
        Laws.requireReal(this, in[1]);
        boolean fits = sequences.rank() == 1
                || sequences.rank() > 1
                        && sequences.rank() == values.rank()
                        && sequences.range(0, sequences.rank() - 1).equals(values.range(0, values.rank() - 1));
        if (!fits) {
            throw new ShapeException(
                    title(),
                    "sequences " + sequences + " and values " + values + " must agree in all axes but the last",
                    Fault.SHAPE_MISMATCH);
        }
        return new Spec[] {in[1].with(DType.I64)};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Shape sequences = in[0].shape();
        int length = Math.toIntExact(sequences.size(-1));
        int perSequence = sequences.rank() == 1 || in[1].shape().rank() == 0
                ? Math.max(in[1].count(), 1)
                : Math.max(Math.toIntExact(in[1].shape().size(-1)), 1);
        HostArray out = HostArray.zeros(DType.I64, in[1].shape());
        for (int i = 0; i < out.integers().length; i++) {
            int start = i / perSequence * length;
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int order = compare(in[0], start + middle, in[1], i);
                if (right ? order <= 0 : order < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            out.integers()[i] = low;
        }
        return new HostArray[] {out};
    }

    private static int compare(HostArray sequence, int i, HostArray values, int j) {
        if (!sequence.dtype().isFloating() && !values.dtype().isFloating()) {
            return Long.compare(sequence.integers()[i], values.integers()[j]);
        }
        double a = sequence.dtype().isFloating() ? sequence.reals()[i] : sequence.integers()[i];
        double b = values.dtype().isFloating() ? values.reals()[j] : values.integers()[j];
        return Double.compare(a + 0.0, b + 0.0);
    }
}
