package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams: their batches too are a function of seed, epoch and dataset, whoever reads them. */
class IterableDatasetTest {
    private static final int SIZE = 23;

    private final AtomicInteger open = new AtomicInteger();

    /** Numbers that begin at a hundred for each epoch; counts how many streams are open. */
    private IterableDataset<Integer> numbers() {
        return epoch -> {
            open.incrementAndGet();
            return IntStream.range(100 * epoch, 100 * epoch + SIZE).boxed().onClose(open::decrementAndGet);
        };
    }

    private static DataLoader.Options options(int workers) {
        return DataLoader.options().batchSize(4).seed(3).workers(workers);
    }

    private static <T> List<T> read(Iterable<T> loader) {
        List<T> all = new ArrayList<>();
        loader.forEach(all::add);
        return all;
    }

    @Test
    void workersTakeTurnsAndChangeNothing() {
        IterableDataset<List<Number>> drawing =
                numbers().map(n -> List.of(n, SampleRandom.current().nextDouble()));
        List<List<List<Number>>> alone = read(DataLoader.of(drawing, options(0), List::copyOf));
        assertThat(alone).hasSize(6);
        assertThat(alone.getLast()).hasSize(3);
        assertThat(alone.get(1).get(2).getFirst()).isEqualTo(6);
        for (int workers = 1; workers <= 3; workers++) {
            for (int round = 0; round < 10; round++) {
                assertThat(read(DataLoader.of(drawing, options(workers), List::copyOf)))
                        .isEqualTo(alone);
            }
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void everyEpochIsReadAnewAndTheLastBatchMayBeLeftOut() {
        DataLoader<Integer, List<Integer>> loader =
                DataLoader.of(numbers(), options(2).dropLast(true), List::copyOf);
        assertThat(read(loader)).hasSize(5).last().isEqualTo(List.of(16, 17, 18, 19));
        assertThat(read(loader)).hasSize(5).first().isEqualTo(List.of(100, 101, 102, 103));
        assertThatThrownBy(loader::size).isInstanceOf(TensorException.class).hasMessageContaining("not known");
    }

    @Test
    void goesOnInTheMiddleOfAnEpoch() {
        for (int workers = 0; workers <= 2; workers++) {
            IterableDataset<Double> drawing =
                    numbers().map(n -> n + SampleRandom.current().nextDouble());
            List<List<Double>> unbroken = read(DataLoader.of(drawing, options(0), List::copyOf));
            DataLoader<Double, List<Double>> broken = DataLoader.of(drawing, options(workers), List::copyOf);
            for (int taken = 0; taken <= 6; taken++) {
                broken.restart();
                try (BatchIterator<List<Double>> batches = broken.iterator()) {
                    for (int i = 0; i < taken; i++) {
                        batches.next();
                    }
                }
                Map<String, Object> state = broken.state();
                assertThat(state).containsEntry("epoch", 0L).containsEntry("position", (long) taken);
                DataLoader<Double, List<Double>> resumed = DataLoader.of(drawing, options(2 - workers), List::copyOf);
                resumed.load(state);
                assertThat(read(resumed)).isEqualTo(unbroken.subList(taken, 6));
                assertThat(resumed.state()).containsEntry("epoch", 1L).containsEntry("position", 0L);
            }
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void processesShareAStream() {
        List<Integer> all = new ArrayList<>();
        for (int rank = 0; rank < 3; rank++) {
            List<Integer> share = read(DataLoader.unbatched(
                    numbers().map(n -> n).shard(rank, 3), DataLoader.options().workers(2)));
            assertThat(share).first().isEqualTo(rank);
            all.addAll(share);
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, SIZE).boxed().toList());
        assertThatThrownBy(() -> numbers().shard(3, 3))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("rank 3");
    }

    @Test
    void chainsReadOnePartAfterAnother() {
        IterableDataset<Integer> chained = IterableDataset.chain(List.of(epoch -> Stream.of(1, 2), numbers()));
        assertThat(read(DataLoader.unbatched(chained, DataLoader.options())))
                .hasSize(SIZE + 2)
                .startsWith(1, 2, 0, 1);
        assertThat(open).hasValue(0);
    }

    @Test
    void anErrorNamesTheSampleAndClosesTheStream() {
        IterableDataset<Integer> failing = epoch -> numbers().samples(epoch).peek(n -> {
            if (n == 9) {
                throw new IllegalStateException("the line is dead");
            }
        });
        IterableDataset<Integer> mapped = numbers().map(n -> n / (n - 9));
        for (IterableDataset<Integer> dataset : List.of(failing, mapped)) {
            for (int workers = 0; workers <= 2; workers++) {
                DataLoader<Integer, List<Integer>> loader = DataLoader.of(dataset, options(workers), List::copyOf);
                assertThatThrownBy(() -> read(loader))
                        .isInstanceOf(TensorException.class)
                        .hasMessageContaining("sample 9")
                        .hasMessageContaining("FB-602");
                assertThat(loader.state()).containsEntry("position", 2L);
            }
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void anOrderOfItsOwnExcludesOthers() {
        for (DataLoader.Options other : List.of(
                DataLoader.options().shuffle(true),
                DataLoader.options().sampler(Samplers.sequential(3)),
                DataLoader.options().batchSampler((seed, epoch) -> List.of()))) {
            assertThatThrownBy(() -> DataLoader.of(numbers(), other, List::copyOf))
                    .isInstanceOf(ArgumentException.class)
                    .hasMessageContaining("stream");
        }
    }
}
