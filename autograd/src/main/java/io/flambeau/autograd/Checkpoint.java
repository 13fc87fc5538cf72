package io.flambeau.autograd;

import io.flambeau.autograd.internal.Frame;
import io.flambeau.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Trades time for memory: a checkpointed call keeps its inputs instead of its intermediate values, and runs again when
 * backward needs those, with the same random numbers and under the same modes.
 *
 * <pre>{@code
 * for (Block block : blocks) {
 *     x = Checkpoint.call(block::call, x);
 * }
 * }</pre>
 *
 * Parameters that the function uses without being given them get their gradients too. The function must compute the
 * same both times; numbers from generators other than the standard one are not repeated. (Chen, Xu, Zhang and Guestrin,
 * <em>Training deep nets with sublinear memory cost</em>, 2016.)
 */
public final class Checkpoint {
    private Checkpoint() {}

    /** Calls a function of one tensor. */
    public static Tensor call(UnaryOperator<Tensor> function, Tensor x) {
        return Frame.call(in -> new Tensor[] {function.apply(in[0])}, new Tensor[] {x})[0];
    }

    /** Calls a function of any number of tensors that gives any number of tensors. */
    public static Tensor[] callAll(UnaryOperator<Tensor[]> function, Tensor... inputs) {
        return Frame.call(function::apply, inputs);
    }
}
