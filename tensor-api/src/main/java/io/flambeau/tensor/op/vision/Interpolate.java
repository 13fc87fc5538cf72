package io.flambeau.tensor.op.vision;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import java.util.List;

/**
 * x [N, C, ...] sampled anew along each spatial axis, the last one first. Bytes are rounded after each axis, their
 * weights to 16 bits before, as in PyTorch and Pillow.
 *
 * @param mode how values between elements are found
 * @param sizes the new spatial sizes
 * @param scales how many new elements there are for one old one, one number for each axis, or none to follow from the
 *     sizes
 * @param alignCorners whether the centres of the corner elements keep their places
 * @param antialias whether shrinking averages over what it passes
 */
public record Interpolate(Mode mode, Axes sizes, List<Double> scales, boolean alignCorners, boolean antialias)
        implements Fused {
    /** How values between elements are found. */
    public enum Mode {
        /** The element at floor(place). */
        NEAREST,
        /** The element whose centre is nearest. */
        NEAREST_EXACT,
        /** A straight line between two elements, in each axis. */
        LINEAR,
        /** A cubic convolution of four elements (Keys, 1981) with a = -0.75, in each axis; -0.5 if antialiased. */
        CUBIC
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireReal(this, in[0]);
        Laws.requireRank(this, "the input", in[0], sizes.count() + 2);
        return new Spec[] {in[0].with(in[0].shape().range(0, 2).concat(Shape.of(sizes.toArray())))};
    }

    @Override
    public Tensor[] define(Tensor[] in) {
        Tensor y = in[0];
        for (int a = sizes.count() - 1; a >= 0; a--) {
            double scale = scales.isEmpty() ? 0 : scales.get(a);
            Taps taps = Taps.of(this, in[0].dtype(), y.size(a + 2), sizes.at(a), scale);
            y = y.dtype() == DType.U8 ? taps.bytes(y, a + 2) : taps.apply(y, a + 2);
        }
        return new Tensor[] {y};
    }
}
