package io.flambeau.tensor.op.step;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.internal.HostArrays;
import io.flambeau.tensor.op.Fused;
import io.flambeau.tensor.op.Laws;
import java.util.function.Supplier;

/**
 * One step of an optimizer for any number of parameters at once.
 *
 * <p>Note [Layout of a step]: the first input is a vector of coefficients, F64 if the parameters are and else F32: what
 * changes from step to step enters as data, so that kernels are found once and a replayed step is not frozen. Then
 * follow n parameters, their n gradients, and n tensors for each state. The outputs are the n parameters and n tensors
 * for each state. Run in place, the outputs are the inputs of the same name.
 */
public sealed interface Step extends Fused permits SgdStep, AdamStep, RmsPropStep, AdagradStep {
    /** How many tensors of state a parameter has. */
    int states();

    /** New values of one parameter and its states. */
    Tensor[] next(Coefficients c, Tensor parameter, Tensor gradient, Tensor[] states);

    /** The coefficients as 0-dimensional tensors. */
    record Coefficients(Tensor vector) {
        Tensor at(int i) {
            return vector.select(0, i);
        }
    }

    @Override
    default boolean isElementwise() {
        return true;
    }

    /** The number of parameters among so many inputs. */
    default int parameters(int inputs) {
        return (inputs - 1) / (2 + states());
    }

    @Override
    default Spec[] infer(Spec[] in) {
        int n = parameters(in.length);
        if (in.length != 1 + n * (2 + states())) {
            throw new ArgumentException(
                    title(),
                    in.length - 1 + " tensors are not " + (2 + states()) + " for each parameter",
                    Fault.BAD_ARGUMENT);
        }
        Spec[] out = new Spec[n * (1 + states())];
        for (int i = 0; i < n; i++) {
            Spec parameter = in[1 + i];
            Laws.requireFloating(this, parameter);
            Laws.requireShape(this, "gradient " + i, in[1 + n + i], parameter.shape());
            Laws.requireParameter(this, "gradient " + i, in[1 + n + i], parameter);
            out[i] = parameter;
            for (int s = 0; s < states(); s++) {
                Spec state = in[1 + (2 + s) * n + i];
                Laws.requireShape(this, "state " + s + " of parameter " + i, state, parameter.shape());
                out[(1 + s) * n + i] = state;
            }
        }
        return out;
    }

    @Override
    default Tensor[] define(Tensor[] in) {
        int n = parameters(in.length);
        Coefficients c = new Coefficients(in[0]);
        Tensor[] out = new Tensor[n * (1 + states())];
        Tensor[] states = new Tensor[states()];
        for (int i = 0; i < n; i++) {
            for (int s = 0; s < states.length; s++) {
                states[s] = in[1 + (2 + s) * n + i];
            }
            Tensor[] next = next(c, in[1 + i], in[1 + n + i], states);
            for (int s = 0; s < next.length; s++) {
                out[s * n + i] = next[s];
            }
        }
        return out;
    }

    /** As {@link #run(Supplier, int, Tensor[], Tensor[], Tensor[]...)}, with coefficients that stay the same. */
    default void run(double[] coefficients, Tensor[] parameters, Tensor[] gradients, Tensor[]... states) {
        run(() -> coefficients, coefficients.length, parameters, gradients, states);
    }

    /**
     * Takes the step: parameters and states are overwritten.
     *
     * @param coefficients gives what the operation's own {@code coefficients(...)} gives, once for this step and once for
     *     each replay of it
     * @param count how many there are
     * @param parameters all on one device
     * @param gradients one for each parameter
     * @param states for each state, one tensor for each parameter
     */
    default void run(
            Supplier<double[]> coefficients, int count, Tensor[] parameters, Tensor[] gradients, Tensor[]... states) {
        int n = parameters.length;
        if (n == 0) {
            return;
        }
        Tensor[] in = new Tensor[1 + n * (2 + states())];
        Tensor[] out = new Tensor[n * (1 + states())];
        Tensor like = parameters[0];
        DType dtype = like.dtype().toReal() == DType.F64 ? DType.F64 : DType.F32;
        in[0] = HostArrays.of(coefficients, count, dtype, like.device());
        System.arraycopy(parameters, 0, in, 1, n);
        System.arraycopy(parameters, 0, out, 0, n);
        System.arraycopy(gradients, 0, in, 1 + n, n);
        for (int s = 0; s < states.length; s++) {
            System.arraycopy(states[s], 0, in, 1 + (2 + s) * n, n);
            System.arraycopy(states[s], 0, out, (1 + s) * n, n);
        }
        Tensors.noGrad(() -> Tensor.bindInto(this, in, out));
    }
}
