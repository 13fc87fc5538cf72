package io.flambeau.data;

import io.flambeau.io.Csv;
import io.flambeau.io.Idx;
import io.flambeau.io.Npz;
import io.flambeau.io.Text;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Datasets of files, straight over the readers of {@code io.flambeau.io}. Pictures in folders are an
 * {@link ImageFolder}, arrays larger than memory an {@link NpyDataset}.
 *
 * {@snippet :
 * TensorDataset digits = Datasets.idx(Path.of("images.gz"), Path.of("labels.gz"), 10);
 * TensorDataset irises = Datasets.csv(Csv.of(Path.of("iris.csv")), "species", "petal length", "petal width");
 * IterableDataset<String> corpus = Datasets.lines(Path.of("corpus.txt"));
 * }
 *
 * <p>All throw a {@link FormatException} for a file that is missing or damaged; the streams, when they come to it.
 */
public final class Datasets {
    private Datasets() {}

    /** Pictures and labels in the format of MNIST: uint8 [height, width], and int64. */
    public static TensorDataset idx(Path images, Path labels, int classes) {
        Idx.Labelled read = Idx.labelled(images, labels, classes);
        return new TensorDataset(read.images(), read.labels());
    }

    /**
     * The rows of a table: float32 [inputs] of the named columns, all others than the target if none is named, and the
     * class that the target names, int64 in the order of first occurrence.
     */
    public static TensorDataset csv(Csv table, String target, String... inputs) {
        String[] columns = inputs.length > 0
                ? inputs
                : table.columns().stream()
                        .filter(column -> !column.equals(target))
                        .toArray(String[]::new);
        if (columns.length == 0) {
            throw new ArgumentException(
                    "Datasets.csv", "there is no column beside the target '" + target + "'", Fault.BAD_ARGUMENT);
        }
        Tensor classes = table.classes(target).labels();
        return new TensorDataset(table.numbers(columns), classes);
    }

    /** The records of a table after the header, as they are read. */
    public static IterableDataset<List<String>> records(Csv table) {
        return epoch -> table.stream();
    }

    /** The lines of a text, as they are read. */
    public static IterableDataset<String> lines(Path file) {
        return epoch -> Text.stream(file);
    }

    /**
     * Arrays of an .npz file whose first axes count the samples.
     *
     * @throws ArgumentException if the file has no array of a name
     */
    public static TensorDataset npz(Path file, String... names) {
        Map<String, Tensor> arrays = Npz.load(file);
        Tensor[] chosen = new Tensor[names.length];
        for (int i = 0; i < names.length; i++) {
            Tensor array = arrays.get(names[i]);
            if (array == null) {
                throw new ArgumentException(
                        "Datasets.npz",
                        file + " has no array '" + names[i] + "', only " + arrays.keySet(),
                        Fault.BAD_ARGUMENT);
            }
            chosen[i] = array;
        }
        return new TensorDataset(chosen);
    }
}
