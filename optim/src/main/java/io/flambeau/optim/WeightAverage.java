package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Averages of parameters over the steps of training, which often generalise better than the last values: an exponential
 * moving average, or the plain mean of stochastic weight averaging (Izmailov and others, 2018).
 *
 * <pre>{@code
 * WeightAverage average = WeightAverage.exponential(model.namedParameters(), 0.999);
 * optimizer.step();
 * average.update();
 * double accuracy = average.with(() -> evaluate(model));
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema">torch.optim.swa_utils</a>
 */
public final class WeightAverage {
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final double decay;
    private long count;

    private WeightAverage(Map<String, Tensor> parameters, double decay) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.decay = decay;
        parameters.forEach((name, p) -> averages.put(
                name, Optimizer.lasting(() -> Tensors.noGrad(() -> p.detach().clone()))));
    }

    /**
     * decay times the average plus (1 - decay) times the new value; the first value counts fully.
     *
     * @param decay from 0 to 1
     */
    public static WeightAverage exponential(Map<String, Tensor> parameters, double decay) {
        if (!(decay >= 0 && decay <= 1)) {
            throw new ArgumentException(
                    "WeightAverage", "the decay is " + decay + "; it must lie between 0 and 1", Fault.BAD_ARGUMENT);
        }
        return new WeightAverage(parameters, decay);
    }

    /** The mean of all values at the updates. */
    public static WeightAverage equal(Map<String, Tensor> parameters) {
        return new WeightAverage(parameters, Double.NaN);
    }

    /** Takes the present values in. */
    public void update() {
        double share = count == 0 ? 1 : Double.isNaN(decay) ? 1.0 / (count + 1) : 1 - decay;
        Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("WeightAverage")) {
                averages.forEach((name, average) -> {
                    Tensor now = parameters.get(name);
                    if (now != null) {
                        average.add_(now.detach().sub(average).mul(share));
                    }
                });
            }
        });
        count++;
    }

    /** Runs the body with the averages in the parameters' place. */
    public <T> T with(Supplier<T> body) {
        exchange();
        try {
            return body.get();
        } finally {
            exchange();
        }
    }

    private void exchange() {
        Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("WeightAverage")) {
                parameters.forEach((name, p) -> {
                    Tensor average = averages.get(name);
                    if (average != null) {
                        Tensor value = p.detach().clone();
                        p.copy_(average);
                        average.copy_(value);
                    }
                });
            }
        });
    }

    /** The averages by name, as a state dict for a module of the same parameters. */
    public Map<String, Tensor> values() {
        return new LinkedHashMap<>(averages);
    }

    /** How many updates there were. */
    public long count() {
        return count;
    }

    /**
     * Goes on where another average was.
     *
     * @param values as {@link #values} gave them
     * @param updates as {@link #count} gave it
     */
    public void load(Map<String, Tensor> values, long updates) {
        if (!values.keySet().equals(averages.keySet())) {
            throw new ArgumentException(
                    "WeightAverage",
                    "the saved averages are of " + values.keySet() + ", not of " + averages.keySet(),
                    Fault.STATE_DICT);
        }
        Tensors.noGrad(() -> averages.forEach((name, average) -> {
            Tensor value = values.get(name);
            if (value != null) {
                average.copy_(value);
            }
        }));
        count = updates;
    }
}
