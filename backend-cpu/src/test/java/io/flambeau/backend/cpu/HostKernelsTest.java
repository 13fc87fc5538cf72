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
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
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
