package io.flambeau.examples;

import io.flambeau.io.Safetensors;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A state dict as a safetensors file, which PyTorch's users can read too. */
public final class SaveAndLoad {
    private SaveAndLoad() {}

    private static Sequential model() {
        return new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
    }

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("model", ".safetensors");
        try {
            Sequential trained = model();
            Safetensors.save(file, trained.stateDict());
            Sequential loaded = model();
            loaded.loadStateDict(Safetensors.load(file));
            Tensor x = Tensors.ones(1, 3);
            System.out.println(loaded.stateDict().keySet());
            System.out.println(
                    "same answer: " + loaded.call(x).eq(trained.call(x)).all().itemBoolean());
        } finally {
            Files.delete(file);
        }
    }
}
