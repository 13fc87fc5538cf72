package io.flambeau.autograd;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares gradients with difference quotients, as {@code torch.autograd.gradcheck}. Complex values are taken as pairs
 * of real ones.
 *
 * <pre>{@code
 * Tensor x = Tensors.of(new double[] {0.5, -1, 2}).requiresGrad(true);
 * GradCheck.DEFAULT.check(Tensor::tanh, x);
 * GradCheck.DEFAULT.checkTwice(Tensor::tanh, x);       // the gradient's own gradient, too
 * }</pre>
 *
 * @param eps the step of the difference quotient
 * @param atol the absolute difference that is allowed
 * @param rtol the difference relative to the quotient that is allowed on top
 * @param nondet how far two runs of the same backward may differ
 */
public record GradCheck(double eps, double atol, double rtol, double nondet) {
    /** PyTorch's defaults. */
    public static final GradCheck DEFAULT = new GradCheck(1e-6, 1e-5, 1e-3, 0);

    public GradCheck eps(double other) {
        return new GradCheck(other, atol, rtol, nondet);
    }

    public GradCheck atol(double other) {
        return new GradCheck(eps, other, rtol, nondet);
    }

    public GradCheck rtol(double other) {
        return new GradCheck(eps, atol, other, nondet);
    }

    public GradCheck nondet(double other) {
        return new GradCheck(eps, atol, rtol, other);
    }

    /** Checks a function of one tensor. */
    public void check(UnaryOperator<Tensor> function, Tensor x) {
        checkAll(in -> new Tensor[] {function.apply(in[0])}, x);
    }

    /** Checks the gradient, and the gradient of the gradient, of a function of one tensor. */
    public void checkTwice(UnaryOperator<Tensor> function, Tensor x) {
        checkAllTwice(in -> new Tensor[] {function.apply(in[0])}, x);
    }

