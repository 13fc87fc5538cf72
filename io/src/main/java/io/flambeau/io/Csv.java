package io.flambeau.io;

import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Pull;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.csv.CsvNumbers;
import io.flambeau.io.internal.csv.CsvReader;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of records with fields, as <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> has them: which file,
 * and how it is written. Each call reads the file anew, keeping only what it returns.
 *
 * {@snippet :
 * Csv iris = Csv.of(Path.of("iris.csv"));
 * Tensor x = iris.numbers("sepal length", "sepal width"); // float32 [rows, 2]
 * Csv.Classes y = iris.classes("species");                // int64 [rows], and the names
 * }
 *
 * <p>Strict: UTF-8 (a byte order mark is skipped), as many fields in every record as in the first, quotes only around
 * whole fields. Empty lines are skipped. Lines may end in LF, CR or both.
 *
 * @param file where it is
 * @param delimiter what stands between fields
 * @param header whether the first record holds the names of the columns
 * @param missing the number for empty fields; without one, an empty field is an error
 */
public record Csv(Path file, char delimiter, boolean header, OptionalDouble missing) {
    private static final int MAX_CLASSES = 1 << 20;

    /** The class of each row, int64, and the names in the order in which they first occurred. */
    public record Classes(Tensor labels, List<String> names) {}

    /** Fields separated by commas, the first record being the header. */
    public static Csv of(Path file) {
        return new Csv(file, ',', true, OptionalDouble.empty());
    }

    public Csv delimiter(char delimiter) {
        return new Csv(file, delimiter, header, missing);
    }

    /** Without a header, columns are named "0", "1" and so on. */
    public Csv header(boolean header) {
        return new Csv(file, delimiter, header, missing);
    }

    public Csv missing(double value) {
        return new Csv(file, delimiter, header, OptionalDouble.of(value));
    }

    /**
     * The names of the columns.
     *
     * @throws FormatException if there is no such file, or it has no records
     */
    public List<String> columns() {
        return read("Csv.columns", this::columns);
    }

    /**
     * Goes through all records after the header.
     *
     * @throws FormatException if there is no such file, or it is malformed; the records before were then passed on
     */
    public void forEach(Consumer<List<String>> consumer) {
        read("Csv.forEach", reader -> {
            columns(reader);
            while (reader.next()) {
                consumer.accept(reader.fields());
            }
            return reader;
        });
    }

    /**
     * All records after the header, read when they are asked for. Close the stream to let go of the file.
     *
     * @throws FormatException as {@link #forEach} does, when the stream comes to the place
     */
    public Stream<List<String>> stream() {
        MappedFile mapped = MappedFile.open("Csv.stream", file);
        try {
            CsvReader reader = new CsvReader(mapped.source(), mapped.bytes(), delimiter);
            mapped.guard(() -> columns(reader));
            return Pull.stream(() -> mapped.guard(() -> reader.next() ? reader.fields() : null), mapped::close);
        } catch (RuntimeException e) {
            mapped.close();
            throw e;
        }
    }

    /**
     * Columns of numbers; all of them if none is named. A number is written with a decimal point; {@code nan} and
     * {@code inf} are numbers too.
     *
     * @return float32 of shape [rows, columns]
     * @throws FormatException if there is no such file or column, it is malformed, or a field is no number
     */
    public Tensor numbers(String... columns) {
        return read("Csv.numbers", reader -> {
            int[] wanted = find(reader, columns);
            float[] values = new float[reader.room(wanted.length)];
            int count = 0;
            while (reader.next()) {
                for (int column : wanted) {
                    values[count++] = CsvNumbers.parse(reader, column, missing);
                }
            }
            long rows = wanted.length == 0 ? 0 : count / wanted.length;
            return Tensors.of(values, rows, wanted.length);
        });
    }

    /**
     * A column of classes: each different text is a class.
     *
     * @throws FormatException if there is no such file or column, or it is malformed
     */
    public Classes classes(String column) {
        return read("Csv.classes", reader -> {
            int wanted = find(reader, column)[0];
            Map<String, Long> classes = new LinkedHashMap<>();
            long[] labels = new long[reader.room(1)];
            int count = 0;
            while (reader.next()) {
                String name = reader.field(wanted);
                if (classes.size() > MAX_CLASSES) {
                    throw reader.error("column " + Source.quote(column) + " has more than " + MAX_CLASSES + " classes");
                }
                Long known = classes.putIfAbsent(name, (long) classes.size());
                labels[count++] = known == null ? classes.size() - 1 : known;
            }
            return new Classes(Tensors.of(labels, count), List.copyOf(classes.keySet()));
        });
    }

    private interface Reading<T> {
        T read(CsvReader reader);
    }

    private <T> T read(String operation, Reading<T> reading) {
        return MappedFile.read(
                operation, file, mapped -> reading.read(new CsvReader(mapped.source(), mapped.bytes(), delimiter)));
    }

    private List<String> columns(CsvReader reader) {
        if (header) {
            width(reader);
            return reader.fields();
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < reader.peekWidth(); i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    private int[] find(CsvReader reader, String... names) {
        if (names.length == 0) {
            // Of all columns nobody wants the names, which would take more than the numbers.
            return IntStream.range(0, header ? width(reader) : reader.peekWidth())
                    .toArray();
        }
        List<String> columns = columns(reader);
        int[] found = new int[names.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = columns.indexOf(names[i]);
            if (found[i] < 0) {
                Source source = reader.source();
                throw source.refuse(
                        "there is no column " + Source.quote(names[i]),
                        "choose from " + Source.quote(String.join(", ", columns)));
            }
        }
        return found;
    }

    private static int width(CsvReader reader) {
        if (!reader.next()) {
            throw reader.source().bad("it is empty and has no header");
        }
        return reader.width();
    }
}
