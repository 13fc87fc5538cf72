package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subsets, concatenations, splits, samplers and collation. */
class DatasetsTest {
    /** A record of tensors, as a user would write one. */
    record Pair(Tensor x, Tensor y) {}

    /** A record that cannot hold a batch. */
    record Labelled(Tensor x, long label) {}

    private static List<Integer> read(Dataset<Integer> dataset) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            values.add(dataset.get(i));
        }
        return values;
    }

    private static Dataset<Integer> numbers(int from, int to) {
        List<Integer> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add(i);
        }
        return Dataset.of(values);
    }

    @Test
    void subsetsAndConcatenations() {
        assertThat(read(new Subset<>(numbers(0, 10), 7, 2, 2))).containsExactly(7, 2, 2);
        assertThat(read(new ConcatDataset<>(List.of(numbers(0, 2), numbers(5, 5), numbers(8, 10)))))
                .containsExactly(0, 1, 8, 9);
        assertThatThrownBy(() -> new Subset<>(numbers(0, 3), 3))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("index 3");
    }

    @Test
    void splitsCoverEverythingOnce() {
        List<Dataset<Integer>> parts = Splits.randomSplit(numbers(0, 10), 3, 0.5, 0.25, 0.25);
        assertThat(parts).extracting(Dataset::size).containsExactly(6, 2, 2);
        List<Integer> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(read(part)));
        assertThat(all).containsExactlyInAnyOrderElementsOf(read(numbers(0, 10)));
        assertThat(read(Splits.randomSplit(numbers(0, 10), 3, 10).getFirst()))
                .isEqualTo(read(Splits.randomSplit(numbers(0, 10), 3, 10).getFirst()));
        assertThatThrownBy(() -> Splits.randomSplit(numbers(0, 10), 3, 4, 5))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("[4, 5]");
    }

    @Test
    void samplersGiveWhatTheyPromise() {
        assertThat(Samplers.sequential(4).order(1, 0)).containsExactly(0, 1, 2, 3);
        assertThat(Samplers.random(50).order(1, 0))
                .isEqualTo(Samplers.random(50).order(1, 0))
                .isNotEqualTo(Samplers.random(50).order(1, 1))
                .doesNotHaveDuplicates()
                .hasSize(50);
        assertThat(Samplers.withReplacement(3, 100).order(1, 0)).hasSize(100).contains(0, 1, 2);
        int[] drawn = Samplers.weighted(new double[] {0, 3, 0, 1}, 4000).order(5, 0);
        assertThat(drawn).containsOnly(1, 3);
        assertThat(Arrays.stream(drawn).filter(i -> i == 1).count()).isBetween(2850L, 3150L);
        assertThatThrownBy(() -> Samplers.weighted(new double[] {1, -1}, 3)).hasMessageContaining("weight 1");
    }

    @Test
    void processesShareAnEpoch() {
        Sampler all = Samplers.random(10);
        List<Integer> seen = new ArrayList<>();
        for (int rank = 0; rank < 3; rank++) {
            int[] order = Samplers.distributed(all, rank, 3, false).order(2, 1);
            assertThat(order).hasSize(4);
            Arrays.stream(order).forEach(seen::add);
        }
        assertThat(seen).containsAll(read(numbers(0, 10)));
        assertThat(Samplers.distributed(all, 2, 3, true).order(2, 1)).hasSize(3);
    }

    @Test
    void anyNestingIsCollated() {
        Map<String, Object> first = Map.of("x", Tensors.ones(2), "n", 3, "s", "a", "l", List.of(1.5, true));
        Map<String, Object> second = Map.of("x", Tensors.zeros(2), "n", 4, "s", "b", "l", List.of(2.5, false));
        Map<?, ?> batch = (Map<?, ?>) Collate.any(List.of(first, second));
        assertThat(((Tensor) batch.get("x")).toFloatArray()).containsExactly(1, 1, 0, 0);
        assertThat(((Tensor) batch.get("n")).dtype()).isEqualTo(DType.I64);
        assertThat(batch.get("s")).isEqualTo(List.of("a", "b"));
        List<?> nested = (List<?>) batch.get("l");
        assertThat(((Tensor) nested.get(0)).dtype()).isEqualTo(DType.F64);
        assertThat(((Tensor) nested.get(1)).toBooleanArray()).containsExactly(true, false);
    }

    @Test
    void recordsOfTensorsStayRecords() {
        Pair sample = new Pair(Tensors.ones(3), Tensors.scalar(2L));
        Pair batch = (Pair) Collate.any(List.of(sample, sample));
        assertThat(batch.x().shape().sizes()).containsExactly(2, 3);
        assertThat(batch.y().toLongArray()).containsExactly(2, 2);
        assertThatThrownBy(() -> Collate.any(List.of(new Labelled(Tensors.ones(1), 1))))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("label");
        assertThatThrownBy(() -> Collate.any(List.of(new Object())))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("collate function");
    }

    @Test
    void samplesThatDifferInKindAreRefused() {
        for (List<?> samples : List.of(
                List.of(1, "a"),
                List.of(List.of(1), List.of(1, 2)),
                List.of(Map.of("x", 1), Map.of("y", 1)),
                List.of(new Pair(Tensors.ones(1), Tensors.ones(1)), new Labelled(Tensors.ones(1), 1)))) {
            assertThatThrownBy(() -> Collate.any(samples))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("cannot be put together");
        }
        assertThatThrownBy(() -> Collate.tensors(
                        List.of(new Tensor[] {Tensors.ones(1)}, new Tensor[] {Tensors.ones(1), Tensors.ones(1)})))
                .hasMessageContaining("1 and of 2 parts");
    }

    @Test
    void subsetsAreShuffled() {
        assertThat(Samplers.subsetRandom(4, 8, 15, 16, 23, 42).order(1, 0))
                .containsExactlyInAnyOrder(4, 8, 15, 16, 23, 42)
                .isNotEqualTo(Samplers.subsetRandom(4, 8, 15, 16, 23, 42).order(1, 1));
    }
}
