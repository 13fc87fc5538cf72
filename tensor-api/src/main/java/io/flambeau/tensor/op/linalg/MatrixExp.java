package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Pullback;

/** The exponential of square matrices. */
public enum MatrixExp implements HostOp {
    MATRIX_EXP;

    @Override
    public Spec[] infer(Spec[] in) {
        Checks.square(this, "A", in[0].dtype().isHalf() ? in[0].with(DType.F32) : in[0]);
        return new Spec[] {in[0]};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack a = Stack.of(in[0]);
        Stack result = Stack.zeros(in[0].dtype(), a.batch, a.rows, a.rows);
        for (int b = 0; b < a.count; b++) {
            result.put(b, io.flambeau.tensor.internal.linalg.MatrixExp.of(a.scalars, a.rows, a.get(b)));
        }
        return new HostArray[] {result.array()};
    }

    /**
     * The upper right block of exp([[A^H, G], [0, A^H]]) is the derivative of exp at A^H in the direction G
     * (Mathias, 1996).
     */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0]).of((g, s) -> {
            Tensor a = s[0].mH();
            long n = a.size(-1);
            Tensor above = a.cat(-1, g);
            Tensor below = a.zerosLike().cat(-1, a);
            return Tensor.bind(MATRIX_EXP, above.cat(-2, below))
                    .narrow(-2, 0, n)
                    .narrow(-1, n, n);
        });
    }
}
