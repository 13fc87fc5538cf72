package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Batches are a function of seed, epoch and dataset; workers, breaks and resumes change nothing. */
class DataLoaderTest {
    private static final int SIZE = 23;

    /** Samples that are their own index, with a random number drawn when they are read. */
    private static Dataset<Tensor[]> drawing() {
        return new Dataset<>() {
            @Override
            public int size() {
                return SIZE;
            }

            @Override
            public Tensor[] get(int index) {
                double drawn = SampleRandom.current().nextDouble();
                return new Tensor[] {
                    Tensors.scalar((long) index), Tensors.scalar(drawn).to(DType.F64)
                };
            }
        };
    }

    private static TensorDataset rows() {
        return new TensorDataset(Tensors.arange(SIZE), Tensors.arange(2L * SIZE).reshape(SIZE, 2));
    }

    private static List<List<Double>> read(DataLoader<Tensor[], Batch> loader) {
        List<List<Double>> batches = new ArrayList<>();
        for (Batch batch : loader) {
            List<Double> values = new ArrayList<>();
            for (int part = 0; part < batch.size(); part++) {
                for (double value : batch.get(part).toDoubleArray()) {
                    values.add(value);
                }
            }
            batches.add(values);
        }
        return batches;
    }

    private static DataLoader.Options shuffled(int workers) {
        return DataLoader.options().batchSize(4).shuffle(true).seed(11).workers(workers);
    }

    @Test
    void orderAndRandomNumbersDoNotDependOnTheWorkers() {
        List<List<Double>> alone = read(DataLoader.of(drawing(), shuffled(0)));
        assertThat(alone).hasSize(6);
        for (int workers = 1; workers <= 3; workers++) {
            assertThat(read(DataLoader.of(drawing(), shuffled(workers)))).isEqualTo(alone);
        }
    }

    @Test
    void everySampleComesOnceAndEpochsDiffer() {
        DataLoader<Tensor[], Batch> loader = DataLoader.of(rows(), shuffled(2));
        List<List<Double>> first = read(loader);
        List<List<Double>> second = read(loader);
        assertThat(second).isNotEqualTo(first);
        List<Double> seen = new ArrayList<>();
        for (Batch batch : DataLoader.of(rows(), shuffled(0))) {
            for (double index : batch.input().toDoubleArray()) {
                seen.add(index);
            }
        }
        assertThat(seen).hasSize(SIZE).doesNotHaveDuplicates();
    }

    @Test
    void aTensorDatasetGathersWhatSamplesWouldGive() {
        List<List<Double>> gathered = read(DataLoader.of(rows(), shuffled(0)));
        assertThat(read(DataLoader.of(rows(), shuffled(0), Collate::tensors))).isEqualTo(gathered);
    }

    @Test
    void theLastBatchIsSmallerOrLeftOut() {
        DataLoader<Tensor[], Batch> all =
                DataLoader.of(rows(), DataLoader.options().batchSize(5));
        DataLoader<Tensor[], Batch> whole =
                DataLoader.of(rows(), DataLoader.options().batchSize(5).dropLast(true));
        assertThat(all.size()).isEqualTo(5);
        assertThat(read(all).getLast()).hasSize(3 * 3);
        assertThat(whole.size()).isEqualTo(4);
        assertThat(read(whole)).hasSize(4);
    }

    @Test
    void goesOnInTheMiddleOfAnEpoch() {
        List<List<Double>> unbroken = read(DataLoader.of(drawing(), shuffled(2)));
        DataLoader<Tensor[], Batch> broken = DataLoader.of(drawing(), shuffled(2));
        try (BatchIterator<Batch> batches = broken.iterator()) {
            batches.next();
            batches.next();
        }
        Map<String, Object> state = broken.state();
        assertThat(state).containsEntry("position", 2L);
        DataLoader<Tensor[], Batch> resumed = DataLoader.of(drawing(), shuffled(1));
        resumed.load(state);
        assertThat(read(resumed)).isEqualTo(unbroken.subList(2, unbroken.size()));
        assertThat(resumed.state()).containsEntry("epoch", 1L).containsEntry("position", 0L);
        DataLoader<Tensor[], Batch> other = DataLoader.of(drawing(), shuffled(1).seed(12));
        assertThatThrownBy(() -> other.load(state))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("11")
                .hasMessageContaining("12");
    }

