package io.flambeau.io.internal.safetensors;

import static io.flambeau.io.TestFiles.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.TestFiles;
import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.StoredType;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    private static final String ZEROS = "{\"test\":{\"dtype\":\"I32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";

    static byte[] file(String json, int dataBytes) {
        return file(json.getBytes(StandardCharsets.UTF_8), dataBytes);
    }

    private static byte[] file(byte[] json, int dataBytes) {
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private static Header parse(byte[] bytes) {
        return Header.parse(SOURCE, MemorySegment.ofArray(bytes));
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> parse(bytes))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    private static void refused(String json, int dataBytes, String message) {
        refused(file(json, dataBytes), message);
    }

    private static String entry(String name, String dtype, String shape, long begin, long end) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + end + "]}";
    }

    @Test
    void readsAnEntry() {
        Header header = parse(file(ZEROS, 16));
        long start = 8 + ZEROS.length();
        assertThat(header.entries().values())
                .containsExactly(new Header.Entry("test", StoredType.I32, Shape.of(2, 2), start, start + 16));
        assertThat(header.metadata()).isEmpty();
    }

    @Test
    void toleratesSpaceAroundTheHeader() {
        assertThat(parse(file("  " + ZEROS + "     ", 16)).entries()).hasSize(1);
        assertThat(parse(file("{}", 0)).entries()).isEmpty();
        assertThat(parse(file("{}" + " ".repeat(6), 0)).entries()).isEmpty();
    }

    @Test
    void readsZeroSizeAndRankZero() {
        assertThat(parse(file("{" + entry("test", "I32", "[2,0]", 0, 0) + "}", 0))
                        .entries()
                        .get("test")
                        .shape())
                .isEqualTo(Shape.of(2, 0));
        assertThat(parse(file("{" + entry("test", "I32", "[]", 0, 4) + "}", 4))
                        .entries()
                        .get("test")
                        .shape())
                .isEqualTo(Shape.SCALAR);
    }

    @Test
    void readsMetadata() {
        String json = "{\"__metadata__\":{\"a\":\"1\",\"b\":\"\"}," + ZEROS.substring(1);
        assertThat(parse(file(json, 16)).metadata()).containsExactly(Map.entry("a", "1"), Map.entry("b", ""));
    }

    @Test
    void refusesLyingLengths() {
        refused(new byte[0], "ends inside the length of the header");
        refused(new byte[7], "ends inside the length of the header");
        refused(Arrays.copyOf(file("", 0), 8), "its JSON needs a '{'");
        refused(file(new byte[] {(byte) 0xFF}, 0), "JSON");
        refused("{", 0, "JSON");
        refused(new byte[] {60, 0, 0, 0, 0, 0, 0, 0}, "ends inside the header");
        refused(new byte[] {60, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, '{'}, "claims a header of");
        refused(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 0x80}, "9223372036854775808");
        refused(new byte[] {1, (byte) 0xE1, (byte) 0xF5, 5, 0, 0, 0, 0}, "more than the 100000000 allowed");
    }

    @Test
    void refusesShapesThatOverflow() {
        refused("{" + entry("t", "I32", "[2,18446744073709551614]", 0, 16) + "}", 16, "18446744073709551614");
        refused("{" + entry("t", "I32", "[2,9223372036854775807]", 0, 16) + "}", 16, "overflows");
        refused("{" + entry("t", "F64", "[2305843009213693951]", 0, 16) + "}", 16, "overflows");
        refused("{" + entry("t", "I8", "[0,9223372036854775807,4]", 0, 0) + "}", 0, "overflows");
        refused("{" + entry("t", "I8", "[-1,-1]", 0, 1) + "}", 1, "negative");
        refused("{" + entry("t", "I8", "[" + "1,".repeat(100_000) + "1]", 0, 1) + "}", 1, "more than 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2", "-0", "1.0", "9223372036854775808", "\"4\"", "null", "true", "[4]", "{}"})
    void refusesSizesThatAreNoIntegers(String size) {
        refused("{" + entry("t", "I8", "[" + size + "]", 0, 4) + "}", 4, "JSON");
    }

    @Test
    void refusesOffsetsThatLie() {
        StringBuilder same = new StringBuilder("{");
        for (int i = 0; i < 10; i++) {
            same.append(i == 0 ? "" : ",").append(entry("weight_" + i, "I32", "[2,2]", 0, 16));
        }
        refused(same + "}", 16, "where");
        refused(ZEROS, 14, "ends at byte 16 of the 14 bytes of data");
        refused(ZEROS, 32, "its tensors end at byte");
        refused("{" + entry("t", "I32", "[2,2]", 0, 4) + "}", 16, "does not fit its bytes 0 to 4");
        refused("{" + entry("t", "I32", "[2,2]", 16, 0) + "}", 16, "does not fit");
        refused("{" + entry("t", "I32", "[2,2]", 4, 20) + "}", 20, "where");
        refused("{" + entry("t", "I8", "[]", Long.MAX_VALUE - 1, Long.MAX_VALUE) + "}", 4, "of the 4 bytes of data");
        refused("{" + entry("a", "I8", "[2]", 0, 2) + "," + entry("b", "I8", "[2]", 3, 5) + "}", 5, "where");
        refused("{}", 1, "end at byte");
    }

    @Test
    void refusesEntriesThatAreNoEntries() {
        refused("{\"t\":{\"dtype\":\"F16\",\"shape\":[]}}", 0, "lacks");
        refused("{\"t\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[2]}}", 2, "lacks one");
        refused("{\"t\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2,4]}}", 2, "more than 2");
        refused("{\"t\":{\"dtype\":\"F16\",\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}", 2, "beside");
        refused("{\"t\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2],\"x\":1}}", 2, "\"x\"");
        refused("{" + entry("t", "F17", "[]", 0, 2) + "}", 2, "unknown dtype \"F17\"");
        refused("{" + entry("t", "F4", "[3]", 0, 2) + "}", 2, "does not fit");
        refused("{" + entry("t", "I8", "[1]", 0, 1) + "," + entry("t", "I8", "[1]", 1, 2) + "}", 2, "twice");
        refused("{" + entry("__metadata__", "I8", "[1]", 0, 1) + "}", 1, "JSON");
        refused("{\"__metadata__\":{\"a\":1}}", 0, "JSON");
        refused("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "twice");
        refused("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "two __metadata__");
        refused("[]", 0, "JSON");
        refused("null", 0, "JSON");
        refused(ZEROS + "x", 16, "goes on after its end");
    }

    @Test
    void namesAreJustNames() {
        String big = "n".repeat(1 << 20);
        for (String name : new String[] {"", "../../x", "a\\u0000b", "a\\nb", "/etc/passwd", big, "\ud83d\ude00"}) {
            assertThat(parse(file("{" + entry(name, "I8", "[1]", 0, 1) + "}", 1))
                            .entries())
                    .hasSize(1);
        }
        refused("{" + entry("\\ud800", "I8", "[1]", 0, 1) + "}", 1, "surrogate");
        refused("{" + entry(big, "I8", "[1]", 0, 2) + "}", 1, "\"nnnn");
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> parse(file("{" + entry(big, "I8", "[1]", 0, 2) + "}", 2)))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    }

    @Test
    void knowsTypesThatTensorsCannotHold() {
        Header header =
                parse(file("{" + entry("t", "F4", "[4]", 0, 2) + "," + entry("u", "U16", "[1]", 2, 4) + "}", 4));
        assertThat(header.entries().get("u").dtype(SOURCE)).isEqualTo(DType.I32);
        assertThatThrownBy(() -> header.entries().get("t").dtype(SOURCE)).hasMessageContaining("stored as F4");
    }

    @Test
    void refusesEveryPrefixAndSurvivesEveryFlip() {
        byte[] whole = file(ZEROS, 16);
        for (int n = 0; n < whole.length; n++) {
            refused(Arrays.copyOf(whole, n), "test: memory: ");
        }
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                try {
                    Header header = parse(flipped);
                    assertThat(header.entries().values()).hasSize(1).allMatch(e -> e.end() - e.begin() == 16);
                } catch (FormatException e) {
                    assertThat(e).hasMessageContaining("memory");
                }
            }
        }
    }

    @Test
    void aHeaderOfSpacesCostsNothing() {
        byte[] spaces = new byte[50_000_000];
        Arrays.fill(spaces, (byte) ' ');
        byte[] whole = file(spaces, 0);
        long allocated = TestFiles.allocatedBytes(() -> refused(whole, "JSON"));
        assertThat(allocated).isLessThan(whole.length / 4);
    }

    @Test
    void aHeaderOfEndlessTinyEntriesIsRefused() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            json.append('"').append(i).append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},");
        }
        byte[] whole = file(json + "\"x\":1}", 0);
        long allocated = TestFiles.allocatedBytes(() -> refused(whole, "twice its size in memory"));
        assertThat(allocated).isLessThan(2L * whole.length + Budget.FREE);
    }

    @Test
    void plansAlignedDataAndKeepsTheOrderOfNames() {
        List<Header.Item> items = Arrays.stream(DType.values())
                .map(dtype -> new Header.Item(dtype.title(), dtype, Shape.of(3)))
                .toList();
        Header.Plan plan = Header.plan(SOURCE, items, Map.of("format", "pt"));
        byte[] head = plan.head().array();
        long data = items.stream().mapToLong(item -> 3L * item.dtype().bytes()).sum();
        Header header = parse(Arrays.copyOf(head, Math.toIntExact(head.length + data)));
        assertThat(header.entries().sequencedKeySet())
                .containsExactlyElementsOf(items.stream().map(Header.Item::name).toList());
        assertThat(header.metadata()).containsExactly(Map.entry("format", "pt"));
        for (Header.Item item : items) {
            Header.Entry entry = header.entries().get(item.name());
            assertThat(entry.dtype(SOURCE)).isEqualTo(item.dtype());
            assertThat(entry.begin() % item.dtype().toReal().bytes()).isZero();
        }
    }

    @Test
    void refusesToWriteWhatCouldNotBeRead() {
        List<Header.Item> reserved = List.of(new Header.Item("__metadata__", DType.U8, Shape.of(1)));
        assertThatThrownBy(() -> Header.plan(SOURCE, reserved, Map.of()))
                .hasMessageContaining("cannot be named __metadata__");
        Map<String, String> big = Map.of("big", "x".repeat((int) Header.MAX_BYTES - 2));
        assertThatThrownBy(() -> Header.plan(SOURCE, List.of(), big))
                .hasMessageContaining("save fewer tensors or less metadata");
    }
}
