package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.activation.Elu;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Glu;
import io.flambeau.tensor.op.activation.Hard;
import io.flambeau.tensor.op.activation.HardShrink;
import io.flambeau.tensor.op.activation.HardTanh;
import io.flambeau.tensor.op.activation.LeakyRelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.activation.SoftShrink;
import io.flambeau.tensor.op.activation.Softplus;
import io.flambeau.tensor.op.activation.Threshold;
import java.util.Arrays;

/** Activations: elementwise, and those along an axis. */
abstract sealed class ActivationFunctions permits DropoutFunctions {
    ActivationFunctions() {}

    /** max(x, 0). */
    public static Tensor relu(Tensor x) {
        return x.relu();
    }

    /** min(max(x, 0), 6). */
    public static Tensor relu6(Tensor x) {
        return hardtanh(x, 0, 6);
    }

    /** x moved into [-1, 1]. */
    public static Tensor hardtanh(Tensor x) {
        return hardtanh(x, -1, 1);
    }

    /** x moved into [min, max]; on the bounds the gradient is 0. */
    public static Tensor hardtanh(Tensor x, double min, double max) {
        return Tensors.bind(new HardTanh(min, max), x);
    }

    /** x where it is positive, else x / 100. */
    public static Tensor leakyRelu(Tensor x) {
        return leakyRelu(x, 0.01);
    }

    public static Tensor leakyRelu(Tensor x, double negativeSlope) {
        return Tensors.bind(new LeakyRelu(negativeSlope), x);
    }

    /** x where it is positive, else exp(x) - 1. */
    public static Tensor elu(Tensor x) {
        return elu(x, 1);
    }

    public static Tensor elu(Tensor x, double alpha) {
        return Tensors.bind(Elu.of(alpha), x);
    }

    public static Tensor selu(Tensor x) {
        return Tensors.bind(Elu.selu(), x);
    }

    public static Tensor celu(Tensor x) {
        return celu(x, 1);
    }

    public static Tensor celu(Tensor x, double alpha) {
        if (alpha == 0) {
            throw new ArgumentException("celu", "alpha is 0; it must not be zero", Fault.BAD_ARGUMENT);
        }
        return Tensors.bind(Elu.celu(alpha), x);
    }

