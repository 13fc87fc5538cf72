package io.flambeau.examples;

import io.flambeau.nn.Module;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.loss.MSELoss;
import io.flambeau.optim.Sgd;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Locale;

/** A module of one's own and the training loop of five lines. */
public final class SimpleNet extends Module {
    private final Linear fc1 = child("fc1", new Linear(10, 50));
    private final Linear fc2 = child("fc2", new Linear(50, 1));

    @Override
    protected Tensor forward(Tensor input) {
        return fc2.call(fc1.call(input).relu());
    }

    public static void main(String[] args) {
        Tensors.manualSeed(0);
        SimpleNet model = new SimpleNet();
        MSELoss criterion = new MSELoss();
        Sgd optimizer = new Sgd(model.parameters(), Sgd.options().lr(0.05));
        Tensor inputs = Tensors.randn(64, 10);
        Tensor targets = inputs.sum(true, 1);
        for (int epoch = 0; epoch <= 200; epoch++) {
            optimizer.zeroGrad();
            Tensor loss = criterion.call(model.call(inputs), targets);
            loss.backward();
            optimizer.step();
            if (epoch % 100 == 0) {
                System.out.println(String.format(Locale.ROOT, "epoch %d  loss %.4f", epoch, loss.item()));
            }
        }
    }
}
