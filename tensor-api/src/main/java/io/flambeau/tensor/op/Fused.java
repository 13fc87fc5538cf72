package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/**
 * A derived operation that backends like to run as one kernel, and whose definition therefore rounds once:
 * half-precision inputs are computed in F32, and the results narrowed to what {@link #infer} promises.
 */
public interface Fused extends Derived {
    /** The decomposition, of inputs none of which is F16 or BF16. */
    Tensor[] define(Tensor[] in);

    @Override
    default Tensor[] decompose(Tensor[] in) {
        boolean half = false;
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
            half |= specs[i].dtype().isHalf();
        }
        if (!half) {
            return define(in);
        }
        Tensor[] wide = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            wide[i] = specs[i].dtype().isHalf() ? in[i].to(DType.F32) : in[i];
        }
        Tensor[] out = Tensor.bindAll(this, wide);
        Spec[] promised = infer(specs);
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i].to(promised[i].dtype());
        }
        return out;
    }
}
