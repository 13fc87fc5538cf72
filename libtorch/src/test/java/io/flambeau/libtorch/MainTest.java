package io.flambeau.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.cli.bench.Group;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final Main main = new Main();

    @Test
    void knowsAllTrainingStepsAndOperations() {
        for (Group group : List.of(Group.TRAIN, Group.OPS)) {
            assertThat(group.names())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(main.work(name)).as(name).isPresent());
        }
        assertThat(main.work("no such work")).isEmpty();
    }

    @Test
    void worksWithTheSizesOfAName() {
        for (String name : List.of(
                "xor 2-4-1, Adam",
                "matmul 3x4x5",
                "weight gradient grouped 2x4x8x8 to 6, 3x3, stride 2, groups 2",
                "LSTM gradient 3-4, T 5, batch 2",
                "svd of 2 of 3x3")) {
            main.work(name).orElseThrow().get().run(2);
        }
    }
}
