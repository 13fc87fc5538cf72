package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.internal.zip.ZipBuilder;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of types that no tensor has, each read as the narrowest that holds all its values. */
class WideningTest {
    @TempDir
    private Path folder;

    private Path safetensors(String type, byte[] elements, int count) throws IOException {
        String header = "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[" + count + "],\"data_offsets\":[0,"
                + elements.length + "]}}";
        ByteBuffer file = ByteBuffer.allocate(8 + header.length() + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(elements);
        return Files.write(folder.resolve("a.safetensors"), file.array());
    }

    private Path npy(String descr, byte[] elements, int count) throws IOException {
        String dict = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + count + ",), }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + dict.length() + elements.length)
                .put(("\u0093NUMPY\1\0" + (char) dict.length() + "\0" + dict).getBytes(StandardCharsets.ISO_8859_1))
                .put(elements);
        return Files.write(folder.resolve("a.npy"), file.array());
    }

    @ParameterizedTest
    @CsvSource({"F8_E4M3, 3, 7, false", "F8_E5M2, 2, 15, true", "F8_E4M3FNUZ, 3, 8, false", "F8_E5M2FNUZ, 2, 16, false"
    })
    void everyFloatOfEightBitsIsExact(String type, int mantissaBits, int bias, boolean infinite) throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Tensor read = Safetensors.load(safetensors(type, all, 256)).get("a");
        assertThat(read.dtype()).isEqualTo(DType.F16);
        float[] values = read.to(DType.F32).toFloatArray();
        int scale = 1 << mantissaBits;
        for (int i = 0; i < 256; i++) {
            int exponent = (i & 0x7F) / scale;
            double fraction = i % scale / (double) scale;
            double value =
                    exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
            boolean special = infinite ? exponent == 31 : type.endsWith("Z") ? i == 0x80 : (i & 0x7F) == 0x7F;
            if (special) {
                value = infinite && fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            assertThat(Float.valueOf(values[i])).as(type + " " + i).isEqualTo(Float.valueOf((float)
                    (i < 128 ? value : -value)));
        }
    }

    @Test
    void powersOfTwoAreExact() throws IOException {
        byte[] some = {0, 1, 126, 127, (byte) 128, (byte) 254, (byte) 255};
        Tensor read =
                Safetensors.load(safetensors("F8_E8M0", some, some.length)).get("a");
        assertThat(read.toFloatArray()).containsExactly(0x1p-127f, 0x1p-126f, 0.5f, 1, 2, 0x1p127f, Float.NaN);
    }

    @Test
    void unsignedIntegersKeepTheirValues() throws IOException {
        byte[] ones = {-1, -1, -1, -1, -1, -1, -1, 0x7F};
        for (Tensor read :
                List.of(Safetensors.load(safetensors("U16", ones, 4)).get("a"), Npy.load(npy("<u2", ones, 4)))) {
            assertThat(read.dtype()).isEqualTo(DType.I32);
            assertThat(read.toIntArray()).containsExactly(65535, 65535, 65535, 32767);
        }
        for (Tensor read :
                List.of(Safetensors.load(safetensors("U32", ones, 2)).get("a"), Npy.load(npy("<u4", ones, 2)))) {
            assertThat(read.dtype()).isEqualTo(DType.I64);
            assertThat(read.toLongArray()).containsExactly(4294967295L, 2147483647L);
        }
        for (Tensor read :
                List.of(Safetensors.load(safetensors("U64", ones, 1)).get("a"), Npy.load(npy("<u8", ones, 1)))) {
            assertThat(read.toLongArray()).containsExactly(Long.MAX_VALUE);
        }
        assertThat(Npy.load(npy(">u2", new byte[] {1, 2}, 1)).toIntArray()).containsExactly(0x102);
        try (NpyFile rows = Npy.open(npy("<u2", ones, 4))) {
            assertThat(rows.dtype()).isEqualTo(DType.I32);
            assertThat(rows.rows(2, 4).toIntArray()).containsExactly(65535, 32767);
        }
    }

    @Test
    void anIntegerBeyondAllIsNamed() throws IOException {
        byte[] ones = {0, 0, 0, 0, 0, 0, 0, -128};
        for (Path file : List.of(safetensors("U64", ones, 1), npy("<u8", ones, 1))) {
            assertThatThrownBy(() -> {
                        if (file.toString().endsWith("npy")) {
                            Npy.load(file);
                        } else {
                            Safetensors.load(file);
                        }
                    })
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("uint64 9223372036854775808, which is beyond int64");
        }
    }

    @Test
    void longFilesAreWidenedPieceByPiece() throws IOException {
        byte[] elements = new byte[200_002];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (byte) (i * 31);
        }
        int[] read = Npy.load(npy("<u2", elements, 100_001)).toIntArray();
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).isEqualTo((elements[2 * i] & 0xFF) + 256 * (elements[2 * i + 1] & 0xFF));
        }
    }

    @Test
    void readsThemFromPyTorch() throws IOException {
        String pickle = "\u0080\2ctorch._utils\n_rebuild_tensor_v3\n((U\7storagectorch.storage\nUntypedStorage\n"
                + "U\0010U\3cpuK\6tQK\0K\3\u0085K\1\u0085\u0089ccollections\nOrderedDict\n)Rctorch\nuint16\ntR.";
        ZipBuilder zip = new ZipBuilder();
        zip.stored("m/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
        zip.stored("m/byteorder", "little");
        zip.stored("m/data/0", new byte[] {1, 0, 2, 0, -1, -1});
        Path file = Files.write(folder.resolve("a.pt"), zip.build());
        assertThat(TorchFile.load(file)).isInstanceOfSatisfying(Tensor.class, read -> {
            assertThat(read.dtype()).isEqualTo(DType.I32);
            assertThat(read.toIntArray()).containsExactly(1, 2, 65535);
        });
    }
}
