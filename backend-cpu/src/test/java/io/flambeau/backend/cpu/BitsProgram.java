package io.flambeau.backend.cpu;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.activation.Threshold;
import io.flambeau.tensor.op.attention.Attention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.attention.ScaledDotProductAttentionBackward;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.RmsNorm;
import io.flambeau.tensor.op.norm.RmsNormBackward;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.pool.MaxPool;
import io.flambeau.tensor.op.pool.Pooling;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.op.recurrent.GruBackward;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.op.recurrent.LstmBackward;
import io.flambeau.tensor.op.recurrent.Sweep;
import io.flambeau.tensor.op.step.AdamStep;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Prints a hash of the bits of many results; runs in a JVM of its own for {@link SameBitsTest}. */
final class BitsProgram {
    private final SplittableRandom random = new SplittableRandom(3);
    private final List<String> names = new ArrayList<>();
    private final List<Supplier<Tensor[]>> cases = new ArrayList<>();

    private BitsProgram() {}

    public static void main(String[] args) {
        BitsProgram program = new BitsProgram();
        program.elementwise();
        program.reductions();
        program.products();
        program.fused();
        program.host();
        program.run(Integer.parseInt(args[0]), System.out);
    }

    private Tensor values(long... sizes) {
        int n = 1;
        for (long size : sizes) {
            n *= (int) size;
        }
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) (random.nextGaussian() * (i % 7 + 0.1));
        }
        return Tensors.of(v, sizes);
    }

    private void add(String name, Op op, Tensor... in) {
        names.add(name);
        cases.add(() -> Tensor.bindAll(op, in));
    }

    private void elementwise() {
        Tensor x = values(67, 301);
        Tensor y = values(67, 301);
        for (DType dtype : new DType[] {DType.F32, DType.F64, DType.F16, DType.I32}) {
            Tensor a = x.to(dtype);
            Tensor b = y.to(dtype);
            for (Unary op : Unary.values()) {
                if (op.isDefined(dtype)) {
                    add(op + " " + dtype, op, a);
                }
            }
            for (Binary op : new Binary[] {Binary.ADD, Binary.SUB, Binary.MUL, Binary.MAXIMUM, Binary.MINIMUM}) {
                add(op + " " + dtype, op, a, b);
                add(
                        op + " strided " + dtype,
                        op,
                        a.slice(0, 0, 67, 2),
                        values(301, 34).to(dtype).t());
                add(op + " scalar " + dtype, new ScalarBinary(op, Scalar.of(3), false), a);
            }
        }
        add("div", Binary.DIV, x, y);
        add("pow", Binary.POW, x.abs(), y);
    }

    private void reductions() {
        Tensor x = values(130, 7, 301);
        for (DType dtype : new DType[] {DType.F32, DType.F64, DType.BF16}) {
            for (int axes = 1; axes < 8; axes++) {
                add("sum " + axes + " " + dtype, new Reduce(Reduce.Kind.SUM, axes), x.to(dtype));
                add("max " + axes + " " + dtype, new Reduce(Reduce.Kind.MAX, axes), x.to(dtype));
            }
        }
        add("sum all", new Reduce(Reduce.Kind.SUM, 1), values(700_001));
        add("sum rows", new Reduce(Reduce.Kind.SUM, 1), values(20_000, 9));
        for (long k : new long[] {1, 5, 40, 200}) {
            add("topk " + k, new TopK(k, k % 2 == 1), x);
        }
        add("cumsum", new Scan(Scan.Kind.SUM, 0), x);
    }

    private void products() {
        for (int[] s :
                new int[][] {{5, 3, 4}, {64, 64, 64}, {100, 33, 700}, {1, 257, 300}, {300, 1, 257}, {130, 140, 50}}) {
            for (DType dtype : new DType[] {DType.F32, DType.F64, DType.F16}) {
                Tensor a = values(1, s[0], s[2]).to(dtype);
                Tensor b = values(1, s[2], s[1]).to(dtype);
                add("matmul", MatMul.MATMUL, a, b);
                add(
                        "matmul t",
                        MatMul.MATMUL,
                        a,
                        values(1, s[1], s[2]).to(dtype).mT());
                add("matmul tt", MatMul.MATMUL, values(1, s[2], s[0]).to(dtype).mT(), b);
            }
        }
        add("matmul batch", MatMul.MATMUL, values(30, 20, 16), values(30, 16, 25));
    }

    private void fused() {
        Tensor x = values(50, 300);
        Tensor g = values(50, 300);
        add("softmax", new Softmax(1), x);
        add("log softmax", new LogSoftmax(1), x);
        for (boolean tanh : new boolean[] {false, true}) {
            add("gelu", new Gelu(tanh), x);
            add("gelu backward", new ActivationBackward(new Gelu(tanh)), g, x);
        }
        add("relu backward", new ActivationBackward(new Threshold(0, 0)), g, x);
        add("silu backward", new ActivationBackward(Smooth.SILU), g, x);
        for (Epilogue epilogue : Epilogue.values()) {
            add("linear " + epilogue, new Linear(true, epilogue), x, values(40, 300), values(40));
        }
        add("layer norm", new LayerNorm(1, true, true, 1e-5), x, values(300), values(300));
        Tensor statistic = values(50, 1).abs();
        add("layer norm backward", new LayerNormBackward(1, true, 1e-5), g, x, statistic, statistic, values(300));
        Tensor image = values(5, 6, 13, 14);
        add("batch norm", new BatchNorm(true, true, 1e-5), image, values(6), values(6));
        add("group norm", new GroupNorm(2, true, true, 1e-5), image, values(6), values(6));
        Tensor groups = values(5, 2).abs();
        add("group norm backward", new GroupNormBackward(2, true, 1e-5), image, image, groups, groups, values(6));
        add("rms norm", new RmsNorm(1, true, 1e-5), x, values(300));
        add("rms norm backward", new RmsNormBackward(1, true, 1e-5), g, x, statistic, values(300));
        Tensor channel = values(6).abs();
        add("batch norm backward", new BatchNormBackward(false, 1e-5), values(5, 6, 13, 14), image, channel, channel);
        CrossEntropy loss = new CrossEntropy(false, -100, 0, Reduction.MEAN);
        Tensor target = Tensors.arange(50);
        add("cross entropy", loss, x, target);
        add(
                "cross entropy backward",
                new CrossEntropyBackward(loss),
                values(1).sum(),
                x,
                target,
                values(50).add(5));
        Axes one = Axes.of(1L, 1L);
        for (long stride = 1; stride <= 2; stride++) {
            Sliding sliding = new Sliding(Axes.of(stride, stride), one, one, one);
            Tensor weight = values(9, 6, 3, 3);
            add("conv", new Convolution(sliding, 1, true), image, weight, values(9));
            Tensor y = values(5, 9, stride == 1 ? 13 : 7, stride == 1 ? 14 : 7);
            add("conv input", new ConvolutionInput(sliding, 1, Axes.of(13L, 14L)), y, weight);
            add("conv weight", new ConvolutionWeight(sliding, 1, Axes.of(3L, 3L)), image, y);
        }
        Sliding plain = new Sliding(one, one, one, one);
        Tensor many = values(5, 20, 13, 14);
        Tensor filters = values(33, 20, 3, 3);
        Tensor slopes = values(5, 33, 13, 14);
        add("filters", new Convolution(plain, 1, true), many, filters, values(33));
        add("filters input", new ConvolutionInput(plain, 1, Axes.of(13L, 14L)), slopes, filters);
        add("filters weight", new ConvolutionWeight(plain, 1, Axes.of(3L, 3L)), many, slopes);
        Tensor small = values(16, 130, 4, 4);
        Tensor wide = values(140, 130, 3, 3);
        Tensor back = values(16, 140, 4, 4);
        add("few filters", new Convolution(plain, 1, true), small, wide, values(140));
        add("few filters input", new ConvolutionInput(plain, 1, Axes.of(4L, 4L)), back, wide);
        add("few filters weight", new ConvolutionWeight(plain, 1, Axes.of(3L, 3L)), small, back);
        groups();
        Lstm lstm = new Lstm(new Sweep(true, false), false);
        Tensor state = values(20, 37);
        add("lstm", lstm, values(4, 20, 148), state, state, values(148, 37));
        Tensor rows = values(4, 20, 37);
        Tensor gates = values(4, 20, 148);
        add(
                "lstm backward",
                new LstmBackward(lstm),
                rows,
                rows,
                gates,
                rows,
                rows,
                gates,
                state,
                state,
                values(148, 37));
        Gru gru = new Gru(new Sweep(false, false), true);
        add("gru", gru, values(4, 20, 111), state, values(111, 37), values(111));
        add("gru backward", new GruBackward(gru), rows, gates, rows, gates, state, values(111, 37), values(111));
        Pooling halving = new Pooling(Axes.of(2, 2), Axes.of(2, 2), Axes.of(0, 0), Axes.of(1, 1), false);
        add("max pool", new MaxPool(halving), image);
        add("max pool wide", new MaxPool(halving), values(2, 3, 9, 75));
        Attention attention = new Attention(false, true, 0.2, null);
        Tensor q = values(3, 70, 16);
        add("attention", new ScaledDotProductAttention(attention), q, q, q);
        add(
                "attention backward",
                new ScaledDotProductAttentionBackward(attention),
                q,
                q,
                q,
                q,
                q,
                values(3, 70).abs().add(9));
        add("dropout", new Dropout(0.4, 9, 2), x);
        AdamStep adam = new AdamStep(true, true, false, false);
        Tensor c = Tensors.of(adam.coefficients(0.01, 0.9, 0.99, 1e-8, 0.1, 3)).to(DType.F32);
        add("adam", adam, c, x, g, values(50, 300), values(50, 300).abs());
    }

    /** Convolutions of groups: with one output each, some, and many, and with a stride. */
    private void groups() {
        for (int[] c : new int[][] {{6, 6, 1}, {6, 18, 1}, {2, 8, 1}, {1, 3, 1}, {6, 6, 2}, {2, 80, 1}, {1, 40, 3}}) {
            int groups = c[0];
            int stride = c[2];
            Sliding sliding = new Sliding(Axes.of(stride, stride), Axes.of(1L, 1L), Axes.of(1L, 1L), Axes.of(1L, 1L));
            Tensor x = values(3, groups * 2, 19, 30);
            Tensor w = values(c[1], 2, 3, 3);
            long height = (19 + 2 - 3) / stride + 1;
            long width = (30 + 2 - 3) / stride + 1;
            Tensor g = values(3, c[1], height, width);
            add("groups", new Convolution(sliding, groups, false), x, w);
            add("groups input", new ConvolutionInput(sliding, groups, Axes.of(19L, 30L)), g, w);
            add("groups weight", new ConvolutionWeight(sliding, groups, Axes.of(3L, 3L)), x, g);
        }
    }

    private void host() {
        Tensor x = values(3, 150, 150);
        Tensor spd = x.matmul(x.mT()).add(Tensors.eye(150).mul(150));
        add("cholesky", new Cholesky(false, true), spd);
        add("lu", new LuFactor(true, true), x);
        add("solve", new Solve("solve", true), spd, values(3, 150, 20));
        add("triangular solve", new TriangularSolve(true, false), spd, values(3, 150, 20));
        add("large qr", new Qr(true), values(2, 150, 110));
        add("qr", new Qr(false), values(5, 30, 20));
        add("svd", new Svd(false), values(5, 30, 20));
        Tensor small = values(11, 13, 13);
        Tensor definite = small.matmul(small.mT()).add(Tensors.eye(13).mul(13));
        add("small cholesky", new Cholesky(false, true), definite);
        add("small lu", new LuFactor(true, true), values(11, 13, 9));
        add("small solve", new Solve("solve", true), definite, values(11, 13, 5));
        add("small triangular solve", new TriangularSolve(true, false), definite, values(11, 13, 5));
        add("small qr", new Qr(true), values(11, 13, 9));
        add("large svd", new Svd(false), values(2, 110, 90));
        add("wide svd", new Svd(true), values(2, 40, 70));
        add("large eigh", new Eigh(false), spd);
        Tensor z = Tensors.complex(values(9, 120, 33), values(9, 120, 33));
        add("fft", new ComplexFft(Axes.of(2, 1), true, 1), z);
        add("real fft", new RealFft(1, true, 1), values(9, 121, 33));
        for (int n : new int[] {36, 385, 1000, 1009, 4096}) {
            Tensor lines = Tensors.complex(values(19, n), values(19, n));
            add("fft of lines of " + n, new ComplexFft(Axes.of(1), false, 1), lines);
            add("real fft of lines of " + n, new RealFft(1, true, 1), values(19, n));
            add("inverse real fft of lines of " + n, new RealInverseFft(1, 2 * n - 2, true, 1), lines);
        }
    }

    /** Each case is run so many times, from cold to hot; the first and the last results must be the same. */
    private void run(int times, PrintStream out) {
        for (int i = 0; i < cases.size(); i++) {
            long cold = hash(cases.get(i).get());
            long hot = cold;
            for (int k = 1; k < times; k++) {
                hot = hash(cases.get(i).get());
            }
            out.println(names.get(i) + " #" + i + " " + Long.toHexString(cold) + (hot == cold ? "" : " then " + hot));
        }
    }

    private static long hash(Tensor[] results) {
        long hash = 0;
        for (Tensor result : results) {
            for (double v : result.toDoubleArray()) {
                hash = hash * 31 + Double.doubleToLongBits(v);
            }
        }
        return hash;
    }
}
