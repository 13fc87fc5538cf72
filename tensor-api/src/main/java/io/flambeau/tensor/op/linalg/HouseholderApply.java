package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;

/**
 * H[0] H[1] … C, or adjoint(… H[1] H[0]) … C: reflectors as {@link Geqrf} stores them, applied to C one by one.
 *
 * @param title what the caller calls it: householderProduct or ormqr
 * @param adjoint whether the adjoint of the product is applied
 */
public record HouseholderApply(String title, boolean adjoint) implements Derived {
    @Override
    public Spec[] infer(Spec[] in) {
        Checks.matrix(this, "reflectors", in[0]);
        Checks.sameRows(this, in[0], in[2]);
        return new Spec[] {in[2]};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor v = Parts.tril(in[0], -1).add(Parts.identity(in[0]));
        Tensor tau = adjoint ? in[1].conj() : in[1];
        Tensor c = in[2];
        long k = tau.size(-1);
        for (long step = 0; step < k; step++) {
            long i = adjoint ? step : k - 1 - step;
            Tensor column = v.narrow(-1, i, 1);
            Tensor factor = tau.narrow(-1, i, 1).unsqueeze(-1);
            c = c.sub(column.mul(factor).matmul(column.mH().matmul(c)));
        }
        return new Tensor[] {c};
    }
}
