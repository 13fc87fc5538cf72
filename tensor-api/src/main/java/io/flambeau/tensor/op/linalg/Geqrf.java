package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Qr;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/**
 * A = Q R in LAPACK's compact form: R on and above the diagonal, the reflectors of Q below it, and their factors tau.
 */
public enum Geqrf implements HostOp {
    GEQRF;

    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = Checks.matrix(this, "A", in[0]);
        long k = Math.min(in[0].shape().size(-2), in[0].shape().size(-1));
        return new Spec[] {in[0], in[0].with(batch.concat(Shape.of(k)))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        int k = Math.min(a.rows, a.columns);
        Stack result = Stack.zeros(in[0].dtype(), a.batch, a.rows, a.columns);
        Stack taus = Stack.vectors(in[0].dtype(), a.batch, k);
        for (int b = 0; b < a.count; b++) {
            double[] matrix = a.get(b);
            double[] tau = a.scalars.allocate(k);
            Qr.factor(a.scalars, a.rows, a.columns, matrix, tau);
            result.put(b, matrix);
            taus.put(b, tau);
        }
        return new HostArray[] {result.array(), taus.array()};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.refused(this, in.length);
    }
}
