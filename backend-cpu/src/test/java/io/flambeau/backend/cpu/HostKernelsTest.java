package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.backend.cpu.internal.host.HostKernels;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.NumericException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every kernel of a host operation against the operation's definition. */
class HostKernelsTest {
    private static final int[] ORDERS = {3, 96, 97, 130, 259};

    private final SplittableRandom random = new SplittableRandom(5);

    private Tensor values(DType dtype, long... sizes) {
        int width = dtype.isComplex() ? 2 : 1;
        double[] v = new double[Math.toIntExact(Shape.of(sizes).count()) * width];
        for (int i = 0; i < v.length; i++) {
            v[i] = random.nextGaussian();
        }
        if (width == 1) {
            return Tensors.of(v, sizes).to(dtype);
        }
        Tensor pairs = Tensors.of(v, Shape.of(sizes).concat(Shape.of(2)).sizes());
        return Tensors.complex(pairs.select(-1, 0), pairs.select(-1, 1)).to(dtype);
    }

    private Tensor positive(DType dtype, long batch, int n) {
        Tensor x = values(dtype, batch, n, n);
        return x.matmul(x.mT()).add(Tensors.eye(n).to(dtype).mul(n));
    }

    /** Compares with the definition to so many roundings of the dtype, relative to the largest element. */
    private static void check(HostOp op, double roundings, Tensor... in) {
        Spec[] specs = new Spec[in.length];
        HostArray[] arrays = new HostArray[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
            arrays[i] = HostArray.of(in[i].dtype(), in[i].shape(), in[i].toDoubleArray());
        }
        assertThat(HostKernels.find(op, specs)).as("a kernel of %s", op).isNotNull();
        Tensor[] actual = Tensor.bindAll(op, in);
        HostArray[] expected = op.run(arrays);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i].shape()).isEqualTo(expected[i].shape());
            if (!expected[i].dtype().isDifferentiable()) {
                assertThat(actual[i].toLongArray()).as("%s, output %d", op, i).containsExactly(expected[i].integers());
                continue;
            }
            double[] a = actual[i].toDoubleArray();
            double[] e = expected[i].reals();
            double largest = 0;
            for (double x : e) {
                largest = Math.max(largest, Math.abs(x));
            }
            double allowed = roundings * largest * expected[i].dtype().toReal().epsilon();
            for (int k = 0; k < e.length; k++) {
                assertThat(Math.abs(a[k] - e[k]))
                        .as("%s %s, output %d at %d", op, in[0].spec(), i, k)
                        .isLessThanOrEqualTo(allowed);
            }
        }
    }

    @Test
    void factorisations() {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : ORDERS) {
                check(new Cholesky(false, true), 100, positive(dtype, 2, n));
                check(new Cholesky(true, true), 100, positive(dtype, 2, n));
                for (boolean complete : new boolean[] {false, true}) {
                    check(new Qr(complete), 1e3, values(dtype, 2, n, n));
                    check(new Qr(complete), 1e3, values(dtype, 2, n, n + 21));
                    check(new Qr(complete), 1e3, values(dtype, 2, n + 21, n));
                }
                check(new LuFactor(true, true), 1e4, values(dtype, 2, n, n));
                check(new LuFactor(true, true), 1e4, values(dtype, 2, n, n + 21));
                check(new LuFactor(true, true), 1e4, values(dtype, 2, n + 21, n));
            }
        }
    }

    /** Eight at a time, the last ones fewer. */
    @Test
    void manySmallMatrices() {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {1, 2, 3, 5, 8, 17, 64}) {
                check(new Cholesky(false, true), 100, positive(dtype, 11, n));
                check(new LuFactor(true, true), 1e5, values(dtype, 11, n, n));
                check(new LuFactor(true, true), 1e5, values(dtype, 11, n, n + 2));
                check(new LuFactor(true, true), 1e5, values(dtype, 11, n + 3, n));
                Tensor a = values(dtype, 11, n, n).add(Tensors.eye(n).to(dtype).mul(n));
                Tensor b = values(dtype, 11, n, 3);
                check(new Solve("solve", true), 1e4, a, b);
                check(new TriangularSolve(true, false), 1e4, a, b);
                check(new TriangularSolve(false, true), 1e4, a.div(n), b);
                for (boolean complete : new boolean[] {false, true}) {
                    check(new Qr(complete), 1e3, values(dtype, 11, n, n));
                    check(new Qr(complete), 1e3, values(dtype, 11, n, n + 3));
                    check(new Qr(complete), 1e3, values(dtype, 11, n + 3, n));
                }
            }
        }
    }

    @Test
    void aSmallMatrixWithoutFactorsIsNamed() {
        Tensor a = positive(DType.F32, 11, 5);
        a.select(0, 9).select(0, 0).fill_(Scalar.ZERO);
        assertThatThrownBy(() -> Tensor.bindAll(new LuFactor(true, true), a))
                .isInstanceOf(NumericException.class)
                .hasMessageContaining("9");
        assertThatThrownBy(() -> Tensor.bindAll(new Cholesky(false, true), a.neg()))
                .isInstanceOf(NumericException.class);
        long[] infos = Tensor.bindAll(new Cholesky(false, false), a)[1].toLongArray();
        assertThat(infos[8]).isZero();
        assertThat(infos[9]).isPositive();
        for (double scale : new double[] {1e-200, 1e200, 0}) {
            check(new Qr(false), 1e3, values(DType.F64, 11, 12, 10).mul(scale));
        }
    }

    @Test
    void eigenvalues() {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {24, 33, 97, 130}) {
                Tensor x = values(dtype, 2, n, n);
                Tensor a = x.add(x.mT());
                for (boolean upper : new boolean[] {false, true}) {
                    Tensor triangle = upper ? a.triu() : a.tril();
                    check(upper ? Spectrum.EIGVALSH_UPPER : Spectrum.EIGVALSH, 100, triangle);
                    Tensor[] found = Tensor.bindAll(new Eigh(upper), triangle);
                    Tensor v = found[1];
                    near(v.mul(found[0].unsqueeze(-2)).matmul(v.mT()), a, 10 * n);
                    near(v.mT().matmul(v), Tensors.eye(n).to(dtype), n);
                }
            }
        }
    }

    @Test
    void singularValues() {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {24, 33, 97, 130}) {
                for (int[] size : new int[][] {{n, n}, {n + 9, n}, {n, n + 9}, {n, 2 * n}}) {
                    Tensor a = values(dtype, 2, size[0], size[1]);
                    check(Spectrum.SVDVALS, 100, a);
                    for (boolean full : new boolean[] {false, true}) {
                        Tensor[] f = Tensor.bindAll(new Svd(full), a);
                        Tensor u = f[0].narrow(-1, 0, n);
                        near(u.mul(f[1].unsqueeze(-2)).matmul(f[2].narrow(-2, 0, n)), a, 10 * n);
                        near(f[0].mT().matmul(f[0]), Tensors.eye(f[0].size(-1)).to(dtype), n);
                        near(f[2].matmul(f[2].mT()), Tensors.eye(f[2].size(-2)).to(dtype), n);
                    }
                }
            }
        }
    }

    /** The signs of the vectors are the definition's. */
    @Test
    void spectralVectors() {
        Tensor x = values(DType.F64, 2, 30, 30);
        check(new Eigh(false), 1e6, x.add(x.mT()));
        check(new Eigh(true), 1e6, x.add(x.mT()));
        check(new Svd(false), 1e6, x);
        check(new Svd(true), 1e6, values(DType.F64, 2, 40, 30));
        check(new Svd(true), 1e6, values(DType.F64, 2, 30, 40));
    }

    @Test
    void degenerateMatricesHaveSpectraToo() {
        Tensor zero = Tensors.zeros(2, 30, 30);
        Tensor one = Tensors.eye(30).to(DType.F64).expand(2, 30, 30).contiguous();
        for (Tensor a : new Tensor[] {zero, one, one.mul(1e-200), one.mul(1e200)}) {
            check(new Eigh(false), 10, a);
            check(new Svd(false), 10, a);
        }
        assertThatThrownBy(() -> Tensor.bindAll(new Svd(false), one.div(0)))
                .isInstanceOf(NumericException.class)
                .hasMessageContaining("infinite or NaN");
        assertThat(Tensor.bindAll(new Eigh(false), one.div(0))[0].toDoubleArray())
                .containsOnly(Double.NaN);
    }

    /** Compares to so many roundings of the expected value's largest element. */
    private static void near(Tensor actual, Tensor expected, double roundings) {
        double largest = expected.abs().max().item();
        double error = actual.sub(expected).abs().max().item();
        assertThat(error)
                .isLessThanOrEqualTo(roundings * largest * expected.dtype().epsilon());
    }

    @Test
    void solutions() {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : ORDERS) {
                Tensor a = values(dtype, 2, n, n).add(Tensors.eye(n).to(dtype).mul(n));
                for (int r : new int[] {1, 5, 40}) {
                    Tensor b = values(dtype, 2, n, r);
                    check(new Solve("solve", true), 1e3, a, b);
                    check(new TriangularSolve(true, false), 1e3, a, b);
                    check(new TriangularSolve(false, false), 1e3, a, b);
                    check(new TriangularSolve(false, true), 1e3, a.div(n), b);
                }
            }
        }
    }

    @Test
    void transforms() {
        for (DType dtype : new DType[] {DType.C64, DType.C128}) {
            for (int n : new int[] {1, 2, 12, 37, 62, 128, 385, 1000, 1009, 4096}) {
                check(new ComplexFft(Axes.of(1), true, 0.5), 10, values(dtype, 40, n));
                check(new ComplexFft(Axes.of(0), false, 1), 10, values(dtype, n, 40));
                check(new ComplexFft(Axes.of(2, 1), true, 3), 20, values(dtype, 3, n, 50));
                check(new RealInverseFft(1, 2 * n - 1, true, 1), 10, values(dtype, 5, n, 7));
                check(new RealFft(1, false, 2), 10, values(dtype.toReal(), 5, n, 7));
                check(new RealFft(0, true, 2), 10, values(dtype.toReal(), n));
            }
        }
    }

    @Test
    void aMatrixWithoutFactorsIsNamed() {
        for (int n : ORDERS) {
            Tensor a = positive(DType.F32, 3, n);
            a.select(0, 1).select(0, 0).fill_(Scalar.ZERO);
            assertThatThrownBy(() -> Tensor.bindAll(new LuFactor(true, true), a))
                    .isInstanceOf(NumericException.class)
                    .hasMessageContaining("luFactor")
                    .hasMessageContaining("1");
            assertThatThrownBy(() -> Tensor.bindAll(new Cholesky(false, true), a.neg()))
                    .isInstanceOf(NumericException.class)
                    .hasMessageContaining("cholesky");
            Tensor[] tolerated = Tensor.bindAll(new LuFactor(true, false), a);
            assertThat(tolerated[2].toLongArray()[0]).isZero();
            assertThat(tolerated[2].toLongArray()[1]).isPositive();
        }
    }

    @Test
    void extremesAreLeftToTheDefinition() {
        for (double scale : new double[] {1e-200, 1e200, 0}) {
            check(new Qr(false), 1e3, values(DType.F64, 2, 120, 100).mul(scale));
        }
    }

    @Test
    void whatItHasNoKernelForRunsAsItIsDefined() {
        Spec one = new Spec(Shape.of(5, 5), DType.F32, Tensors.defaultDevice());
        assertThat(HostKernels.find(new Cholesky(false, true), new Spec[] {one}))
                .isNull();
        assertThat(HostKernels.find(new Cholesky(false, true), new Spec[] {one.with(Shape.of(0, 5, 5))}))
                .isNull();
    }
}