    /**
     * Checks the gradients of all floating outputs with respect to all inputs that require grad.
     *
     * @throws GradientException with the largest difference, if one is too large
     * @throws DTypeException if an input that requires grad is neither F64 nor C128
     */
    public void checkAll(UnaryOperator<Tensor[]> function, Tensor... inputs) {
        for (int i = 0; i < inputs.length; i++) {
            DType dtype = inputs[i].dtype();
            if (inputs[i].requiresGrad() && dtype != DType.F64 && dtype != DType.C128) {
                throw new DTypeException(
                        "gradcheck",
                        "input " + i + " is " + dtype + ", too coarse for difference quotients; use float64 or"
                                + " complex128",
                        Fault.BAD_DTYPE);
            }
        }
        Tensor[] out = differentiable(function.apply(leaves(inputs)));
        for (int o = 0; o < out.length; o++) {
            double[][][] analytic = analytic(function, inputs, o);
            double[][][] again = analytic(function, inputs, o);
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i].requiresGrad()) {
                    compareRuns(analytic[i], again[i], o, i);
                    compare(analytic[i], numeric(function, inputs, o, i), o, i);
                }
            }
        }
    }

    /** As {@link #checkAll}, and then the same of the gradients as functions of the inputs and the cotangents. */
    public void checkAllTwice(UnaryOperator<Tensor[]> function, Tensor... inputs) {
        checkAll(function, inputs);
        Tensor[] out = differentiable(function.apply(leaves(inputs)));
        int n = inputs.length;
        Tensor[] more = new Tensor[n + out.length];
        System.arraycopy(inputs, 0, more, 0, n);
        for (int o = 0; o < out.length; o++) {
            more[n + o] = wave(out[o]).requiresGrad(true);
        }
        checkAll(in -> gradients(function, in, n), more);
    }

    /** The gradients of a function at the first n inputs, with the others for cotangents. */
    private static Tensor[] gradients(UnaryOperator<Tensor[]> function, Tensor[] in, int n) {
        Tensor[] own = java.util.Arrays.copyOf(in, n);
        Tensor[] cotangents = java.util.Arrays.copyOfRange(in, n, in.length);
        List<Tensor> wanted = new ArrayList<>();
        for (Tensor t : own) {
            if (t.requiresGrad()) {
                wanted.add(t);
            }
        }
        @Nullable Tensor[] found = Grad.grad(
                differentiable(function.apply(own)), cotangents, wanted.toArray(Tensor[]::new), true, true, true);
        List<Tensor> used = new ArrayList<>();
        for (Tensor t : found) {
            if (t != null) {
                used.add(t);
            }
        }
        return used.toArray(Tensor[]::new);
    }

    /** Cotangents of no special symmetry. */
    private static Tensor wave(Tensor like) {
        double[] values = parts(like);
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.sin(1 + 0.7 * k) + 0.3;
        }
        return tensor(values, like);
    }

    private static Tensor[] leaves(Tensor[] inputs) {
        Tensor[] leaves = new Tensor[inputs.length];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = inputs[i].requiresGrad() ? inputs[i].detach().clone().requiresGrad(true) : inputs[i];
        }
        return leaves;
    }

    private static Tensor[] differentiable(Tensor[] out) {
        List<Tensor> all = new ArrayList<>();
        for (Tensor t : out) {
            if (t.dtype().isDifferentiable()) {
                all.add(t);
            }
        }
        return all.toArray(Tensor[]::new);
    }

    /** For each input the rows of the Jacobian, one for each real part of the output, by backward. */
    private static double[][][] analytic(UnaryOperator<Tensor[]> function, Tensor[] inputs, int output) {
        Tensor[] in = leaves(inputs);
        Tensor out = differentiable(function.apply(in))[output];
        int rows = parts(out).length;
        double[][][] jacobian = new double[in.length][rows][];
        List<Tensor> wanted = new ArrayList<>();
        for (Tensor t : in) {
            if (t.requiresGrad()) {
                wanted.add(t);
            }
        }
        for (int row = 0; row < rows; row++) {
            double[] seed = new double[rows];
            seed[row] = 1;
            @Nullable Tensor[] g = !out.requiresGrad()
                    ? new Tensor[wanted.size()]
                    : Grad.grad(
                            new Tensor[] {out},
                            new Tensor[] {tensor(seed, out)},
                            wanted.toArray(Tensor[]::new),
                            true,
                            false,
                            true);
            int n = 0;
            for (int i = 0; i < in.length; i++) {
                if (in[i].requiresGrad()) {
                    Tensor found = g[n++];
                    jacobian[i][row] = found == null ? new double[parts(in[i]).length] : parts(found);
                }
            }
        }
        return jacobian;
    }

    /** The same by central difference quotients. */
    private double[][] numeric(UnaryOperator<Tensor[]> function, Tensor[] inputs, int output, int input) {
        Tensor x = inputs[input];
        double[] at = parts(x);
        double[][] columns = new double[at.length][];
        for (int k = 0; k < at.length; k++) {
            double before = at[k];
            at[k] = before + eps;
            double[] up = value(function, inputs, output, input, at);
            at[k] = before - eps;
            double[] down = value(function, inputs, output, input, at);
            at[k] = before;
            columns[k] = new double[up.length];
            for (int row = 0; row < up.length; row++) {
                columns[k][row] = (up[row] - down[row]) / (2 * eps);
            }
        }
        return columns;
    }

    private static double[] value(
            UnaryOperator<Tensor[]> function, Tensor[] inputs, int output, int input, double[] at) {
        Tensor[] in = leaves(inputs);
        in[input] = tensor(at, inputs[input]).requiresGrad(true);
        return parts(differentiable(function.apply(in))[output]);
    }

    private static double[] parts(Tensor x) {
        return x.detach().toDoubleArray();
    }

    /** A tensor like another one, from its parts. */
    private static Tensor tensor(double[] parts, Tensor like) {
        Tensor flat = Tensors.of(parts).to(like.device());
        Tensor whole = like.dtype().isComplex() ? flat.view(parts.length / 2, 2).viewAsComplex() : flat;
        return whole.to(like.dtype()).reshape(like.shape()).clone();
    }

    private void compareRuns(double[][] first, double[][] second, int output, int input) {
        double worst = 0;
        for (int row = 0; row < first.length; row++) {
            for (int k = 0; k < first[row].length; k++) {
                worst = Math.max(worst, Math.abs(first[row][k] - second[row][k]));
            }
        }
        if (worst > nondet) {
            throw new GradientException(
                    "gradcheck",
                    "two runs of backward for output " + output + " and input " + input + " differ by " + worst
                            + "; make it deterministic, or allow it with nondet",
                    Fault.GRADCHECK);
        }
    }

    private void compare(double[][] rows, double[][] columns, int output, int input) {
        double worst = -1;
        int worstRow = 0;
        int worstColumn = 0;
        boolean fits = true;
        for (int row = 0; row < rows.length; row++) {
            for (int k = 0; k < columns.length; k++) {
                double difference = Math.abs(rows[row][k] - columns[k][row]);
                boolean near = difference <= atol + rtol * Math.abs(columns[k][row])
                        || Double.compare(rows[row][k], columns[k][row]) == 0;
                fits &= near;
                if (!near && (worst < difference || Double.isNaN(difference))) {
                    worst = difference;
                    worstRow = row;
                    worstColumn = k;
                }
            }
        }
        if (!fits) {
            throw new GradientException(
                    "gradcheck",
                    "the gradient of output " + output + " at element " + worstRow + " with respect to input " + input
                            + " at element " + worstColumn + " is " + rows[worstRow][worstColumn]
                            + ", the difference quotient " + columns[worstColumn][worstRow]
                            + " (the largest difference: " + worst + "; allowed are " + atol + " and " + rtol
                            + " relative); mend the operation's gradient",
                    Fault.GRADCHECK);
        }
    }
}
