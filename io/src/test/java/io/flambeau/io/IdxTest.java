package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tck.TestData;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    private Path folder;

    private static byte[] idx(int type, int[] sizes, int dataBytes) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + dataBytes);
        file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
        for (int size : sizes) {
            file.putInt(size);
        }
        for (int i = 0; i < dataBytes; i++) {
            file.put((byte) (i % 10));
        }
        return file.array();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some.gz"), bytes);
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> Idx.load(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsGzippedOrNotWhateverTheName() throws IOException {
        byte[] plain = idx(8, new int[] {2, 3, 4}, 24);
        for (byte[] bytes : new byte[][] {plain, gzip(plain)}) {
            Tensor images = Idx.images(file(bytes));
            assertThat(images.dtype()).isEqualTo(DType.U8);
            assertThat(images.shape()).isEqualTo(Shape.of(2, 3, 4));
            assertThat(images.toByteArray()).isEqualTo(Arrays.copyOfRange(plain, 16, 40));
        }
    }

    @Test
    void readsBigEndianElements() throws IOException {
        byte[] plain = idx(0x0B, new int[] {2}, 4);
        assertThat(Idx.load(file(plain)).toByteArray()).containsExactly(1, 0, 3, 2);
    }

    @Test
    void readsMnist() {
        Idx.Labelled test = Idx.labelled(
                TestData.require("data/mnist/t10k-images-idx3-ubyte.gz"),
                TestData.require("data/mnist/t10k-labels-idx1-ubyte.gz"),
                10);
        assertThat(test.images().shape()).isEqualTo(Shape.of(10000, 28, 28));
        assertThat(test.labels().toLongArray())
                .startsWith(7, 2, 1, 0, 4, 1, 4, 9, 5, 9)
                .hasSize(10000);
    }

    @Test
    void refusesLabelsThatDoNotFit() throws IOException {
        Path labels = file(idx(8, new int[] {12}, 12));
        assertThat(Idx.labels(labels, 10).toLongArray()).startsWith(0, 1, 2);
        assertThatThrownBy(() -> Idx.labels(labels, 9))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("label 9 at place 9; there are 9 classes");
        assertThatThrownBy(() -> Idx.images(labels)).hasMessageContaining("bytes of rank 3 are needed");
        Path images = Files.write(folder.resolve("images"), idx(8, new int[] {3, 1, 1}, 3));
        assertThatThrownBy(() -> Idx.labelled(images, labels, 10)).hasMessageContaining("3 images and 12 labels");
        assertThatThrownBy(() -> Idx.labels(images, 10)).hasMessageContaining("bytes of rank 1 are needed");
    }

    @Test
    void refusesHeadersThatLie() throws IOException {
        refused(idx(7, new int[] {1}, 1), "unknown type 0x07");
        refused(idx(0x0A, new int[] {1}, 1), "unknown type 0x0a");
        refused(idx(8, new int[0], 1), "its rank is 0");
        refused(idx(8, new int[255], 1), "its rank is 255");
        refused(idx(8, new int[] {-1}, 1), "negative");
        refused(idx(8, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, 2}, 1), "needs 9223372028264841234");
        refused(idx(8, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE}, 1), "overflows");
        refused(idx(8, new int[] {5}, 4), "needs 13 bytes, and it has 12");
        refused(idx(8, new int[] {5}, 6), "needs 13 bytes, and it has 14");
        byte[] magic = idx(8, new int[] {1}, 1);
        magic[0] = 1;
        refused(magic, "does not begin as an IDX file");
    }

    @Test
    void refusesGzipThatLies() throws IOException {
        byte[] plain = idx(8, new int[] {1000}, 1000);
        byte[] gz = gzip(plain);
        refused(gzip(gz), "does not begin as an IDX file");
        refused(Arrays.copyOf(gz, gz.length + 1), "bytes follow the end of its gzip stream");
        byte[] sum = gz.clone();
        sum[gz.length - 8]++;
        refused(sum, "check sum");
        byte[] length = gz.clone();
        length[gz.length - 1]++;
        refused(length, "check sum or length");
        byte[] flags = gz.clone();
        flags[3] = (byte) 0xE0;
        refused(flags, "flags");
        for (int n = 0; n < gz.length; n++) {
            refused(Arrays.copyOf(gz, n), "");
        }
    }

    @Test
    void stopsABombAtItsDeclaredSize() throws IOException {
        byte[] bomb = gzip(Arrays.copyOf(idx(8, new int[] {100}, 100), 50_000_000));
        Path file = file(bomb);
        long allocated = TestFiles.allocatedBytes(() ->
                assertThatThrownBy(() -> Idx.load(file)).hasMessageContaining("more than the 108 bytes it claims"));
        assertThat(allocated).isLessThan(1_000_000);
        refused(gzip(idx(8, new int[] {1 << 30}, 100)), "inflates to 108 bytes and claims");
    }
}
