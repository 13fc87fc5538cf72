package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** The kit on a backend that lacks dtypes: what can be widened keeps every law, the rest is refused in words. */
class PartialContractTest extends BackendContract {
    @Override
    protected Device device() {
        return PartialProvider.DEVICE;
    }

    private static Tensor here(Tensor x) {
        return x.to(PartialProvider.DEVICE);
    }

    @Test
    void whatCannotBeWidenedIsRefusedWhereItIsMade() {
        Tensor wide = Tensors.withDevice(Case.REFERENCE, () -> Tensors.of(new double[] {1, 2}));
        assertThatThrownBy(() -> here(wide))
                .isInstanceOf(DTypeException.class)
                .hasMessage("to: partial:0 does not compute in float64; convert with to(DType.F32) first, or keep the"
                        + " tensor on another device (FB-131)");
        assertThatThrownBy(() -> Tensors.withDevice(PartialProvider.DEVICE, () -> Tensors.of(new double[] {1, 2})))
                .isInstanceOf(DTypeException.class)
                .hasMessageContaining("partial:0 does not compute in float64");
        Tensor x = here(wide.to(DType.F32));
        assertThatThrownBy(() -> x.to(DType.F64)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> x.to(DType.C128)).hasMessageContaining("convert with to(DType.C64)");
        assertThat(PartialProvider.DEVICE.supports(DType.F64)).isFalse();
        assertThat(PartialProvider.DEVICE.supports(DType.F16)).isTrue();
        assertThat(Case.REFERENCE.supports(DType.F64)).isTrue();
    }

    @Test
    void valuesAreReadAsDoublesAllTheSame() {
        Tensor x = here(Tensors.withDevice(Case.REFERENCE, () -> Tensors.of(new float[] {1.5f, -2}, 2)));
        assertThat(x.toDoubleArray()).containsExactly(1.5, -2);
        assertThat(x.to(DType.F16).toDoubleArray()).containsExactly(1.5, -2);
        assertThat(x.to(DType.C64).toDoubleArray()).containsExactly(1.5, 0, -2, 0);
    }

    @Test
    void integersWrapAsNarrowOnesDo() {
        Tensor reference = Tensors.withDevice(
                Case.REFERENCE, () -> Tensors.arange(-128, 128).to(DType.I8));
        Tensor x = here(reference);
        for (long s : new long[] {3, 100, 300, -129, 1L << 40}) {
            Scalar scalar = Scalar.of(s);
            assertThat(x.mul(x).add(scalar).toLongArray())
                    .isEqualTo(reference.mul(reference).add(scalar).toLongArray());
            assertThat(x.clampMin(scalar).toLongArray())
                    .isEqualTo(reference.clampMin(scalar).toLongArray());
            assertThat(x.lt(scalar).toLongArray())
                    .isEqualTo(reference.lt(scalar).toLongArray());
        }
        assertThat(x.abs().toLongArray()).isEqualTo(reference.abs().toLongArray());
        assertThat(x.cumsum(0).to(DType.I8).toLongArray())
                .isEqualTo(reference.cumsum(0).to(DType.I8).toLongArray());
    }

    /** What is drawn in double precision elsewhere is drawn in single precision here. */
    @Test
    void compositionsDoWithoutDoublePrecision() {
        Tensors.withDevice(PartialProvider.DEVICE, () -> {
            assertThat(Tensors.linspace(0, 1, 5, DType.F32).toFloatArray()).containsExactly(0, 0.25f, 0.5f, 0.75f, 1);
            Tensor half = Tensors.full(0.5, 1000);
            assertThat(half.bernoulli(new Generator(1)).sum().item()).isBetween(400.0, 600.0);
            return null;
        });
    }
}
