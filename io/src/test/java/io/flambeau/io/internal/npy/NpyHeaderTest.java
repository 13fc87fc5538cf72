package io.flambeau.io.internal.npy;

import static io.flambeau.io.TestFiles.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.TestFiles;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
    private static byte[] file(int version, String dict, int dataBytes) {
        byte[] text = dict.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(12 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            file.putShort((short) text.length);
        } else {
            file.putInt(text.length);
        }
        file.put(text);
        return Arrays.copyOf(file.array(), file.position() + dataBytes);
    }

    private static String dict(String descr, String fortran, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }   \n";
    }

    private static NpyHeader parse(byte[] file) {
        return NpyHeader.parse(SOURCE, MemorySegment.ofArray(file));
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> parse(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    private static void refused(String dict, int dataBytes, String message) {
        refused(file(1, dict, dataBytes), message);
    }

    @Test
    void readsAllVersionsAndSpellings() {
        for (int version = 1; version <= 3; version++) {
            NpyHeader header = parse(file(version, dict(">f8", "True", "(2, 3)"), 48));
            assertThat(header.dtype()).isEqualTo(DType.F64);
            assertThat(header.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            assertThat(header.fortran()).isTrue();
            assertThat(header.shape()).isEqualTo(Shape.of(2, 3));
        }
        assertThat(parse(file(1, "{\"shape\":(3L,),\"descr\":\"|u1\",\"fortran_order\":False}\n", 3))
                        .shape())
                .isEqualTo(Shape.of(3));
        assertThat(parse(file(1, dict("b1", "False", "()"), 1)).shape()).isEqualTo(Shape.SCALAR);
        assertThat(parse(file(1, dict("<c16", "False", "(0,)"), 0)).shape()).isEqualTo(Shape.of(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"|O", "<U5", "|S3", "<f16", "<M8[ns]", "|V2", "", "<", "f", "<f3", "<i4,<f8"})
    void refusesDtypesThatNoTensorHolds(String descr) {
        refused(dict(descr, "False", "(1,)"), 8, "no tensor can hold NumPy's dtype");
    }

    @Test
    void refusesHeadersThatLie() {
        refused(dict("<f8", "False", "(65536, 65536)"), 0, "needs 34359738368 bytes, and 0 follow");
        refused(dict("<f4", "False", "(300000000,)"), 56, "and 56 follow");
        refused(dict("<f4", "False", "(3,)"), 13, "needs 12 bytes, and 13 follow");
        refused(dict("<f4", "False", "(9223372036854775807, 2)"), 8, "overflows");
        refused(dict("<f8", "False", "(2305843009213693952,)"), 8, "overflows");
        refused(dict("<f4", "False", "(0, 9223372036854775807, 3)"), 0, "overflows");
        refused(dict("<f4", "False", "(9223372036854775808,)"), 8, "size of 63 bits");
        byte[] huge = file(2, dict("<f4", "False", "(1,)"), 4);
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE);
        assertThat(TestFiles.allocatedBytes(() -> refused(huge, "more than the 10000 allowed")))
                .isLessThan(500_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(-1,)",
                "(1.0,)",
                "(True,)",
                "(1e2,)",
                "[1]",
                "(1)",
                "1",
                "(,)",
                "(1,,)",
                "(1 2)",
                "((1,),)",
                "('1',)",
                "(0x1,)",
                "(1,",
                "(__import__('os').system('id'),)",
                "()+()",
                "(1,)*4",
                "None",
                "( 1 , ) x"
            })
    void refusesShapesThatAreNoTuplesOfIntegers(String shape) {
        refused(dict("<f4", "False", shape), 4, "its header");
    }

    @Test
    void refusesDictionariesThatAreNone() {
        refused("", 0, "does not end in a new line");
        refused("\n", 0, "needs a '{'");
        refused(dict("<f4", "False", "(1,)").replace("\n", " "), 4, "does not end in a new line");
        refused("{'descr': '<f4', 'fortran_order': False}\n", 4, "lacks shape");
        refused("{'fortran_order': False, 'shape': (1,)}\n", 4, "lacks descr");
        refused("{'descr': '<f4', 'shape': (1,)}\n", 4, "lacks fortran_order");
        refused("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}\n", 4, "twice");
        refused("{'descr': '<f4', 'x': 1, 'fortran_order': False, 'shape': (1,)}\n", 4, "unknown key \"x\"");
        refused("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}\n", 4, "plain string");
        refused("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (1,)}\n", 4, "plain string");
        refused(dict("<f4", "0", "(1,)"), 4, "needs True or False");
        refused(dict("<f4", "False", "(1,)") + "x\n", 4, "goes on");
        refused(dict("|f4", "False", "(1,)"), 4, "no order of bytes");
        refused(dict("<f4", "False", "(" + "1,".repeat(65) + ")"), 4, "at most 64");
        refused(file(4, dict("<f4", "False", "(1,)"), 4), "version 4.0");
        refused(file(0, dict("<f4", "False", "(1,)"), 4), "version 0.0");
        refused("PK\3\4aaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII), "does not begin");
    }

    @Test
    void refusesEveryPrefixAndSurvivesEveryFlip() {
        byte[] whole = file(1, dict("<f4", "False", "(3, 1)"), 12);
        for (int n = 0; n < whole.length; n++) {
            refused(Arrays.copyOf(whole, n), "test: memory: ");
        }
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                try {
                    NpyHeader header = parse(flipped);
                    assertThat(header.shape().count() * header.dtype().bytes()).isEqualTo(12);
                } catch (FormatException e) {
                    assertThat(e).hasMessageStartingWith("test: memory: ");
                }
            }
        }
    }

    @Test
    void readsWhatItWrites() {
        for (DType dtype : DType.values()) {
            for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(3), Shape.of(2, 0), Shape.of(2, 3, 4)}) {
                if (dtype == DType.BF16) {
                    assertThatThrownBy(() -> NpyHeader.write(SOURCE, dtype, shape))
                            .hasMessageContaining("bfloat16");
                    continue;
                }
                ByteBuffer head = NpyHeader.write(SOURCE, dtype, shape);
                assertThat(head.remaining() % 64).isZero();
                int bytes = Math.toIntExact(shape.count() * dtype.bytes());
                NpyHeader read = parse(Arrays.copyOf(head.array(), head.remaining() + bytes));
                assertThat(read.dtype()).isEqualTo(dtype);
                assertThat(read.shape()).isEqualTo(shape);
                assertThat(read.fortran()).isFalse();
            }
        }
    }
}
