package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.BackendContract;
import io.flambeau.tck.OpSamples;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.linear.Linear;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** The conformance kit for what NVIDIA's libraries compute. */
class LibrariesContractTest extends BackendContract {
    @Override
    protected Device device() {
        FakeCuda.require();
        return new Device(LibrariesProvider.NAME, 0);
    }

    @Override
    protected List<Sample> samples() {
        return OpSamples.all().stream()
                .filter(sample -> switch (sample.op()) {
                    case MatMul _, Linear _, Convolution _, ConvolutionInput _, ConvolutionWeight _ -> true;
                    default -> false;
                })
                .toList();
    }

    @AfterAll
    static void theLibrariesWereAsked() {
        assertThat(FakeCuda.count("products")).isPositive();
    }
}
