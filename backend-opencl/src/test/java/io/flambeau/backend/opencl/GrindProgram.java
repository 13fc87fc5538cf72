package io.flambeau.backend.opencl;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.CtcLossBackward;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.math.LogCumSumExp;
import io.flambeau.tensor.op.math.OrthogonalPolynomial;
import io.flambeau.tensor.op.math.Polygamma;
import io.flambeau.tensor.op.math.SpecialFunction;
import io.flambeau.tensor.op.math.SpecialPair;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.LogSoftmaxBackward;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.norm.SoftmaxBackward;
import io.flambeau.tensor.op.pool.AvgPool;
import io.flambeau.tensor.op.pool.AvgPoolBackward;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.MaxPoolBackward;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.step.AdagradStep;
import io.flambeau.tensor.op.step.AdamStep;
import io.flambeau.tensor.op.step.RmsPropStep;
import io.flambeau.tensor.op.step.SgdStep;

/** Launches every kernel at small shapes, odd ones where that matters; run under an analyser by {@link OclgrindTest}. */
final class GrindProgram {
    private static final Device OPENCL = new Device("opencl", 0);

    private GrindProgram() {}

    public static void main(String[] args) {
        for (DType dtype : new DType[] {DType.F32, DType.I32, DType.BF16, DType.C64}) {
            try (Scope _ = Scope.open("dtype")) {
                families(dtype);
                Tensors.synchronize(OPENCL);
            }
        }
        try (Scope _ = Scope.open("fused")) {
            functions();
            lines();
            convolutions();
            steps();
            attention();
            Tensors.synchronize(OPENCL);
        }
    }

    private static Tensor make(DType dtype, long... sizes) {
        Shape shape = Shape.of(sizes);
        return Tensors.arange(shape.count())
                .remainder(Scalar.of(7))
                .add(1)
                .reshape(shape)
                .to(dtype)
                .to(OPENCL);
    }

    private static Tensor indices(long most, long... sizes) {
        Shape shape = Shape.of(sizes);
        return Tensors.arange(shape.count())
                .remainder(Scalar.of(most))
                .reshape(shape)
                .to(OPENCL);
    }

    private static void families(DType dtype) {
        Tensor x = make(dtype, 3, 5);
        Tensor turned = make(dtype, 5, 3).t();
        for (Unary op : Unary.values()) {
            if (op.isDefined(dtype)) {
                Tensor.bind(op, turned);
            }
        }
        for (Binary op : Binary.values()) {
            if (op.isDefined(dtype)) {
                Tensor.bind(op, x, turned);
            }
        }
        for (Compare op : Compare.values()) {
            if (!dtype.isComplex() || op == Compare.EQ || op == Compare.NE) {
                Tensor.bind(op, x, turned);
            }
        }
        x.where(x.eq(turned), turned);
        x.to(DType.F64);
        x.fill_(2);
        x.matmul(turned.t());
        x.gather(1, indices(5, 3, 2));
        for (Scatter.Kind kind : Scatter.Kind.values()) {
            if (!dtype.isComplex() || kind.ordinal() < Scatter.Kind.MAX.ordinal()) {
                Tensor.bind(new Scatter(kind, 1), x, indices(5, 3, 7).slice(1, 0, 5, 1), turned);
            }
        }
        for (Reduce.Kind kind : Reduce.Kind.values()) {
            boolean extreme = kind == Reduce.Kind.MAX || kind == Reduce.Kind.MIN;
            if (!dtype.isComplex() || !extreme) {
                Tensor.bind(new Reduce(kind, 0b10), turned);
                Tensor.bind(new Reduce(kind, 0b10), make(dtype, 2, 300));
                Tensor.bind(new Reduce(kind, 0b1), make(dtype, 9001));
            }
        }
        for (Scan.Kind kind : Scan.Kind.values()) {
            if (!dtype.isComplex() || kind.ordinal() < Scan.Kind.MAX.ordinal()) {
                Tensor.bindAll(new Scan(kind, 1), turned);
                Tensor.bindAll(new Scan(kind, 1), make(dtype, 2, 2500));
            }
        }
        if (!dtype.isComplex()) {
            Tensor.bind(new ArgReduce(true, 1), turned);
            Tensor.bind(new ArgReduce(false, 1), make(dtype, 2, 300));
            Tensor.bindAll(new Sort(true), make(dtype, 2, 13));
        }
        Tensor.bind(new Random(new Spec(Shape.of(13), DType.I32, OPENCL), 1, 2));
        Tensors.withDevice(OPENCL, () -> Tensors.arange(7));
    }

    private static void functions() {
        Tensor x = make(DType.F32, 3, 5);
        for (SpecialFunction op : SpecialFunction.values()) {
            bind(op, x);
        }
        for (SpecialPair op : SpecialPair.values()) {
            bind(op, x, x);
        }
        for (OrthogonalPolynomial op : OrthogonalPolynomial.values()) {
            bind(op, x, x);
        }
        bind(new Polygamma(2), x);
        bind(new LogCumSumExp(0), make(DType.F32, 2500));
        bind(new LogCumSumExp(0), make(DType.C64, 3, 5));
        bind(new SearchSorted(true), make(DType.F32, 7), x);
        bind(new ComplexFft(Axes.of(0L, 1L), true, 1), make(DType.C64, 3, 8));
        bind(new RealFft(0, true, 1), make(DType.F32, 12, 2));
        bind(new RealInverseFft(0, 13, true, 1), make(DType.C64, 7, 2));
        Tensor logs = make(DType.F32, 5, 2, 6).mul(-1);
        Tensor four = indices(1, 2).add(4);
        Tensor[] loss = Tensor.bindAll(new CtcLoss(0), logs, indices(6, 2, 4), four, four);
        bind(new CtcLossBackward(0), loss[0], logs, indices(6, 2, 4), four, four);
    }

