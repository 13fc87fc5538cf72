package io.flambeau.io;

import static io.flambeau.io.GoldenFilesTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
    @TempDir
    private Path folder;

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    @ParameterizedTest
    @EnumSource(Images.Mode.class)
    void readsThePicturesItWrites(Images.Mode mode) {
        Path file = folder.resolve("a.png");
        Tensor image = TestFiles.pattern(DType.U8, mode.channels(), 5, 7);
        Images.writePng(file, image);
        assertThat(Images.size(file)).isEqualTo(Shape.of(5, 7));
        assertSame(Images.read(file, mode), image);
    }

    @Test
    void keepsGrayAsItIsInAllModes() throws IOException {
        Path file = folder.resolve("a.png");
        Tensor gray = TestFiles.pattern(DType.U8, 4, 4);
        Images.writePng(file, gray);
        assertThat(Images.read(file, Images.Mode.GRAY).toByteArray()).isEqualTo(gray.toByteArray());
        byte[] rgb = Images.read(file, Images.Mode.RGB).toByteArray();
        assertThat(Arrays.copyOfRange(rgb, 32, 48)).isEqualTo(gray.toByteArray());
        Images.writePng(file, Images.read(file, Images.Mode.RGB));
        assertThat(Images.read(file, Images.Mode.GRAY).toByteArray()).isEqualTo(gray.toByteArray());
    }

    @Test
    void readsPalettesAndSixteenBits() throws IOException {
        byte[] red = {0, (byte) 255};
        byte[] none = {0, 0};
        BufferedImage palette =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, none, none));
        palette.getRaster().setSample(1, 0, 0, 1);
        assertThat(Images.read(write(palette, "png"), Images.Mode.RGB).toByteArray())
                .containsExactly(0, 255, 0, 0, 0, 0);
        assertThat(Images.read(write(palette, "gif"), Images.Mode.RGB).toByteArray())
                .containsExactly(0, 255, 0, 0, 0, 0);
        BufferedImage wide = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        wide.getRaster().setSample(1, 0, 0, 0xABCD);
        assertThat(Images.read(write(wide, "png"), Images.Mode.GRAY).toByteArray())
                .containsExactly(0, 0xAB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void refusesDamageAsOneKindOfError(String format) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, i * 0x010307);
        }
        Path file = write(image, format);
        assertThat(Images.read(file, Images.Mode.RGB).shape()).isEqualTo(Shape.of(3, 16, 16));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i += 1 + whole.length / 400) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0x55;
            Files.write(file, changed);
            survives(file);
            Files.write(file, Arrays.copyOf(whole, i));
            survives(file);
        }
    }

    private static void survives(Path file) {
        try {
            Images.read(file, Images.Mode.RGB);
        } catch (FormatException e) {
            assertThat(e).hasMessageStartingWith("Images.read: ");
        }
    }

    /** A PNG of the given size with hardly any data. */
    private static byte[] png(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes())
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        return ByteBuffer.allocate(33)
                .putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
    }

    @Test
    void refusesPicturesThatClaimTooMuchBeforeDecoding() throws IOException {
        Path file = folder.resolve("a.png");
        Files.write(file, png(65535, 65535));
        assertThatThrownBy(() -> Images.read(file, Images.Mode.RGB))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("65535 x 65535 pixels are more than");
        Files.write(file, png(8000, 8000));
        long allocated = TestFiles.allocatedBytes(() -> assertThatThrownBy(() -> Images.read(file, Images.Mode.RGB))
                .hasMessageContaining("8000 x 8000 pixels, more than it can hold"));
        assertThat(allocated).isLessThan(4_000_000);
        Files.write(file, png(-1, 5));
        assertThatThrownBy(() -> Images.read(file, Images.Mode.RGB)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesWhatIsNoPicture() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "hello");
        assertThatThrownBy(() -> Images.read(file, Images.Mode.RGB))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it is no picture of a known format");
        assertThatThrownBy(() -> Images.size(folder.resolve("none.png"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Images.writePng(file, TestFiles.pattern(DType.F32, 3, 4, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("float32[3, 4, 4] is no picture");
        assertThatThrownBy(() -> Images.writePng(file, TestFiles.pattern(DType.U8, 2, 4, 4)))
                .isInstanceOf(ShapeException.class);
        assertThat(Files.readString(file)).isEqualTo("hello");
    }
}