    @Test
    void goesOnAfterEveryStepOfAnEpochTheLastToo() {
        DataLoader<Tensor[], Batch> whole = DataLoader.of(drawing(), shuffled(2));
        List<List<Double>> unbroken = new ArrayList<>(read(whole));
        int steps = unbroken.size();
        unbroken.addAll(read(whole));
        for (int stop = 0; stop <= steps; stop++) {
            DataLoader<Tensor[], Batch> broken = DataLoader.of(drawing(), shuffled(1));
            try (BatchIterator<Batch> batches = broken.iterator()) {
                for (int i = 0; i < stop; i++) {
                    batches.next();
                }
            }
            DataLoader<Tensor[], Batch> resumed = DataLoader.of(drawing(), shuffled(0));
            resumed.load(broken.state());
            List<List<Double>> rest = new ArrayList<>();
            while ((long) resumed.state().get("epoch") < 2) {
                rest.addAll(read(resumed));
            }
            assertThat(rest).as("after step " + stop).isEqualTo(unbroken.subList(stop, unbroken.size()));
        }
    }

    @Test
    void anErrorNamesTheSample() {
        Dataset<Tensor[]> failing = rows().map(sample -> {
            if (sample[0].itemLong() == 7) {
                throw new IllegalStateException("no such picture");
            }
            return sample;
        });
        for (int workers = 0; workers <= 2; workers++) {
            DataLoader<Tensor[], Batch> loader = DataLoader.of(failing, shuffled(workers));
            assertThatThrownBy(() -> read(loader))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("sample 7")
                    .hasMessageContaining("no such picture")
                    .hasMessageContaining("FB-602");
        }
    }

    @Test
    void workersStayBoundedAhead() {
        AtomicInteger read = new AtomicInteger();
        Dataset<Tensor[]> counting = rows().map(sample -> {
            read.incrementAndGet();
            return sample;
        });
        DataLoader<Tensor[], Batch> loader = DataLoader.of(
                counting, DataLoader.options().batchSize(1).workers(2).prefetch(2));
        try (BatchIterator<Batch> batches = loader.iterator()) {
            batches.next();
            // One was taken, four more may be under way or done, and never a sixth.
            assertThat(read.get()).isLessThanOrEqualTo(5);
        }
        assertThat(read.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void aClosedBatchGivesItsMemoryBack() {
        Batch batch = DataLoader.of(rows(), DataLoader.options().batchSize(4))
                .iterator()
                .next();
        Tensor input = batch.input();
        batch.close();
        assertThat(input.isLive()).isFalse();
        assertThatThrownBy(() -> input.add(1))
                .isInstanceOf(ReleasedException.class)
                .hasMessageContaining("by its owner");
    }

    @Test
    void batchesOfOnesOwn() {
        BatchSampler pairs = (seed, epoch) -> List.of(new int[] {epoch, 5}, new int[] {2, 2, 2});
        DataLoader<Tensor[], Batch> loader =
                DataLoader.of(rows(), DataLoader.options().batchSampler(pairs).workers(2));
        assertThat(loader.size()).isEqualTo(2);
        assertThat(read(loader)).extracting(List::getFirst).containsExactly(0.0, 2.0);
        assertThat(read(loader)).extracting(List::getFirst).containsExactly(1.0, 2.0);
    }

    @Test
    void singleSamplesAreLeftAsTheyAre() {
        Dataset<String> words = Dataset.of(List.of("a", "b", "c"));
        List<String> seen = new ArrayList<>();
        DataLoader.unbatched(words, DataLoader.options().workers(2)).forEach(seen::add);
        assertThat(seen).containsExactly("a", "b", "c");
        assertThatThrownBy(
                        () -> DataLoader.unbatched(words, DataLoader.options().batchSize(2)))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("batchSize 2");
    }

    @Test
    void theCallersWaitIsMeasured() {
        DataLoader<Tensor[], Batch> loader = DataLoader.of(rows(), shuffled(0));
        try (BatchIterator<Batch> batches = loader.iterator()) {
            batches.forEachRemaining(Batch::close);
            assertThat(batches.waited()).isZero();
        }
        Thread caller = Thread.currentThread();
        Dataset<Tensor[]> late = rows().map(sample -> {
            while (caller.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            return sample;
        });
        try (BatchIterator<Batch> batches = DataLoader.of(late, shuffled(1)).iterator()) {
            batches.forEachRemaining(Batch::close);
            assertThat(batches.waited()).isPositive();
        }
    }

    @Test
    void mistakesAreRefused() {
        assertThatThrownBy(() -> DataLoader.options().batchSize(2).batchSampler((seed, epoch) -> List.of()))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("batchSize 2");
        assertThatThrownBy(() -> DataLoader.options().batchSize(0)).isInstanceOf(ArgumentException.class);
        assertThatThrownBy(() -> DataLoader.options().shuffle(true).sampler(Samplers.sequential(3)))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("sampler");
        assertThatThrownBy(() -> new TensorDataset(Tensors.ones(3), Tensors.ones(4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[4]");
    }
}
