package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.MaxPool2d;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.loss.CrossEntropyLoss;
import io.flambeau.optim.Adam;
import io.flambeau.tck.Shadow;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shadow mode is silent where a backend is right. */
class ShadowTest {
    @Test
    void trainingOnTheCpuIsTheSameInShadowMode() {
        assertThat(Shadow.call(ShadowTest::losses)).isEqualTo(losses());
    }

    /** Two steps of a small network with the kernels that training uses. */
    private static List<Float> losses() {
        Tensors.manualSeed(3);
        Module model = new Sequential(
                new Conv2d(1, 4, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.5), new Linear(36, 3));
        Adam optimizer = new Adam(model.parameters(), Adam.options());
        CrossEntropyLoss loss = new CrossEntropyLoss();
        Tensor x = Tensors.rand(5, 1, 8, 8);
        Tensor y = Tensors.of(new long[] {0, 1, 2, 1, 0});
        List<Float> losses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            optimizer.zeroGrad();
            Tensor value = loss.call(model.call(x), y);
            value.backward();
            optimizer.step();
            losses.add((float) value.item());
        }
        return losses;
    }
}
