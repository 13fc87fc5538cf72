package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.spi.Kernel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which convolutions go to cuDNN; that they are right, the conformance kit says. */
class CudnnTest {
    private static Cudnn cudnn;

    @BeforeAll
    static void open() {
        cudnn = LibrariesProvider.top().libraries().convolutions().orElseThrow();
    }

    private static Kernel kernel(DType dtype, Axes before, Axes after) {
        Device device = FakeCuda.device();
        Spec x = new Spec(Shape.of(2, 3, 8, 8), dtype, device);
        Spec weight = new Spec(Shape.of(4, 3, 3, 3), dtype, device);
        Sliding sliding = new Sliding(Axes.of(1, 1), before, after, Axes.of(1, 1));
        return cudnn.kernel(new Convolution(sliding, 1, false), new Spec[] {x, weight});
    }

    @Test
    void itTakesRealFloatingConvolutionsThatArePaddedAlikeOnBothSides() {
        Axes one = Axes.of(1, 1);
        for (DType dtype : new DType[] {DType.F32, DType.F64, DType.F16, DType.BF16}) {
            assertThat(kernel(dtype, one, one)).isInstanceOf(CudnnConvolution.class);
        }
        assertThat(kernel(DType.C64, one, one)).isNull();
        assertThat(kernel(DType.F32, one, Axes.of(1, 2))).isNull();
    }
}
