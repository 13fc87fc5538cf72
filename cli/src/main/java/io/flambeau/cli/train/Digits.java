package io.flambeau.cli.train;

import io.flambeau.data.TensorDataset;
import io.flambeau.io.Idx;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures to learn from and pictures to be tested with.
 *
 * @param name what they are, for the user
 */
record Digits(String name, TensorDataset train, TensorDataset test) {
    private static final int DRAWN_TRAIN = 12_000;
    private static final int DRAWN_TEST = 2_000;

    /** Digits that the program draws; the held-back ones come from another seed. */
    static Digits drawn() {
        return drawn(DRAWN_TRAIN, DRAWN_TEST);
    }

    static Digits drawn(int train, int test) {
        return new Digits(train + " drawn digits", DrawnDigits.dataset(train, 1), DrawnDigits.dataset(test, 2));
    }

    /** The four IDX files of MNIST or its kin in a folder, gzipped or not. */
    static Digits idx(Path folder) {
        TensorDataset train = part(folder, "train");
        TensorDataset test = part(folder, "t10k");
        return new Digits(train.size() + " digits of " + folder, train, test);
    }

    private static TensorDataset part(Path folder, String name) {
        Idx.Labelled read =
                Idx.labelled(file(folder, name + "-images-idx3-ubyte"), file(folder, name + "-labels-idx1-ubyte"), 10);
        Tensor images = read.images();
        if (images.size(1) != DrawnDigits.SIZE || images.size(2) != DrawnDigits.SIZE) {
            throw refusal(
                    "--data",
                    "the pictures in " + folder + " are " + images.size(1) + " x " + images.size(2)
                            + ", the network takes 28 x 28");
        }
        return new TensorDataset(scaled(images.unsqueeze(1)), read.labels());
    }

    /** The exception for an option whose value does not serve. */
    static ArgumentException refusal(String option, String problem) {
        return new ArgumentException(option, problem, Fault.BAD_ARGUMENT);
    }

    private static Path file(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(packed)) {
            throw refusal(
                    "--data",
                    folder + " has no " + name + " or " + packed.getFileName()
                            + "; the four IDX files of MNIST belong there");
        }
        return Files.exists(plain) ? plain : packed;
    }

    /** Bytes as numbers from 0 to 1. */
    static Tensor scaled(Tensor bytes) {
        return bytes.to(DType.F32).mul(1.0 / 255);
    }
}
