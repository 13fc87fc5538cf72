package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.Csv;
import io.flambeau.io.Npy;
import io.flambeau.io.Npz;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets straight over files, read by workers. */
class FileDatasetsTest {
    private static final DataLoader.Options TWO =
            DataLoader.options().batchSize(2).workers(2);

    @TempDir
    private Path folder;

    private static <T> List<T> read(Iterable<T> loader) {
        List<T> all = new ArrayList<>();
        loader.forEach(all::add);
        return all;
    }

    @Test
    void idx() throws IOException {
        Path images = Files.write(
                folder.resolve("i"), new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4});
        Path labels = Files.write(folder.resolve("l"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 9, 0});
        Batch batch = read(DataLoader.of(Datasets.idx(images, labels, 10), TWO)).getFirst();
        assertThat(batch.input().shape().sizes()).containsExactly(2, 1, 2);
        assertThat(batch.target().toLongArray()).containsExactly(9, 0);
    }

    @Test
    void tables() throws IOException {
        Csv table = Csv.of(Files.writeString(folder.resolve("t.csv"), "a,kind,b\n1,x,2\n3,y,4\n5,x,6\n"));
        Tensor[] last = Datasets.csv(table, "kind").get(2);
        assertThat(last[0].toFloatArray()).containsExactly(5, 6);
        assertThat(last[1].itemLong()).isZero();
        assertThat(Datasets.csv(table, "kind", "b").get(1)[0].toFloatArray()).containsExactly(4);
        assertThat(read(DataLoader.of(Datasets.records(table).map(List::getFirst), TWO, List::copyOf)))
                .containsExactly(List.of("1", "3"), List.of("5"));
        assertThatThrownBy(() -> Datasets.csv(table, "sort")).hasMessageContaining("sort");
    }

    @Test
    void lines() throws IOException {
        Path text = Files.writeString(folder.resolve("t.txt"), "\ufeffone\r\ntwo\n\nfour");
        assertThat(read(DataLoader.of(Datasets.lines(text).map(String::length), TWO, Collate::any)))
                .extracting(batch -> ((Tensor) batch).toLongArray())
                .containsExactly(new long[] {3, 3}, new long[] {0, 4});
        Files.write(text, new byte[] {'a', '\n', (byte) 0xFF});
        assertThatThrownBy(() -> read(DataLoader.unbatched(Datasets.lines(text), DataLoader.options())))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("UTF-8")
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void mappedArrays() {
        Path x = folder.resolve("x.npy");
        Path y = folder.resolve("y.npy");
        Npy.save(x, Tensors.arange(12).reshape(4, 3));
        Npy.save(y, Tensors.of(new double[] {0, 1, 2, 3}));
        try (NpyDataset rows = new NpyDataset(x, y)) {
            Batch batch = read(DataLoader.of(rows, TWO)).get(1);
            assertThat(batch.input().toLongArray()).containsExactly(6, 7, 8, 9, 10, 11);
            assertThat(batch.target().dtype()).isEqualTo(DType.F64);
            assertThat(batch.target().toDoubleArray()).containsExactly(2, 3);
        }
        Npy.save(y, Tensors.ones(3));
        assertThatThrownBy(() -> new NpyDataset(x, y)).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> new NpyDataset(folder.resolve("none.npy"))).isInstanceOf(FormatException.class);
    }

    @Test
    void arraysOfAnArchive() {
        Path file = folder.resolve("data.npz");
        Npz.save(file, Map.of("x", Tensors.ones(3, 2), "y", Tensors.arange(3)));
        assertThat(Datasets.npz(file, "x", "y").get(2)[1].itemLong()).isEqualTo(2);
        assertThatThrownBy(() -> Datasets.npz(file, "z")).hasMessageContaining("'z'");
    }
}
