package io.flambeau.io.internal.json;

import static io.flambeau.io.TestFiles.SOURCE;
import static io.flambeau.io.TestFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.internal.json.Json.Duplicates;
import io.flambeau.tck.TestData;
import io.flambeau.tensor.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @TestFactory
    Stream<DynamicTest> behavesOnTheParsingTestSuite() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(TestData.require("vectors/json/test_parsing"))) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSize(318);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        MemorySegment bytes = MemorySegment.ofArray(Files.readAllBytes(file));
        char expected = file.getFileName().toString().charAt(0);
        if (expected == 'y') {
            Json value = Json.parse(SOURCE, bytes, Duplicates.LAST_WINS);
            assertThat(Json.parse(SOURCE, value.toString())).isEqualTo(value);
        } else if (expected == 'n') {
            assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Json.parse(SOURCE, bytes));
        } else {
            try {
                Json.parse(SOURCE, bytes);
            } catch (FormatException e) {
                assertThat(e).hasMessageContaining("JSON");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2", "1.0", "-0", "9223372036854775808", "-9223372036854775809", "1E0", "\"1\"", "[1]"})
    void refusesWhatIsNoIntegerWhereOneIsAsked(String text) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> new JsonReader(SOURCE, utf8(text)).integer());
    }

    @Test
    void readsIntegersExactly() {
        for (long value : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L}) {
            assertThat(new JsonReader(SOURCE, utf8(Long.toString(value))).integer())
                    .isEqualTo(value);
        }
    }

    @Test
    void refusesDuplicateKeysAndNamesThem() {
        assertThatThrownBy(() -> Json.parse(SOURCE, "{\"a\":1,\"\\u0061\":2}"))
                .isInstanceOf(FormatException.class)
                .hasMessage("test: memory: its JSON has the key \"a\" twice; get a fresh copy of the file (FB-501)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\""})
    void refusesLoneSurrogates(String text) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Json.parse(SOURCE, text));
    }

    @Test
    void limitsDepthInsteadOfOverflowingTheStack() {
        String allowed = "[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH);
        assertThat(Json.parse(SOURCE, allowed)).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> Json.parse(SOURCE, "[".repeat(1_000_000)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("nested deeper than 256");
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> Json.parse(SOURCE, "{\"a\":".repeat(1_000_000)));
    }

    @Test
    void limitsTheTreeOfAText() {
        String many = "[" + "0,".repeat(1 << 20) + "0]";
        assertThatThrownBy(() -> Json.parse(SOURCE, many))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than twice its size in memory");
        MemorySegment spaces = MemorySegment.ofArray(new byte[Json.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Json.parse(SOURCE, spaces)).hasMessageContaining("longer than 100000000 bytes");
    }

    @Test
    void refusesEveryPrefixOfAText() {
        String text = "{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9\u00e9\ud83d\ude00\\\"\"],\"b\":{}}";
        Json whole = Json.parse(SOURCE, text);
        assertThat(Json.parse(SOURCE, whole.toString())).isEqualTo(whole);
        MemorySegment bytes = utf8(text);
        for (long n = 0; n < bytes.byteSize(); n++) {
            MemorySegment prefix = bytes.asSlice(0, n);
            assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Json.parse(SOURCE, prefix));
        }
    }

    @Test
    void writesEveryCharacterSoThatItReadsBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x20000; c += c < 0x800 ? 1 : 97) {
            if (c < 0xD800 || c >= 0xE000) {
                all.appendCodePoint(c);
            }
        }
        Json.Str text = new Json.Str(all.toString());
        assertThat(Json.parse(SOURCE, text.toString())).isEqualTo(text);
    }

    @Test
    void tellsIntegersFromFractions() {
        assertThat(Json.Num.of(3L).isInteger()).isTrue();
        assertThat(Json.Num.of(3.0).isInteger()).isFalse();
        for (double value : new double[] {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e21, 3}) {
            Json.Num read = (Json.Num) Json.parse(SOURCE, Json.Num.of(value).toString());
            assertThat(Double.doubleToLongBits(read.toDouble())).isEqualTo(Double.doubleToLongBits(value));
        }
    }
}
