package io.flambeau.io;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Pull;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.TensorWriter;
import io.flambeau.io.internal.csv.CsvClasses;
import io.flambeau.io.internal.csv.CsvNumbers;
import io.flambeau.io.internal.csv.CsvReader;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 * whole fields, no field longer than a million characters. Empty lines are skipped. Lines may end in LF, CR or both.
 *
 * @param file where it is
 * @param delimiter what stands between fields
 * @param header whether the first record holds the names of the columns
 * @param missing the number for empty fields; without one, an empty field is an error
 */
public record Csv(Path file, char delimiter, boolean header, OptionalDouble missing) {
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
        return columns("Csv.columns");
    }

    /**
     * Goes through all records after the header.
     *
     * @throws FormatException if there is no such file, or it is malformed; the records before were then passed on
     */
    public void forEach(Consumer<List<String>> consumer) {
        try (Stream<List<String>> records = stream("Csv.forEach")) {
            records.forEach(consumer);
        }
    }

    /**
     * All records after the header, read when they are asked for. Close the stream to let go of the file.
     *
     * @throws FormatException as {@link #forEach} does, when the stream comes to the place
     */
    public Stream<List<String>> stream() {
        return stream("Csv.stream");
    }

    private Stream<List<String>> stream(String operation) {
        CsvReader reader = open(operation);
        Supplier<@Nullable List<String>> next = () -> {
            List<String> record = reader.next();
            return record.isEmpty() ? null : record;
        };
        try {
            skipHeader(reader);
            return Pull.stream(next, reader::close);
        } catch (RuntimeException e) {
            reader.close();
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
        String operation = "Csv.numbers";
        int[] wanted = find(operation, columns);
        float[] row = new float[IntStream.of(wanted).max().orElse(-1) + 1];
        boolean[] read = new boolean[row.length];
        IntStream.of(wanted).forEach(column -> read[column] = true);
        return fill(operation, DType.F32, wanted.length, (reader, numbers) -> {
            CsvReader.Fields fields = (column, text, from, length) -> {
                if (column < row.length && read[column]) {
                    row[column] = CsvNumbers.parse(reader, column, text, from, length, missing);
                }
            };
            while (reader.next(fields)) {
                for (int column : wanted) {
                    numbers.add(row[column]);
                }
            }
        });
    }

    /**
     * A column of classes: each different text is a class.
     *
     * @throws FormatException if there is no such file or column, it is malformed, or its different texts would take more
     *     memory than twice the file
     */
    public Classes classes(String column) {
        String operation = "Csv.classes";
        int wanted = find(operation, column)[0];
        List<String> names = new ArrayList<>();
        Tensor labels = fill(operation, DType.I64, 1, (reader, writer) -> {
            CsvClasses classes =
                    new CsvClasses(new Budget(reader.source(), file.toFile().length()));
            CsvReader.Fields fields = (at, text, from, length) -> {
                if (at == wanted) {
                    writer.add((long) classes.number(text, from, length));
                }
            };
            while (reader.next(fields)) {}
            names.addAll(classes.names());
        });
        return new Classes(labels.squeeze(1), List.copyOf(names));
    }

    private interface Filling {
        void fill(CsvReader reader, TensorWriter writer);
    }

    /** Reads the file twice, the first time to count the rows: so nothing is allocated twice. */
    private Tensor fill(String operation, DType dtype, int each, Filling filling) {
        long rows = rows(operation);
        try (CsvReader reader = open(operation);
                Scope scope = Scope.open(operation)) {
            skipHeader(reader);
            TensorWriter writer = new TensorWriter(reader.source(), dtype, Shape.of(rows, each));
            filling.fill(reader, writer);
            return scope.keep(writer.tensor());
        }
    }

    private long rows(String operation) {
        try (CsvReader reader = open(operation)) {
            skipHeader(reader);
            long rows = 0;
            while (reader.next((_, _, _, _) -> {})) {
                rows++;
            }
            return rows;
        }
    }

    private CsvReader open(String operation) {
        Source source = Source.ofFile(operation, file);
        try {
            return new CsvReader(source, Files.newInputStream(file), delimiter);
        } catch (IOException e) {
            throw source.failed("read", e, "check the path and its permissions");
        }
    }

    private void skipHeader(CsvReader reader) {
        if (header && !reader.next((_, _, _, _) -> {})) {
            throw reader.source().bad("it is empty and has no header");
        }
    }

    private List<String> columns(String operation) {
        try (CsvReader reader = open(operation)) {
            List<String> first = reader.next();
            if (header && first.isEmpty()) {
                throw reader.source().bad("it is empty and has no header");
            }
            return header
                    ? first
                    : IntStream.range(0, first.size())
                            .mapToObj(Integer::toString)
                            .toList();
        }
    }

    private int[] find(String operation, String... names) {
        if (names.length == 0) {
            try (CsvReader reader = open(operation)) {
                skipHeader(reader);
                reader.next((_, _, _, _) -> {});
                return IntStream.range(0, Math.max(reader.width(), 0)).toArray();
            }
        }
        List<String> columns = columns(operation);
        return Stream.of(names)
                .mapToInt(name -> {
                    int found = columns.indexOf(name);
                    if (found < 0) {
                        throw Source.of(operation, file)
                                .refuse(
                                        "there is no column " + Source.quote(name),
                                        "choose from " + Source.quote(String.join(", ", columns)));
                    }
                    return found;
                })
                .toArray();
    }
}
