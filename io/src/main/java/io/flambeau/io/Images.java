package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.image.Pixels;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pictures as tensors: uint8 of shape [channels, height, width], as torchvision has them.
 *
 * {@snippet :
 * Tensor digit = Images.read(Path.of("seven.png"), Images.Mode.GRAY); // uint8 [1, 28, 28]
 * Images.writePng(Path.of("copy.png"), digit);
 * }
 *
 * <p>PNG, JPEG, GIF (its first picture) and BMP. 16-bit channels are reduced to 8, palettes are resolved, EXIF rotation
 * is not applied.
 */
public final class Images {
    /** Larger pictures are refused before they are decoded. */
    public static final long MAX_PIXELS = 1L << 27;

    /** No format packs more pixels into a byte: deflate's ratio times eight pixels of one bit. */
    private static final long MOST_PIXELS_PER_BYTE = 1032 * 8;

    private Images() {}

    /** Which channels a picture shall have, whatever the file has. */
    public enum Mode {
        /** One channel; of colours the luma of ITU-R BT.601. */
        GRAY(1),
        /** Red, green and blue; transparency is dropped. */
        RGB(3),
        /** Red, green, blue and opacity. */
        RGBA(4);

        private final int channels;

        Mode(int channels) {
            this.channels = channels;
        }

        public int channels() {
            return channels;
        }
    }

    /**
     * The height and width of a picture, which is not decoded.
     *
     * @throws FormatException if there is no such file, or it is no picture
     */
    public static Shape size(Path file) {
        return decode("Images.size", file, (_, reader) -> Shape.of(reader.getHeight(0), reader.getWidth(0)));
    }

    /**
     * Reads a picture.
     *
     * @return uint8 of shape [channels of the mode, height, width]
     * @throws FormatException if there is no such file, it is no picture, it is damaged, or it is too large
     */
    public static Tensor read(Path file, Mode mode) {
        return decode("Images.read", file, (source, reader) -> {
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MAX_PIXELS) {
                throw source.refuse(
                        width + " x " + height + " pixels are more than the " + MAX_PIXELS + " allowed",
                        "scale it down");
            }
            if (width * height / MOST_PIXELS_PER_BYTE > Files.size(file)) {
                throw source.bad("it claims " + width + " x " + height + " pixels, more than it can hold");
            }
            byte[] planes = Pixels.planes(reader.read(0), mode.channels());
            return Tensors.fromMemory(MemorySegment.ofArray(planes), DType.U8, mode.channels(), height, width);
        });
    }

    private interface Decoding<T> {
        T decode(Source source, ImageReader reader) throws IOException;
    }

    private static <T> T decode(String operation, Path file, Decoding<T> decoding) {
        Source source = Source.ofFile(operation, file);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                ImageInputStream image = new MemoryCacheImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
            if (!readers.hasNext()) {
                throw source.refuse("it is no picture of a known format", "use PNG, JPEG, GIF or BMP");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(image, true, true);
                return decoding.decode(source, reader);
            } finally {
                reader.dispose();
            }
        } catch (TensorException e) {
            throw e;
        } catch (IIOException | RuntimeException e) {
            // The decoders of the JDK answer damage with exceptions of every kind.
            throw source.broken("it cannot be decoded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw source.failed("read", e, "check the path and its permissions");
        }
    }

    /**
     * Writes a picture as PNG, replacing the file in one step.
     *
     * @param image uint8 of shape [height, width] or [1, 3 or 4 channels, height, width]
     * @throws FormatException if the file cannot be written; the old one, if any, is then as it was
     */
    public static void writePng(Path file, Tensor image) {
        String operation = "Images.writePng";
        Shape shape = image.shape();
        long channels = shape.rank() == 2 ? 1 : shape.rank() == 3 ? shape.size(0) : 0;
        boolean known = channels == 1 || channels == 3 || channels == 4;
        if (image.dtype() != DType.U8 || !known || shape.count() == 0 || shape.count() > Integer.MAX_VALUE - 8) {
            throw new ShapeException(
                    operation,
                    image.dtype() + shape.toString() + " is no picture: uint8 of shape [height, width] or"
                            + " [1, 3 or 4, height, width] is needed",
                    Fault.BAD_ARGUMENT);
        }
        BufferedImage pixels =
                Pixels.image(image.toByteArray(), (int) channels, (int) shape.size(-2), (int) shape.size(-1));
        AtomicFile.write(operation, file, channel -> {
            if (!ImageIO.write(pixels, "png", Channels.newOutputStream(channel))) {
                throw new IOException("this JDK writes no PNG");
            }
        });
    }
}
