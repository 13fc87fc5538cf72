package io.flambeau.cli.train;

import io.flambeau.io.Images;
import io.flambeau.io.Safetensors;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.nio.file.Path;

/** A trained network that reads pictures of digits. */
public final class Reading {
    /**
     * What a picture shows.
     *
     * @param share how sure the network is, from 0 to 1
     */
    public record Answer(long digit, double share) {}

    private final DigitsNet model = new DigitsNet();

    public Reading(Path file) {
        model.loadStateDict(Safetensors.load(file));
        model.eval();
    }

    /**
     * Reads a picture of any size, which is brought to 28 x 28.
     *
     * @param dark whether the digit is darker than its ground
     */
    public Answer read(Path image, boolean dark) {
        return Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("read")) {
                Tensor pixels = Digits.scaled(Images.read(image, Images.Mode.GRAY));
                if (dark) {
                    pixels = pixels.rsub(1);
                }
                Tensor scores = model.call(Resize.to(pixels.select(0, 0), DrawnDigits.SIZE)
                        .reshape(1, 1, DrawnDigits.SIZE, DrawnDigits.SIZE));
                Tensor shares = scores.softmax(1);
                long digit = shares.argmax(1).itemLong();
                return new Answer(digit, shares.select(1, digit).item());
            }
        });
    }
}
