package io.flambeau.cli.train;

import io.flambeau.nn.F;
import io.flambeau.nn.Module;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.Tensor;

/** A small convolutional network for pictures of digits: [batch, 1, 28, 28] to the scores of ten classes. */
public final class DigitsNet extends Module {
    private final Conv2d conv1 =
            child("conv1", new Conv2d(1, 16, 3, Conv2d.options().padding(1)));
    private final BatchNorm2d bn1 = child("bn1", new BatchNorm2d(16));
    private final Conv2d conv2 =
            child("conv2", new Conv2d(16, 32, 3, Conv2d.options().padding(1)));
    private final BatchNorm2d bn2 = child("bn2", new BatchNorm2d(32));
    private final Linear fc1 = child("fc1", new Linear(32 * 7 * 7, 128));
    private final Dropout dropout = child("dropout", new Dropout(0.25));
    private final Linear fc2 = child("fc2", new Linear(128, 10));

    @Override
    protected Tensor forward(Tensor input) {
        Tensor x = F.maxPool2d(bn1.call(conv1.call(input)).relu(), 2);
        x = F.maxPool2d(bn2.call(conv2.call(x)).relu(), 2);
        x = fc1.call(x.flatten(1)).relu();
        return fc2.call(dropout.call(x));
    }
}
