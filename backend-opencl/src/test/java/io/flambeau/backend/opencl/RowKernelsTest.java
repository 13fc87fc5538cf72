package io.flambeau.backend.opencl;

import static io.flambeau.backend.opencl.FusedKernelsTest.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.CtcLossBackward;
import io.flambeau.tensor.op.math.LogCumSumExp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes along rows and lines, for rows that a group of work-items shares, in several tiles with a last one that is not full. */
class RowKernelsTest {
    private static final Device OPENCL = new Device("opencl", 0);

    @BeforeAll
    static void needsADevice() {
        Present.require();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 2048, 9001})
    void scans(int n) {
        try (Scope _ = Scope.open("scans")) {
            Tensors.manualSeed(1);
            Tensor x = Tensors.randn(2, n);
            Tensor many = Tensors.randint(0, 50, 3, n);
            Tensor holed = x.clone();
            holed.select(0, 1).slice(0, n / 2, n / 2 + 1, 1).fill_(Double.NaN);
            Tensor factors = Tensors.rand(2, n).mul(0.02).add(0.99);
            for (Tensor t :
                    new Tensor[] {x.to(DType.F64), many, many.t().contiguous().t()}) {
                same(new Scan(Scan.Kind.SUM, 1), t);
                same(new Scan(Scan.Kind.MAX, 1), t);
                same(new Scan(Scan.Kind.MIN, 1), t);
            }
            same(new Scan(Scan.Kind.PROD, 1), factors.to(DType.F64));
            same(new Scan(Scan.Kind.MAX, 1), holed);
            same(new Scan(Scan.Kind.MIN, 1), holed);
            same(new LogCumSumExp(1), x.mul(30));
            same(new LogCumSumExp(0), x.t());
        }
    }

    @Test
    void aTensorIsScannedOverItself() {
        try (Scope _ = Scope.open("in place")) {
            Tensor x = Tensors.arange(5000).to(OPENCL);
            Tensor sums = x.cumsum(0);
            x.cumsum_(0);
            assertThat(x.to(Device.CPU).equal(sums.to(Device.CPU))).isTrue();
        }
    }

    @Test
    void searches() {
        try (Scope _ = Scope.open("searches")) {
            Tensors.manualSeed(2);
            for (DType dtype : new DType[] {DType.F32, DType.I32, DType.BF16}) {
                Tensor sequences = Tensors.randint(-9, 9, 4, 37).to(dtype).sort(1, false)[0];
                Tensor values = Tensors.randint(-12, 12, 4, 11).to(dtype);
                for (boolean right : new boolean[] {false, true}) {
                    same(new SearchSorted(right), sequences, values);
                    same(new SearchSorted(right), sequences.select(0, 2), values);
                }
            }
        }
    }

    /** Lengths of several factors, of one, and of one that is left to the host. */
    @ParameterizedTest
    @ValueSource(ints = {1, 97, 360, 1024, 1009})
    void transforms(int n) {
        try (Scope _ = Scope.open("transforms")) {
            Tensors.manualSeed(3);
            Tensor z = Tensors.randn(2, n, 3).to(DType.C64).mul(Tensors.randn(2, n, 3));
            double scale = 1 / Math.sqrt(n);
            for (boolean forward : new boolean[] {false, true}) {
                same(new ComplexFft(Axes.of(1L), forward, scale), z);
                same(new ComplexFft(Axes.of(1L, 2L, 0L), forward, scale / 2), z);
                Tensor half = same(new RealFft(1, forward, scale), Tensors.randn(2, n, 3))[0];
                same(new RealInverseFft(1, n, forward, scale), half);
            }
        }
    }

    /** Targets one after another, with labels that repeat, and a sample that cannot be spelled. */
    @Test
    void alignments() {
        try (Scope _ = Scope.open("alignments")) {
            Tensors.manualSeed(4);
            Tensor logs = Tensors.randn(50, 3, 5).logSoftmax(2);
            Tensor targets = Tensors.randint(1, 5, 60);
            Tensor spans = Tensors.of(new long[] {50, 40, 9});
            Tensor lengths = Tensors.of(new long[] {20, 0, 40});
            same(new CtcLoss(0), logs, targets, spans, lengths);
            same(new CtcLossBackward(0), Tensors.randn(3), logs, targets, spans, lengths);
        }
    }

    @Test
    void alignmentsThatDoNotFitAreRefused() {
        Tensor logs = Tensors.zeros(4, 1, 3).to(OPENCL);
        Tensor targets = Tensors.of(new long[] {1, 7}).to(OPENCL);
        Tensor four = Tensors.of(new long[] {4}).to(OPENCL);
        Tensor two = Tensors.of(new long[] {2}).to(OPENCL);
        assertThatThrownBy(() ->
                        Tensor.bind(new CtcLoss(0), logs, targets, four, two).item())
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("target 7 is not one of the 3 classes");
        assertThatThrownBy(() ->
                        Tensor.bind(new CtcLoss(0), logs, targets, four, four).item())
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("sample 0");
    }
}
