package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.norm.Softmax;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpSamplesTest {
    @Test
    void everyOperationHasASample() {
        assertThat(Operations.uncovered(OpSamples.all())).isEmpty();
    }

    @Test
    void aMissingSampleIsFound() {
        List<Sample> fewer = new ArrayList<>(OpSamples.all());
        fewer.removeIf(sample -> sample.op() instanceof Softmax || sample.op() == MatMul.MATMUL);
        assertThat(Operations.uncovered(fewer)).containsExactly("MatMul.MATMUL", "Softmax");
    }

    /** A sample that is defined for no dtype would test nothing. */
    @Test
    void everySampleIsDefinedSomewhere() {
        List<String> nowhere = new ArrayList<>();
        for (Sample sample : OpSamples.all()) {
            boolean defined = false;
            for (DType dtype : DType.values()) {
                defined |= new Case(sample, dtype, Layout.CONTIGUOUS, Case.REFERENCE).isDefined();
            }
            if (!defined) {
                nowhere.add(sample.toString());
            }
        }
        assertThat(nowhere).isEmpty();
    }

    @Test
    void whatHasNoSecondGradientIsInTheTable() {
        assertThat(NoSecondGradient.among(OpSamples.all())).isEqualTo(NoSecondGradient.REASONS.keySet());
    }
}