    private static void bind(Op op, Tensor... in) {
        Tensor.bindAll(op, in);
    }

    private static void lines() {
        Tensor x = make(DType.F32, 3, 70, 2);
        bind(new Softmax(1), x);
        bind(new LogSoftmax(1), x);
        bind(new SoftmaxBackward(1), x, x);
        bind(new LogSoftmaxBackward(1), x, x);
        Tensor logits = make(DType.F32, 5, 70);
        Tensor target = indices(5, 5);
        for (Reduction reduction : Reduction.values()) {
            CrossEntropy op = new CrossEntropy(false, 3, 0, reduction);
            Tensor[] loss = Tensor.bindAll(op, logits, target);
            bind(new CrossEntropyBackward(op), loss[0], logits, target, loss[1]);
        }
        Tensor weight = make(DType.F32, 70);
        Tensor[] norm = Tensor.bindAll(new LayerNorm(1, true, true, 1e-5), logits, weight, weight);
        bind(new LayerNormBackward(1, true, 1e-5), norm[0], logits, norm[1], norm[2], weight);
        Tensor[] batch = Tensor.bindAll(new BatchNorm(true, true, 1e-5), make(DType.F32, 3, 70, 2), weight, weight);
        bind(new BatchNormBackward(true, 1e-5), batch[0], make(DType.F32, 3, 70, 2), batch[1], batch[2], weight);
        bind(new Gelu(true), x);
        bind(new ActivationBackward(new Gelu(false)), x, x);
        bind(new Dropout(0.5, 1, 2), make(DType.F32, 5, 3).t());
        Axes two = Axes.of(2L, 2L);
        Tensor[] group = Tensor.bindAll(
                new GroupNorm(2, true, true, 1e-5), make(DType.F32, 2, 4, 3), make(DType.F32, 4), make(DType.F32, 4));
        bind(
                new GroupNormBackward(2, true, 1e-5),
                group[0],
                make(DType.F32, 2, 4, 3),
                group[1],
                group[2],
                make(DType.F32, 4));
        bind(new EmbeddingBackward(5, 1, true), make(DType.F32, 70, 3), indices(5, 70));
        AvgPool average = new AvgPool(
                new Pooling(Axes.of(3L, 2L), Axes.of(2L, 2L), Axes.of(1L, 0L), Axes.of(1L, 1L), true), false, 0);
        Tensor means = Tensor.bind(average, make(DType.F32, 1, 2, 7, 5));
        bind(new AvgPoolBackward(average, Axes.of(7L, 5L)), means);
        MaxPool greatest = new MaxPool(new Pooling(Axes.of(3L, 2L), two, Axes.of(1L, 0L), Axes.of(1L, 1L), true));
        Tensor[] picked = Tensor.bindAll(greatest, make(DType.F32, 1, 2, 7, 5));
        bind(new MaxPoolBackward(Axes.of(7L, 5L), greatest.pooling()), picked);
    }

    private static void convolutions() {
        Axes one = Axes.of(1L, 1L);
        Sliding sliding = new Sliding(Axes.of(2L, 1L), one, one, Axes.of(1L, 2L));
        Tensor x = make(DType.F32, 2, 4, 7, 6);
        Tensor w = make(DType.F32, 6, 2, 3, 2);
        Tensor[] y = Tensor.bindAll(new Convolution(sliding, 2, true), x, w, make(DType.F32, 6));
        bind(new ConvolutionInput(sliding, 2, Axes.of(7L, 6L)), y[0], w);
        bind(new ConvolutionWeight(sliding, 2, Axes.of(3L, 2L)), x, y[0]);
    }

    private static void steps() {
        Tensor p = make(DType.F32, 3, 5);
        bind(new SgdStep(true, false, true, true, false), make(DType.F32, 4), p, p, p);
        bind(new SgdStep(false, false, false, false, true), make(DType.F32, 4), p, p);
        bind(new AdamStep(true, true, true, false), make(DType.F32, 7), p, p, p, p, p);
        bind(new RmsPropStep(true, true, true, false), make(DType.F32, 6), p, p, p, p, p);
        Tensor long1 = make(DType.F32, 1100);
        bind(new AdagradStep(true, false), make(DType.F32, 3), p, long1, p, long1, p, long1);
    }

    private static void attention() {
        Tensor q = make(DType.F32, 2, 19, 5);
        Tensor k = make(DType.F32, 2, 18, 5);
        Tensor v = make(DType.F32, 2, 18, 3);
        Attention plain = new Attention(false, true, 0.1, new Dropout(0.3, 1, 2));
        Tensor[] out = Tensor.bindAll(new ScaledDotProductAttention(plain), q, k, v);
        bind(new ScaledDotProductAttentionBackward(plain), out[0], q, k, v, out[0], out[1]);
        Attention masked = new Attention(true, false, 0.1, null);
        Tensor mask = make(DType.BOOL, 2, 19, 18);
        out = Tensor.bindAll(new ScaledDotProductAttention(masked), q, k, v, mask);
        bind(new ScaledDotProductAttentionBackward(masked), out[0], q, k, v, out[0], out[1], mask);
        Tensor wide = make(DType.F32, 1, 3, 130);
        Tensor added = make(DType.F32, 1, 3, 3);
        out = Tensor.bindAll(new ScaledDotProductAttention(masked), wide, wide, wide, added);
        bind(new ScaledDotProductAttentionBackward(masked), out[0], wide, wide, wide, out[0], out[1], added);
    }
}
