package io.flambeau.autograd;

import io.flambeau.autograd.internal.Branch;
import io.flambeau.autograd.internal.Engine;
import io.flambeau.autograd.internal.Forward;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Autograd.Along;
import io.flambeau.tensor.spi.Modes;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives as results: of tensors with respect to others, and of functions.
 *
 * <pre>{@code
 * UnaryOperator<Tensor> slope = Grad.of(x -> x.square().sum());
 * slope.apply(Tensors.of(new float[] {3}));                       // 6
 * Grad.of(x -> slope.apply(x).sum()).apply(...)                   // 2: derivatives nest
 * }</pre>
 *
 * The functions leave {@code grad} of their arguments alone. What they give can itself be differentiated if the
 * argument requires grad. Inside {@link Vmap} they give the derivative of each element of the batch.
 */
public final class Grad {
    /** A function's value and its derivative. */
    public record Pair(Tensor value, Tensor derivative) {}

    /** Values and their derivatives. */
    public record Pairs(Tensor[] values, Tensor[] derivatives) {}

    private static final Engine ENGINE = new Engine();

    private Grad() {}

    /** The gradients of a scalar with respect to the inputs. */
    public static Tensor[] grad(Tensor output, Tensor... inputs) {
        @Nullable Tensor[] all = ENGINE.grad(new Tensor[] {output}, null, inputs, false, false, false);
        Tensor[] gradients = new Tensor[all.length];
        for (int i = 0; i < all.length; i++) {
            gradients[i] = Objects.requireNonNull(all[i]);
        }
        return gradients;
    }

    /**
     * The gradients of the outputs with respect to the inputs, as {@code torch.autograd.grad}.
     *
     * @param cotangents one for each output, null for the one of a scalar; null altogether if all are scalars
     * @param retainGraph whether saved values are kept for another pass
     * @param createGraph whether the gradients can themselves be differentiated; implies {@code retainGraph}
     * @param allowUnused whether the gradient of an input that was not used is null instead of an error
     */
    public static @Nullable Tensor[] grad(
            Tensor[] outputs,
            @Nullable Tensor @Nullable [] cotangents,
            Tensor[] inputs,
            boolean retainGraph,
            boolean createGraph,
            boolean allowUnused) {
        return ENGINE.grad(outputs, cotangents, inputs, retainGraph, createGraph, allowUnused);
    }

    /**
     * Accumulates the gradients of several outputs, as {@code torch.autograd.backward}.
     *
     * @param cotangents one for each output, null for the one of a scalar; null altogether if all are scalars
     * @param retainGraph whether saved values are kept for another pass
     * @param createGraph whether the gradients can themselves be differentiated; implies {@code retainGraph}
     * @param into accumulate only into these; into all leaves if there are none
     */
    public static void backward(
            Tensor[] outputs,
            @Nullable Tensor @Nullable [] cotangents,
            boolean retainGraph,
            boolean createGraph,
            Tensor... into) {
        ENGINE.backward(outputs, cotangents, retainGraph, createGraph, into.length == 0 ? null : into);
    }

    /** The gradient of a scalar function, as a function. */
    public static UnaryOperator<Tensor> of(UnaryOperator<Tensor> function) {
        return x -> derivative(function, x, null).derivative();
    }

    /** A scalar function's value and gradient at x. */
    public static Pair valueAndGrad(UnaryOperator<Tensor> function, Tensor x) {
        return derivative(function, x, null);
    }

    /**
     * The value at x and the product of a cotangent with the Jacobian.
     *
     * @param cotangent of the value's shape
     */
    public static Pair vjp(UnaryOperator<Tensor> function, Tensor x, Tensor cotangent) {
        return derivative(function, x, cotangent);
    }

    /**
     * The value at x and the product of the Jacobian with a tangent: the derivative in a direction, as
     * {@code torch.func.jvp}. Tangents go along with the values while the function runs, so that nothing is kept for
     * later: it takes about as much memory as the function itself, however deep that is.
     *
     * @param tangent of the shape of x
     */
    public static Pair jvp(UnaryOperator<Tensor> function, Tensor x, Tensor tangent) {
        Pairs pairs = jvp(in -> new Tensor[] {function.apply(in[0])}, new Tensor[] {x}, new Tensor[] {tangent});
        return new Pair(pairs.values[0], pairs.derivatives[0]);
    }

