package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;

/**
 * The pseudoinverse of Moore and Penrose; singular values at most max(atol, rtol * the largest) count as zero. The
 * inputs are A and the two tolerances, one for each matrix.
 *
 * @param hermitian whether A is taken to be Hermitian, of which the lower triangle is read
 */
public record Pinv(boolean hermitian) implements Derived.WithGradient {
    @Override
    public Spec[] infer(Spec[] in) {
        Shape batch = hermitian ? Checks.square(this, "A", in[0]) : Checks.matrix(this, "A", in[0]);
        long m = in[0].shape().size(-2);
        long n = in[0].shape().size(-1);
        return new Spec[] {in[0].with(batch.concat(Shape.of(n, m)))};
    }

    @Override
    public Tensor[] decompose(Tensor[] in) {
        Tensor a = in[0];
        if (a.count() == 0) {
            return new Tensor[] {a.mT().clone()};
        }
        if (hermitian) {
            Tensor[] e = Tensor.bindAll(new Eigh(false), a);
            Tensor inverse = inverse(e[0], e[0].abs(), in[1], in[2]).to(a.dtype());
            return new Tensor[] {e[1].mul(inverse.unsqueeze(-2)).matmul(e[1].mH())};
        }
        Tensor[] d = Tensor.bindAll(new Svd(false), a);
        Tensor inverse = inverse(d[1], d[1], in[1], in[2]).to(a.dtype());
        return new Tensor[] {d[2].mH().mul(inverse.unsqueeze(-2)).matmul(d[0].mH())};
    }

    private static Tensor inverse(Tensor values, Tensor sizes, Tensor atol, Tensor rtol) {
        Tensor largest = sizes.amax(true, -1);
        Tensor cut = atol.unsqueeze(-1).maximum(rtol.unsqueeze(-1).mul(largest));
        return values.reciprocal().where(sizes.gt(cut), values.zerosLike());
    }

    /** Golub and Pereyra (1973), with the order of products that keeps the matrices small. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], out[0]).joint((g, s, needs) -> {
            Tensor a = s[0];
            Tensor p = s[1];
            Tensor ph = p.mH();
            Tensor gh = g[0].mH();
            Tensor ga;
            if (a.size(-2) <= a.size(-1)) {
                Tensor k = gh.matmul(p);
                Tensor kph = k.matmul(ph);
                ga = p.matmul(k)
                        .mH()
                        .neg()
                        .add(kph)
                        .sub(a.matmul(p).matmul(kph))
                        .add(ph.matmul(p).matmul(gh.sub(k.matmul(a))));
            } else {
                Tensor k = p.matmul(gh);
                Tensor phk = ph.matmul(k);
                ga = k.matmul(p)
                        .mH()
                        .neg()
                        .add(gh.sub(a.matmul(k)).matmul(p).matmul(ph))
                        .add(phk)
                        .sub(phk.matmul(p).matmul(a));
            }
            return new Tensor[] {ga, null, null};
        });
    }
}
