package io.flambeau.cli.train;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Brings a picture to a square size. */
final class Resize {
    private Resize() {}

    /** The mean over the area that each new pixel covers; a picture of the size itself. */
    static Tensor to(Tensor image, int size) {
        if (image.size(0) == size && image.size(1) == size) {
            return image;
        }
        Tensor rows = weights((int) image.size(0), size);
        Tensor columns = weights((int) image.size(1), size);
        return rows.matmul(image).matmul(columns.t());
    }

    /** Which share of each old pixel goes into each new one: [size, old]. */
    private static Tensor weights(int old, int size) {
        float[] shares = new float[size * old];
        double scale = (double) old / size;
        for (int i = 0; i < size; i++) {
            double from = i * scale;
            double to = Math.max((i + 1) * scale, from);
            for (int j = (int) from; j < Math.min(old, Math.ceil(to)); j++) {
                double overlap = Math.min(to, j + 1) - Math.max(from, j);
                shares[i * old + j] = (float) (overlap / scale);
            }
        }
        return Tensors.of(shares, size, old);
    }
}
