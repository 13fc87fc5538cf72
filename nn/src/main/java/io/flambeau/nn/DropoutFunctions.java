package io.flambeau.nn;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.random.Dropout;

/** Dropout; nothing is dropped outside training. */
abstract sealed class DropoutFunctions extends ActivationFunctions permits AffineFunctions {
    /** The negative saturation of SELU, -scale alpha. */
    private static final double SATURATION = -1.7580993408473766;

    DropoutFunctions() {}

    /** A dropout of a value of this shape, its place in the standard generator's stream taken. */
    static Dropout drawn(double p, Shape shape, Tensor like) {
        long blocks = new Random(like.spec().with(shape).with(DType.I32), 0, 0).blocks();
        Generator.State state = Generator.standard().take(blocks);
        return new Dropout(p, state.seed(), state.offset());
    }

    /** Each element 0 with probability one half, else doubled. */
    public static Tensor dropout(Tensor x) {
        return dropout(x, 0.5, true);
    }

    /** Each element 0 with probability p, else divided by 1 - p. */
    public static Tensor dropout(Tensor x, double p, boolean training) {
        Dropout checked = new Dropout(p, 0, 0);
        checked.infer(new Spec[] {x.spec()});
        return training && p > 0
                ? Tensors.bind(drawn(p, x.shape(), x), Generator.standard().inputs(x))
                : x;
    }

    /** Whole channels dropped, of x [N, C, L] or [C, L]. */
    public static Tensor dropout1d(Tensor x, double p, boolean training) {
        return channels("dropout1d", x, 1, p, training);
    }

    /** Whole channels dropped, of x [N, C, H, W] or [C, H, W]. */
    public static Tensor dropout2d(Tensor x, double p, boolean training) {
        return channels("dropout2d", x, 2, p, training);
    }

    /** Whole channels dropped, of x [N, C, D, H, W] or [C, D, H, W]. */
    public static Tensor dropout3d(Tensor x, double p, boolean training) {
        return channels("dropout3d", x, 3, p, training);
    }

    private static Tensor channels(String operation, Tensor x, int axes, double p, boolean training) {
        if (x.rank() != axes + 1 && x.rank() != axes + 2) {
            throw new ShapeException(
                    operation,
                    "the input must have " + (axes + 1) + " or " + (axes + 2) + " axes, its shape is " + x.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor kept = dropout(ones(x, x.rank() - axes), p, training);
        return x.mul(kept);
    }

    /** Ones of the first axes' sizes, to be broadcast over the others. */
    private static Tensor ones(Tensor x, int axes) {
        return x.newFull(x.shape().range(0, axes).concat(ones(x.rank() - axes)), Scalar.ONE);
    }

    /** Dropout that keeps mean and variance of what SELU gives (Klambauer and others, 2017). */
    public static Tensor alphaDropout(Tensor x, double p, boolean training) {
        return alpha(x, x.detach().onesLike(), p, training);
    }

    /** As {@link #alphaDropout}, of whole channels (axis 1). */
    public static Tensor featureAlphaDropout(Tensor x, double p, boolean training) {
        return alpha(x, ones(x, Math.min(x.rank(), 2)), p, training);
    }

    private static Tensor alpha(Tensor x, Tensor ones, double p, boolean training) {
        Tensor kept = dropout(ones, p, training);
        if (!training || p == 0) {
            return x;
        }
        if (p == 1) {
            return x.mul(0.0);
        }
        Tensor mask = kept.mul(1 - p);
        double a = 1 / Math.sqrt((SATURATION * SATURATION * p + 1) * (1 - p));
        Tensor shift = mask.rsub(1).mul(SATURATION * a).sub(SATURATION * a * p);
        return x.mul(mask.mul(a)).add(shift);
    }
}