    /**
     * As {@link #jvp(UnaryOperator, Tensor, Tensor)}, of a function of several tensors with several results.
     *
     * @param tangents one for each argument and of its shape
     */
    public static Pairs jvp(UnaryOperator<Tensor[]> function, Tensor[] arguments, Tensor[] tangents) {
        if (tangents.length != arguments.length) {
            throw new ArgumentException(
                    "jvp",
                    tangents.length + " tangents were given for " + arguments.length + " arguments; give one for each",
                    Fault.BAD_ARGUMENT);
        }
        boolean tracked = false;
        for (int i = 0; i < arguments.length; i++) {
            tracked |= arguments[i].requiresGrad() || tangents[i].requiresGrad();
        }
        Along along = ENGINE.jvp(
                function, arguments, tangents, tracked && Modes.current().grad());
        return new Pairs(along.values(), along.derivatives());
    }

    /** All first derivatives at x; the shape is the value's followed by that of x. */
    public static Tensor jacobian(UnaryOperator<Tensor> function, Tensor x) {
        return differentiating(x, (in, tracked) -> {
            Tensor y = function.apply(in);
            Shape shape = y.shape().concat(x.shape());
            int rows = Math.toIntExact(y.count());
            if (rows == 0) {
                return y.detach().newZeros(shape);
            }
            Tensor[] all = new Tensor[rows];
            for (int row = 0; row < rows; row++) {
                Tensor seed = y.detach().newZeros(Shape.of(rows));
                seed.narrow(0, row, 1).fill_(1);
                all[row] = gradient(y, seed.reshape(y.shape()), in, true, tracked);
            }
            return Tensor.stackAll(0, all).reshape(shape);
        });
    }

    /** All second derivatives of a scalar function at x; the shape is that of x, twice. */
    public static Tensor hessian(UnaryOperator<Tensor> function, Tensor x) {
        return jacobian(of(function), x);
    }

    /**
     * Runs the body so that a NaN in a gradient is an error which names the operation and the line that called it, and
     * every other gradient error names the line, too. Slow; the backward must run inside.
     */
    public static <T extends @Nullable Object> T detectAnomaly(Supplier<T> body) {
        return Modes.current().withSite(true).call(body);
    }

    /** As {@link #detectAnomaly(Supplier)}. */
    public static void detectAnomaly(Runnable body) {
        Modes.current().withSite(true).run(body);
    }

    private static Pair derivative(UnaryOperator<Tensor> function, Tensor x, @Nullable Tensor cotangent) {
        return differentiating(x, (in, tracked) -> {
            Tensor y = function.apply(in);
            Tensor gradient = gradient(y, cotangent, in, tracked, tracked);
            return new Pair(tracked ? y : y.detach(), gradient);
        });
    }

    /** The gradient with respect to one input; zeros where it was not used. */
    private static Tensor gradient(
            Tensor output, @Nullable Tensor cotangent, Tensor input, boolean retain, boolean createGraph) {
        Tensor gradient = output.requiresGrad()
                ? ENGINE.grad(
                                new Tensor[] {output},
                                new Tensor[] {cotangent},
                                new Tensor[] {input},
                                retain,
                                createGraph,
                                true)[0]
                : null;
        return gradient == null ? input.detach().zerosLike() : gradient;
    }

    /** Runs the body with gradients on; whether what it gives shall be differentiable depends on x. */
    private interface Body<T> {
        T at(Tensor branch, boolean tracked);
    }

    private static <T> T differentiating(Tensor x, Body<T> body) {
        Modes modes = Modes.current();
        boolean tracked = modes.grad() && x.requiresGrad();
        return modes.withGrad(true).call(() -> Forward.drawing(() -> body.at(Branch.of(x), tracked)));
    }
}
