package io.flambeau.io;

import static io.flambeau.io.GoldenFilesTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.internal.zip.ZipBuilder;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyFilesTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheArraysItWrites() {
        Path file = folder.resolve("a.npy");
        for (DType dtype : DType.values()) {
            for (long[] sizes : new long[][] {{}, {0}, {5}, {2, 3, 4}}) {
                Tensor tensor = TestFiles.pattern(dtype, sizes);
                if (dtype == DType.BF16) {
                    assertThatThrownBy(() -> Npy.save(file, tensor)).hasMessageContaining("no dtype bfloat16");
                } else {
                    Npy.save(file, tensor);
                    assertSame(Npy.load(file), tensor);
                }
            }
        }
        Tensor transposed = TestFiles.pattern(DType.F32, 2, 3, 4).permute(2, 0, 1);
        Npy.save(file, transposed);
        assertSame(Npy.load(file), transposed);
    }

    @Test
    void readsBothOrdersOfBytesAndAxes() throws IOException {
        Path file = folder.resolve("a.npy");
        String dict = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }\n";
        byte[] head = ("\u0093NUMPY\1\0" + (char) dict.length() + "\0" + dict).getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 1, 0};
        byte[] whole = Arrays.copyOf(head, head.length + data.length);
        System.arraycopy(data, 0, whole, head.length, data.length);
        Files.write(file, whole);
        Tensor read = Npy.load(file);
        assertThat(read.strides()).containsExactly(1, 2);
        assertThat(read.toByteArray()).containsExactly(1, 0, 3, 0, 5, 0, 2, 0, 4, 0, 0, 1);
    }

    @Test
    void readsTheArchivesItWrites() {
        Path file = folder.resolve("a.npz");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("x", TestFiles.pattern(DType.F64, 3, 3));
        tensors.put("a b/\u00e9", TestFiles.pattern(DType.C64, 2));
        tensors.put("mask", TestFiles.pattern(DType.BOOL, 7));
        Npz.save(file, tensors);
        LinkedHashMap<String, Tensor> read = Npz.load(file);
        assertThat(read.sequencedKeySet()).containsExactlyElementsOf(tensors.keySet());
        assertSame(read, tensors);
        Npz.save(file, Map.of());
        assertThat(Npz.load(file)).isEmpty();
    }

    @Test
    void refusesArchivesOfOtherThings() throws IOException {
        Path array = folder.resolve("a.npy");
        Npy.save(array, TestFiles.pattern(DType.F32, 3));
        byte[] npy = Files.readAllBytes(array);
        Path file = folder.resolve("a.npz");

        ZipBuilder other = new ZipBuilder();
        other.stored("a.npy", npy);
        other.stored("readme.txt", "hello");
        Files.write(file, other.build());
        assertThatThrownBy(() -> Npz.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("\"readme.txt\" is no .npy file");

        ZipBuilder twice = new ZipBuilder();
        twice.stored("a.npy", npy);
        twice.deflated("a.npy", npy);
        Files.write(file, twice.build());
        assertThatThrownBy(() -> Npz.load(file)).hasMessageContaining("two entries named \"a.npy\"");

        ZipBuilder cut = new ZipBuilder();
        cut.stored("a.npy", Arrays.copyOf(npy, npy.length - 1));
        Files.write(file, cut.build());
        assertThatThrownBy(() -> Npz.load(file)).hasMessageContaining("!\"a.npy\": float32[3] needs 12 bytes");

        Files.write(file, npy);
        assertThatThrownBy(() -> Npz.load(file)).hasMessageContaining("no end of a ZIP directory");
        assertThatThrownBy(() -> Npy.load(folder.resolve("none.npy"))).hasMessageContaining("no such file");
    }

    @Test
    void refusesAnArrayOfThePopulationOfTheWorldInAFewBytes() throws IOException {
        Path file = folder.resolve("a.npy");
        String dict = "{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536), }\n";
        Files.write(
                file, ("\u0093NUMPY\1\0" + (char) dict.length() + "\0" + dict).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Npy.load(file)).hasMessageContaining("needs 34359738368 bytes, and 0 follow");
    }

    @Test
    void rowsAreReadOneByOne() throws IOException {
        Path file = folder.resolve("rows.npy");
        Npy.save(file, Tensors.arange(12).reshape(4, 3));
        NpyFile rows = Npy.open(file);
        try (rows) {
            assertThat(rows.shape().sizes()).containsExactly(4, 3);
            assertThat(rows.row(2).toLongArray()).containsExactly(6, 7, 8);
            assertThat(rows.rows(1, 3).shape().sizes()).containsExactly(2, 3);
            assertThat(rows.rows(1, 3).toLongArray()).containsExactly(3, 4, 5, 6, 7, 8);
            assertThat(rows.rows(4, 4).count()).isZero();
            for (long row : new long[] {-1, 4}) {
                assertThatThrownBy(() -> rows.row(row))
                        .isInstanceOf(IndexException.class)
                        .hasMessageContaining("4 of " + file);
            }
        }
        rows.close();
        assertThatThrownBy(() -> rows.row(0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("was closed");
        Npy.save(file, Tensors.scalar(1));
        assertThatThrownBy(() -> Npy.open(file)).hasMessageContaining("one number");
        byte[] fortran = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replace("'fortran_order': False, 'shape': (), ", "'fortran_order': True, 'shape':(1,1),")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, fortran);
        assertThat(Npy.load(file).shape().sizes()).containsExactly(1, 1);
        assertThatThrownBy(() -> Npy.open(file)).hasMessageContaining("Fortran order");
    }

    @Test
    void archivesAreCompressedOnRequest() throws IOException {
        Path file = folder.resolve("c.npz");
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("zeros", Tensors.zeros(1000, 10));
        arrays.put("x", TestFiles.pattern(DType.C64, 3, 5));
        Npz.saveCompressed(file, arrays);
        assertThat(Files.size(file)).isLessThan(2000);
        Map<String, Tensor> loaded = Npz.load(file);
        assertThat(loaded.keySet()).containsExactly("zeros", "x");
        arrays.forEach((name, array) -> assertSame(array, loaded.get(name)));
    }
}
