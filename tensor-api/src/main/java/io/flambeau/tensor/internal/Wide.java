package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import java.util.function.Function;

/** Compositions that shall round half types only once: they are computed in F32, as PyTorch's fused kernels do. */
public final class Wide {
    private Wide() {}

    /** The body on one tensor. */
    public static Tensor once(Tensor x, Function<Tensor, Tensor> body) {
        return x.dtype().isHalf() ? body.apply(x.to(DType.F32)).to(x.dtype()) : body.apply(x);
    }

    /** The body on several tensors of one dtype; the result has it too. */
    public static Tensor once(Tensor[] in, Function<Tensor[], Tensor> body) {
        DType dtype = in[0].dtype();
        if (!dtype.isHalf()) {
            return body.apply(in);
        }
        Tensor[] wide = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            wide[i] = in[i].to(DType.F32);
        }
        return body.apply(wide).to(dtype);
    }
}