    /**
     * x where it is positive, else the weight times x.
     *
     * @param weight one number, or one for each channel (axis 1)
     */
    public static Tensor prelu(Tensor x, Tensor weight) {
        if (weight.rank() > 1) {
            throw new ShapeException(
                    "prelu",
                    "the weight must be a scalar or a vector, its shape is " + weight.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor slope = weight.count() == 1 ? weight.reshape(Shape.SCALAR) : weight;
        if (weight.count() != 1) {
            long channels = x.rank() == 0 ? 0 : x.rank() == 1 ? 1 : x.size(1);
            if (channels != weight.count()) {
                throw new ShapeException(
                        "prelu",
                        "the weight has " + weight.count() + " elements, the input " + x.shape() + " has " + channels
                                + " channels",
                        Fault.SHAPE_MISMATCH);
            }
            slope = weight.reshape(Shape.of(channels).concat(ones(x.rank() - 2)));
        }
        return x.where(x.gt(0), x.mul(slope));
    }

    static Shape ones(int rank) {
        long[] sizes = new long[Math.max(rank, 0)];
        Arrays.fill(sizes, 1);
        return Shape.of(sizes);
    }

    /** As {@link #leakyRelu(Tensor, double)} with slopes drawn from [lower, upper], or their mean outside training. */
    public static Tensor rrelu(Tensor x, double lower, double upper, boolean training) {
        if (!training) {
            return leakyRelu(x, (lower + upper) / 2);
        }
        if (!(lower <= upper)) {
            throw new ArgumentException(
                    "rrelu", "lower " + lower + " is greater than upper " + upper, Fault.BAD_ARGUMENT);
        }
        Tensor slope =
                Tensors.rand(Generator.standard(), x.spec()).mul(upper - lower).add(lower);
        return x.where(x.gt(0), x.mul(slope));
    }

    /** x times the normal distribution function of x. */
    public static Tensor gelu(Tensor x) {
        return gelu(x, "none");
    }

    /** @param approximate {@code none} or {@code tanh} */
    public static Tensor gelu(Tensor x, String approximate) {
        boolean tanh = approximate.equals("tanh");
        if (!tanh && !approximate.equals("none")) {
            throw new ArgumentException(
                    "gelu", "approximate is '" + approximate + "'; it must be none or tanh", Fault.BAD_ARGUMENT);
        }
        return Tensors.bind(new Gelu(tanh), x);
    }

    /** x sigmoid(x). */
    public static Tensor silu(Tensor x) {
        return Tensors.bind(Smooth.SILU, x);
    }

    /** x tanh(softplus(x)). */
    public static Tensor mish(Tensor x) {
        return Tensors.bind(Smooth.MISH, x);
    }

    public static Tensor sigmoid(Tensor x) {
        return x.sigmoid();
    }

    public static Tensor logsigmoid(Tensor x) {
        return Tensors.bind(Smooth.LOG_SIGMOID, x);
    }

    public static Tensor tanh(Tensor x) {
        return x.tanh();
    }

    /** x - tanh(x). */
    public static Tensor tanhshrink(Tensor x) {
        return x.sub(x.tanh());
    }

    /** x / (1 + |x|). */
    public static Tensor softsign(Tensor x) {
        return x.div(x.abs().add(1));
    }

    public static Tensor softplus(Tensor x) {
        return softplus(x, 1, 20);
    }

    /** log(1 + exp(beta x)) / beta, and x itself where beta x is above the threshold. */
    public static Tensor softplus(Tensor x, double beta, double threshold) {
        return Tensors.bind(new Softplus(beta, threshold), x);
    }

    public static Tensor hardsigmoid(Tensor x) {
        return Tensors.bind(Hard.HARDSIGMOID, x);
    }

    public static Tensor hardswish(Tensor x) {
        return Tensors.bind(Hard.HARDSWISH, x);
    }

    public static Tensor hardshrink(Tensor x) {
        return hardshrink(x, 0.5);
    }

    public static Tensor hardshrink(Tensor x, double lambda) {
        return Tensors.bind(new HardShrink(lambda), x);
    }

    public static Tensor softshrink(Tensor x) {
        return softshrink(x, 0.5);
    }

    public static Tensor softshrink(Tensor x, double lambda) {
        return Tensors.bind(new SoftShrink(lambda), x);
    }

    /** x where it is above the threshold, else the value. */
    public static Tensor threshold(Tensor x, double threshold, double value) {
        return Tensors.bind(new Threshold(threshold, value), x);
    }

    public static Tensor glu(Tensor x) {
        return glu(x, -1);
    }

    /** The first half of an axis times the sigmoid of the second. */
    public static Tensor glu(Tensor x, int axis) {
        if (x.rank() == 0) {
            throw new ShapeException("glu", "a tensor without axes cannot be halved", Fault.BAD_AXIS);
        }
        return Tensors.bind(new Glu(x.shape().axis("glu", axis)), x);
    }

    public static Tensor softmax(Tensor x, int axis) {
        return x.softmax(axis);
    }

    /** As {@link #softmax(Tensor, int)} of x in another dtype. */
    public static Tensor softmax(Tensor x, int axis, DType dtype) {
        return x.to(dtype).softmax(axis);
    }

    public static Tensor logSoftmax(Tensor x, int axis) {
        return x.logSoftmax(axis);
    }

    /** As {@link #logSoftmax(Tensor, int)} of x in another dtype. */
    public static Tensor logSoftmax(Tensor x, int axis, DType dtype) {
        return x.to(dtype).logSoftmax(axis);
    }

    /** The softmax of -x. */
    public static Tensor softmin(Tensor x, int axis) {
        return x.neg().softmax(axis);
    }

    /** As {@link #softmin(Tensor, int)} of x in another dtype. */
    public static Tensor softmin(Tensor x, int axis, DType dtype) {
        return x.neg().to(dtype).softmax(axis);
    }

    public static Tensor gumbelSoftmax(Tensor logits, double tau) {
        return gumbelSoftmax(logits, tau, false, -1);
    }

    /**
     * A sample of the relaxed categorical distribution (Jang, Gu and Poole, 2017).
     *
     * @param tau the temperature
     * @param hard whether the result is one-hot, with the gradient of the soft sample
     */
    public static Tensor gumbelSoftmax(Tensor logits, double tau, boolean hard, int axis) {
        Tensor uniform = Tensors.rand(Generator.standard(), logits.spec()).rsub(1);
        Tensor gumbel = uniform.log().neg().log().neg();
        Tensor soft = logits.add(gumbel).div(tau).softmax(axis);
        if (!hard) {
            return soft;
        }
        Tensor index = soft.detach().argmax(axis, true);
        Tensor hot = soft.detach().zerosLike().scatter(axis, index, soft.newFull(index.shape(), Scalar.ONE));
        return hot.sub(soft.detach()).add(soft);
    }
}
