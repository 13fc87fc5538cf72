package io.flambeau.cli.train;

import io.flambeau.data.TensorDataset;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.SplittableRandom;

/**
 * Digits that the program draws itself: strokes of a random pen under a random affine map, with noise. White on black,
 * 28 x 28, values in [0, 1].
 */
final class DrawnDigits {
    static final int SIZE = 28;

    private DrawnDigits() {}

    /**
     * So many digits, the classes in turn.
     *
     * @param seed decides everything; another seed gives other digits
     */
    static TensorDataset dataset(int count, long seed) {
        float[] pixels = new float[count * SIZE * SIZE];
        long[] labels = new long[count];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            labels[i] = i % 10;
            draw((int) labels[i], random.split(), pixels, i * SIZE * SIZE);
        }
        Tensor images = Tensors.of(pixels, count, 1, SIZE, SIZE);
        return new TensorDataset(images, Tensors.of(labels, count));
    }

    private static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static void draw(int digit, SplittableRandom random, float[] pixels, int at) {
        double turn = Math.toRadians(between(random, -18, 18));
        double width = between(random, 13, 21);
        double height = between(random, 16, 23);
        double shear = between(random, -0.25, 0.25);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        double x0 = SIZE / 2.0 + between(random, -2.5, 2.5);
        double y0 = SIZE / 2.0 + between(random, -2.5, 2.5);
        double pen = between(random, 0.8, 1.9);
        double ink = between(random, 0.75, 1);
        double noise = between(random, 0, 0.12);
        double[][] strokes = Glyphs.strokes(digit, random.nextBoolean());
        for (double[] s : strokes) {
            for (int end = 0; end < 4; end += 2) {
                double x = (s[end] - 0.5) * width + between(random, -0.35, 0.35);
                double y = (s[end + 1] - 0.5) * height + between(random, -0.35, 0.35);
                x += shear * y;
                s[end] = x0 + cos * x - sin * y;
                s[end + 1] = y0 + sin * x + cos * y;
            }
        }
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double nearest = Double.MAX_VALUE;
                for (double[] s : strokes) {
                    nearest = Math.min(nearest, distance(s, column + 0.5, row + 0.5));
                }
                double value = ink * Math.clamp(pen + 0.5 - Math.sqrt(nearest), 0, 1);
                value += noise * (random.nextDouble() - 0.5) * 2;
                pixels[at++] = (float) Math.clamp(value, 0, 1);
            }
        }
    }

    /** The squared distance of a point from a straight piece. */
    private static double distance(double[] s, double x, double y) {
        double dx = s[2] - s[0];
        double dy = s[3] - s[1];
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : Math.clamp(((x - s[0]) * dx + (y - s[1]) * dy) / length, 0, 1);
        double px = s[0] + along * dx - x;
        double py = s[1] + along * dy - y;
        return px * px + py * py;
    }
}
