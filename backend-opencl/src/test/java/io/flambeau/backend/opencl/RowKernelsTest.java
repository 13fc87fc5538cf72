package io.flambeau.backend.opencl;

import static io.flambeau.backend.opencl.FusedKernelsTest.check;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.math.LogCumSumExp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes along rows, for rows that a group of work-items shares, in several tiles with a last one that is not full. */
class RowKernelsTest {
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
            Tensor factors = x.mul(0.1).exp().remainder(1.5).add(0.4);
            for (Tensor t : new Tensor[] {x.to(DType.F64), many, many.t().contiguous().t()}) {
                check(new Scan(Scan.Kind.SUM, 1), t);
                check(new Scan(Scan.Kind.MAX, 1), t);
                check(new Scan(Scan.Kind.MIN, 1), t);
            }
            check(new Scan(Scan.Kind.PROD, 1), factors.to(DType.F64));
            check(new Scan(Scan.Kind.MAX, 1), holed);
            check(new Scan(Scan.Kind.MIN, 1), holed);
            check(new LogCumSumExp(1), x.mul(30));
            check(new LogCumSumExp(0), x.t());
        }
    }

    @Test
    void aTensorIsScannedOverItself() {
        try (Scope _ = Scope.open("in place")) {
            Tensor x = Tensors.arange(5000).to(new Device("opencl", 0));
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
                    check(new SearchSorted(right), sequences, values);
                    check(new SearchSorted(right), sequences.select(0, 2), values);
                }
            }
        }
    }
}
