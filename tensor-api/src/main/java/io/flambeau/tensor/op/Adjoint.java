package io.flambeau.tensor.op;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;

/**
 * The adjoint of a view: zeros of the original's spec to which each element is added at the place it was seen at. It
 * is the gradient of a view, and the view is the gradient of it.
 *
 * @param view the view
 * @param original the shape that the view was taken of, and the device; contiguous
 */
public record Adjoint(ViewOp view, Spec original) implements Derived.WithGradient {
    @Override
    public String title() {
        return view.title() + "Backward";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {original.with(in[0].dtype())};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor g = in[0];
        Tensor zeros = g.newZeros(original.shape());
        if (view instanceof Window w) {
            long count = g.size(w.axis());
            for (long i = 0; i < w.size(); i++) {
                Slice places = new Slice(w.axis(), i * w.dilation(), count, w.step());
                Tensor.bind(places, zeros).add_(g.select(-1, i));
            }
            return new Tensor[] {zeros};
        }
        if (!(view instanceof AsStrided)) {
            Tensor.bind(view, zeros).copy_(g);
            return new Tensor[] {zeros};
        }
        long count = original.shape().count();
        Tensor places = Tensor.bind(view, Tensor.bind(new Iota(original.with(DType.I64), Scalar.ZERO, Scalar.ONE)));
        Tensor flat = zeros.reshape(count).scatterAdd(0, places.reshape(-1), g.reshape(-1));
        return new Tensor[] {flat.reshape(original.shape())};
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.of((g, s) -> Tensor.bind(view, rooted(g)));
    }

    /** The tensor, contiguous and from the first element of its storage on: what AsStrided takes it for. */
    static Tensor rooted(Tensor x) {
        boolean fits = Access.door().symbol(x) != null || x.isContiguous() && x.storageOffset() == 0;
        return fits ? x : x.clone();
    }
}
