package io.flambeau.examples;

import io.flambeau.nn.Module;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.layer.Sigmoid;
import io.flambeau.nn.loss.BCELoss;
import io.flambeau.optim.Adam;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** A network that learns exclusive or. */
public final class Xor {
    private Xor() {}

    public static void main(String[] args) {
        Tensors.manualSeed(7);
        Tensor x = Tensors.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor y = Tensors.of(new float[][] {{0}, {1}, {1}, {0}});
        Module model = new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1), new Sigmoid());
        BCELoss loss = new BCELoss();
        Adam optimizer = new Adam(model.parameters(), Adam.options().lr(0.05));
        for (int i = 0; i < 1000; i++) {
            try (Scope _ = Scope.open("step")) {
                optimizer.zeroGrad();
                loss.call(model.call(x), y).backward();
                optimizer.step();
            }
        }
        System.out.println(model.call(x).detach().round());
    }
}
