package io.flambeau.examples;

import io.flambeau.nn.Module;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** A forward pass with a loop and a condition: the graph is whatever the program did. */
public final class ControlFlow {
    private ControlFlow() {}

    /** Halves its state until it is small, and counts. */
    static final class Shrinking extends Module {
        private final Linear step = child("step", new Linear(4, 4));
        private int rounds;

        @Override
        protected Tensor forward(Tensor input) {
            Tensor x = input;
            rounds = 0;
            while (x.abs().amax().item() > 0.1) {
                x = rounds % 2 == 0 ? step.call(x).tanh().mul(0.5) : x.mul(0.5);
                rounds++;
            }
            return x.sum();
        }
    }

    public static void main(String[] args) {
        Tensors.manualSeed(1);
        Shrinking model = new Shrinking();
        Tensor y = model.call(Tensors.ones(1, 4));
        y.backward();
        System.out.println(model.rounds > 0 ? "looped" : "did not loop");
        System.out.println(
                "gradient of the weight: " + model.step.weight().grad().shape());
    }
}
