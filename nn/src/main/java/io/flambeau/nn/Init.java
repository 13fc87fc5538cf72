package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.Supplier;

/**
 * Functions that fill parameters; each returns the tensor it filled.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.init.html">torch.nn.init</a>
 */
public final class Init {
    private Init() {}

    /** Which count keeps its variance: that of the inputs in the forward, of the outputs in the backward pass. */
    public enum Mode {
        FAN_IN,
        FAN_OUT
    }

    /** What follows the layer; decides the gain. */
    public enum Nonlinearity {
        LINEAR,
        SIGMOID,
        TANH,
        RELU,
        LEAKY_RELU,
        SELU
    }

    private static Tensor fill(Tensor t, Supplier<Tensor> values) {
        Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("init")) {
                t.copy_(values.get());
            }
        });
        return t;
    }

    /** Uniform in [low, high). */
    public static Tensor uniform(Tensor t, double low, double high) {
        return fill(
                t,
                () -> Tensors.rand(Generator.standard(), t.spec())
                        .mul(high - low)
                        .add(low));
    }

    public static Tensor normal(Tensor t, double mean, double std) {
        return fill(
                t, () -> Tensors.randn(Generator.standard(), t.spec()).mul(std).add(mean));
    }

    /** Normal, redrawn where outside [low, high]: by the inverse of the distribution function. */
    public static Tensor truncNormal(Tensor t, double mean, double std, double low, double high) {
        double from = Normals.cdf((low - mean) / std);
        double to = Normals.cdf((high - mean) / std);
        return fill(t, () -> {
            double[] values = Tensors.rand(Generator.standard(), t.spec()).toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                double x = mean + std * Normals.quantile(from + values[i] * (to - from));
                values[i] = Math.clamp(x, low, high);
            }
            return Tensors.of(values, t.shape().sizes());
        });
    }

    public static Tensor constant(Tensor t, double value) {
        Tensors.noGrad(() -> {
            t.fill_(Scalar.of(value));
        });
        return t;
    }

    public static Tensor zeros(Tensor t) {
        return constant(t, 0);
    }

    public static Tensor ones(Tensor t) {
        return constant(t, 1);
    }

    /** The identity matrix. */
    public static Tensor eye(Tensor t) {
        requireRank("eye", t, 2, 2);
        zeros(t);
        Tensors.noGrad(() -> {
            t.diagonal().fill_(1);
        });
        return t;
    }

    /** A convolution weight that passes its input channels on, in each group. */
    public static Tensor dirac(Tensor t, int groups) {
        requireRank("dirac", t, 3, 5);
        long out = t.size(0) / groups;
        zeros(t);
        Tensors.noGrad(() -> {
            for (int g = 0; g < groups; g++) {
                for (long c = 0; c < Math.min(out, t.size(1)); c++) {
                    Tensor kernel = t.select(0, g * out + c).select(0, c);
                    while (kernel.rank() > 0) {
                        kernel = kernel.select(0, kernel.size(0) / 2);
                    }
                    kernel.fill_(1);
                }
            }
        });
        return t;
    }

    /** The factor by which a nonlinearity shrinks a standard deviation; {@code slope} is of leaky ReLU. */
    public static double gain(Nonlinearity nonlinearity, double slope) {
        return switch (nonlinearity) {
            case LINEAR, SIGMOID -> 1;
            case TANH -> 5.0 / 3;
            case RELU -> Math.sqrt(2);
            case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
            case SELU -> 0.75;
        };
    }

    /** Inputs of one output unit: the second size times the kernel's. */
    public static long fanIn(Tensor t) {
        requireRank("fanIn", t, 2, 64);
        return t.count() == 0 ? t.size(1) : t.count() / t.size(0);
    }

    /** Outputs that one input unit reaches: the first size times the kernel's. */
    public static long fanOut(Tensor t) {
        requireRank("fanOut", t, 2, 64);
        return t.count() == 0 ? t.size(0) : t.count() / t.size(1);
    }

    /** Glorot and Bengio, <em>Understanding the difficulty of training deep feedforward neural networks</em>, 2010. */
    public static Tensor xavierUniform(Tensor t, double gain) {
        double bound = gain * Math.sqrt(6.0 / (fanIn(t) + fanOut(t)));
        return uniform(t, -bound, bound);
    }

    /** As {@link #xavierUniform}, from a normal distribution. */
    public static Tensor xavierNormal(Tensor t, double gain) {
        return normal(t, 0, gain * Math.sqrt(2.0 / (fanIn(t) + fanOut(t))));
    }

    /** He et al., <em>Delving deep into rectifiers</em>, 2015. */
    public static Tensor kaimingUniform(Tensor t, double slope, Mode mode, Nonlinearity nonlinearity) {
        double bound = Math.sqrt(3) * gain(nonlinearity, slope) / Math.sqrt(fan(t, mode));
        return uniform(t, -bound, bound);
    }

    /** As {@link #kaimingUniform}, from a normal distribution. */
    public static Tensor kaimingNormal(Tensor t, double slope, Mode mode, Nonlinearity nonlinearity) {
        return normal(t, 0, gain(nonlinearity, slope) / Math.sqrt(fan(t, mode)));
    }

    private static double fan(Tensor t, Mode mode) {
        return mode == Mode.FAN_IN ? fanIn(t) : fanOut(t);
    }

    /**
     * A matrix, all axes after the first taken as one, whose rows or columns, whichever are fewer, are orthogonal and of
     * length {@code gain} (Saxe and others, <em>Exact solutions to the nonlinear dynamics of learning</em>, 2013).
     */
    public static Tensor orthogonal(Tensor t, double gain) {
        requireRank("orthogonal", t, 2, Integer.MAX_VALUE);
        long rows = t.size(0);
        long columns = t.count() / Math.max(1, rows);
        return fill(t, () -> {
            boolean wide = rows < columns;
            Spec spec = t.spec().with(wide ? Shape.of(columns, rows) : Shape.of(rows, columns));
            Linalg.QrFactors factors = Linalg.qr(Tensors.randn(Generator.standard(), spec));
            // Signs make the result uniform among all orthogonal matrices.
            Tensor q = factors.q().mul(factors.r().diagonal().sign());
            return (wide ? q.t() : q).reshape(t.shape().sizes()).mul(gain);
        });
    }

    /** Each column has this share of zeros, the others are normal. */
    public static Tensor sparse(Tensor t, double sparsity, double std) {
        requireRank("sparse", t, 2, 2);
        if (sparsity < 0 || sparsity > 1) {
            throw new ArgumentException(
                    "sparse", "the share of zeros is " + sparsity + ", not in [0, 1]", Fault.BAD_ARGUMENT);
        }
        return fill(t, () -> {
            Tensor values = Tensors.randn(Generator.standard(), t.spec()).mul(std);
            long zeros = (long) Math.ceil(sparsity * t.size(0));
            Tensor order = Tensors.rand(Generator.standard(), t.spec()).sort(0, false)[1];
            Tensor rows = order.narrow(0, 0, zeros);
            return values.scatter(0, rows, values.newZeros(rows.shape()));
        });
    }

    /** Uniform in +-1 / sqrt(fan): what PyTorch's linear, convolutional and recurrent layers start with. */
    public static Tensor uniformFan(Tensor t, long fan) {
        double bound = fan == 0 ? 0 : 1 / Math.sqrt(fan);
        return uniform(t, -bound, bound);
    }

    private static void requireRank(String operation, Tensor t, int least, int most) {
        if (t.rank() < least || t.rank() > most) {
            throw new ShapeException(
                    operation,
                    "needs " + (least == most ? least + "" : least + " to " + most) + " axes, the shape is "
                            + t.shape(),
                    Fault.SHAPE_MISMATCH);
        }
    }
}
