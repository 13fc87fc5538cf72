package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import org.junit.jupiter.api.Test;

/** The table counts what torchinfo counts. */
class SummaryTest {
    private static final Module NET =
            new Sequential(new Conv2d(1, 4, 3), new Sequential(new ReLU(), new Flatten()), new Linear(144, 10));

    @Test
    void countsParametersAndWork() {
        Summary summary = Summary.of(NET, 2, 1, 8, 8);
        assertThat(summary.parameters()).isEqualTo(40 + 1450);
        assertThat(summary.trainable()).isEqualTo(1490);
        assertThat(summary.multiplyAdds()).isEqualTo(40 * 2 * 36 + 1450 * 2);
        assertThat(summary.inputBytes()).isEqualTo(4 * 128);
        assertThat(summary.parameterBytes()).isEqualTo(4 * 1490);
        assertThat(summary.resultBytes()).isEqualTo(2 * 4 * (3 * 288 + 20));
        assertThat(NET.isTraining()).isTrue();
    }

    @Test
    void printsATree() {
        assertThat(Summary.of(NET, 2, 1, 8, 8).toString().lines())
                .contains(
                        "Layer (type:depth-idx)                   Output Shape              Param #",
                        "Sequential                               [2, 10]                   --",
                        "├─Conv2d: 1-1                            [2, 4, 6, 6]              40",
                        "├─Sequential: 1-2                        [2, 144]                  --",
                        "│    ├─ReLU: 2-1                         [2, 4, 6, 6]              --",
                        "│    └─Flatten: 2-2                      [2, 144]                  --",
                        "└─Linear: 1-3                            [2, 10]                   1,450",
                        "Total params: 1,490",
                        "Total mult-adds (k): 5.78");
    }
}
