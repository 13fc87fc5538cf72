package io.flambeau.io.internal.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Turns the JDK's images into planes of bytes, one per channel, and back. */
public final class Pixels {
    private static final int OPAQUE = 0xFF000000;

    private Pixels() {}

    /**
     * The planes of an image, one after the other.
     *
     * @param channels 1 for gray, 3 for colours, 4 for colours and opacity
     */
    public static byte[] planes(BufferedImage image, int channels) {
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = Math.multiplyExact(width, height);
        byte[] planes = new byte[Math.multiplyExact(plane, channels)];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            readRow(image, y, row);
            for (int x = 0; x < width; x++) {
                put(planes, plane, y * width + x, channels, row[x]);
            }
        }
        return planes;
    }

    /** Reads a row as 8-bit opacity, red, green and blue. */
    private static void readRow(BufferedImage image, int y, int[] row) {
        ColorModel model = image.getColorModel();
        boolean gray = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !isIndexed(model);
        if (!gray) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            return;
        }
        // getRGB takes gray for linear light and would brighten it; the samples are what the file says.
        Raster raster = image.getRaster();
        int shift = Math.max(model.getComponentSize(0) - 8, 0);
        boolean alpha = model.hasAlpha();
        for (int x = 0; x < row.length; x++) {
            int level = raster.getSample(x, y, 0) >> shift & 0xFF;
            int opacity = alpha ? raster.getSample(x, y, 1) >> shift & 0xFF : 0xFF;
            row[x] = opacity << 24 | level << 16 | level << 8 | level;
        }
    }

    private static boolean isIndexed(ColorModel model) {
        return model instanceof IndexColorModel;
    }

    private static void put(byte[] planes, int plane, int at, int channels, int argb) {
        int red = argb >> 16 & 0xFF;
        int green = argb >> 8 & 0xFF;
        int blue = argb & 0xFF;
        if (channels == 1) {
            // ITU-R BT.601 in 16 fractional bits; the weights sum to one, so that gray stays as it is.
            planes[at] = (byte) (19595 * red + 38470 * green + 7471 * blue + 0x8000 >> 16);
            return;
        }
        planes[at] = (byte) red;
        planes[at + plane] = (byte) green;
        planes[at + 2 * plane] = (byte) blue;
        if (channels == 4) {
            planes[at + 3 * plane] = (byte) (argb >> 24);
        }
    }

    /** The image of planes. */
    public static BufferedImage image(byte[] planes, int channels, int height, int width) {
        int type = switch (channels) {
            case 1 -> BufferedImage.TYPE_BYTE_GRAY;
            case 3 -> BufferedImage.TYPE_INT_RGB;
            default -> BufferedImage.TYPE_INT_ARGB;
        };
        BufferedImage image = new BufferedImage(width, height, type);
        int plane = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (channels == 1) {
                    image.getRaster().setSample(x, y, 0, planes[at] & 0xFF);
                } else {
                    int opacity = channels == 4 ? planes[at + 3 * plane] << 24 : OPAQUE;
                    int red = (planes[at] & 0xFF) << 16;
                    int green = (planes[at + plane] & 0xFF) << 8;
                    image.setRGB(x, y, opacity | red | green | planes[at + 2 * plane] & 0xFF);
                }
            }
        }
        return image;
    }
}
