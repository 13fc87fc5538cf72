package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    private Path folder;

    private Csv csv(String text) throws IOException {
        return Csv.of(Files.writeString(folder.resolve("a.csv"), text));
    }

    private List<List<String>> records(String text) throws IOException {
        List<List<String>> records = new ArrayList<>();
        csv(text).header(false).forEach(records::add);
        return records;
    }

    private void refused(String text, String message) throws IOException {
        Csv csv = csv(text).header(false);
        assertThatThrownBy(() -> csv.forEach(record -> {}))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsRecordsAsTheStandardHasThem() throws IOException {
        List<List<String>> expected = List.of(List.of("a", "b c", ""), List.of("", "1", "\u00e9"));
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            String text = "a,b c," + end + ",1,\u00e9";
            assertThat(records(text)).isEqualTo(expected);
            assertThat(records(end + text + end + end)).isEqualTo(expected);
            assertThat(records("\ufeff" + text + end)).isEqualTo(expected);
        }
        assertThat(records("\"a,\"\"b\"\"\",\"line\nbreak\"\r\n\"\",x"))
                .isEqualTo(List.of(List.of("a,\"b\"", "line\nbreak"), List.of("", "x")));
        assertThat(records("")).isEmpty();
        assertThat(records("\n\n")).isEmpty();
        assertThat(records(",")).isEqualTo(List.of(List.of("", "")));
    }

    @Test
    void refusesWhatIsMalformed() throws IOException {
        refused("a,\"b\nc\nd", "Unclosed quoted field at end of input (record starting at line 1)");
        refused("a\nb\"c\n", "line 2: a quote stands inside a field without quotes");
        refused("c\n\"a\"b", "character after closing quote: 'b' (0x62) (record starting at line 2)");
        refused("a,b\nc\n", "this record has 1 fields and the first has 2");
        refused("a,b\nc,d,e\n", "this record has 3 fields and the first has 2");
        refused("a\0b", "NUL");
        Files.write(folder.resolve("a.csv"), new byte[] {'a', '\n', 'b', (byte) 0xFF});
        assertThatThrownBy(() -> Csv.of(folder.resolve("a.csv")).numbers())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a.csv: line 2: a field is not UTF-8");
        assertThatThrownBy(() -> csv("").columns()).hasMessageContaining("empty and has no header");
        assertThatThrownBy(() -> csv("a").delimiter('"').columns()).hasMessageContaining("cannot be separated");
        assertThatThrownBy(() -> Csv.of(folder.resolve("none.csv")).columns()).hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a"})
    void refusesOneEndlessLine(String start) throws IOException {
        byte[] line = new byte[20 << 20];
        Arrays.fill(line, (byte) 'a');
        System.arraycopy(start.getBytes(StandardCharsets.US_ASCII), 0, line, 0, start.length());
        Path file = Files.write(folder.resolve("a.csv"), line);
        long allocated = TestFiles.allocatedBytes(
                () -> assertThatThrownBy(() -> Csv.of(file).columns())
                        .isInstanceOf(FormatException.class)
                        .hasMessageContaining("maximum buffer size of 1048576"));
        assertThat(allocated).isLessThan(8L << 20);
    }

    @Test
    void readsEveryNumberAsJavaDoes() throws IOException {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>(List.of(
                "16777217",
                "16777217.0000000000000000000000000001",
                "1.00000005960464477539062500",
                "-0",
                "+.5",
                "7.",
                "340282350000000000000000000000000000000",
                "1e-45",
                "7e-46",
                "1e-400",
                "00000000000000000000000000001.5",
                "0.1e-1"));
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            double wide = i % 2 == 0 ? value : random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30));
            if (Double.isFinite(wide)) {
                texts.add(i % 3 == 0 ? String.format(Locale.ROOT, "%.18e", wide) : Double.toString(wide));
            }
        }
        float[] expected = new float[texts.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Float.parseFloat(texts.get(i));
        }
        assertThat(csv(String.join("\n", texts)).header(false).numbers().toFloatArray())
                .isEqualTo(expected);
    }

    @Test
    void readsColumnsOfNumbers() throws IOException {
        Csv csv = csv("x,name,y\n1,a,-2.5\n 1e3 ,b,nan\n.5,c,-INF\n");
        Tensor all = csv.numbers("y", "x");
        assertThat(all.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(all.toFloatArray()).containsExactly(-2.5f, 1, Float.NaN, 1000, Float.NEGATIVE_INFINITY, 0.5f);
        assertThatThrownBy(() -> csv.numbers("z"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no column \"z\"; choose from \"x, name, y\"");
        assertThatThrownBy(csv::numbers).hasMessageContaining("line 2: field 2, \"a\", is no number");
        assertThat(csv("1,2\n3,4\n").header(false).numbers().shape()).isEqualTo(Shape.of(2, 2));
        assertThat(csv("a,b\n").numbers().shape()).isEqualTo(Shape.of(0, 2));
        assertThat(csv("1;2").delimiter(';').header(false).numbers("1").toFloatArray())
                .containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,5", "1e999", "0x10", "1f", "1d", "1_0", "--1", "1e", ".", "e5", "\u0661", "None", "1 2", ""})
    void refusesWhatIsNoNumber(String text) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Csv csv = csv("x,y\n1,\"" + text + "\"\n");
            assertThatThrownBy(() -> csv.numbers("y")).isInstanceOf(FormatException.class);
            assertThat(csv.numbers("x").toFloatArray()).containsExactly(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void fillsWhatIsMissing() throws IOException {
        assertThat(csv("x,y\n1,\n,2\n").missing(-1).numbers().toFloatArray()).containsExactly(1, -1, -1, 2);
    }

    @Test
    void readsClasses() throws IOException {
        Csv.Classes classes = csv("x,y\n1,cat\n2,dog\n3,cat\n").classes("y");
        assertThat(classes.names()).containsExactly("cat", "dog");
        assertThat(classes.labels().toLongArray()).containsExactly(0, 1, 0);
    }

    @Test
    void keepsLittleMoreThanTheNumbers() throws IOException {
        String text = "1,2\n".repeat(50_000);
        Path file = Files.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.US_ASCII));
        assertThat(Csv.of(file).header(false).numbers().shape()).isEqualTo(Shape.of(50_000, 2));
    }
}
