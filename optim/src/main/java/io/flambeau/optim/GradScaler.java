package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scales the loss so that gradients of half precision do not underflow: a step with gradients that are not finite is left
 * out and the scale lowered; after many good steps it grows.
 *
 * <pre>{@code
 * scaler.scale(loss).backward();
 * scaler.step(optimizer);
 * scaler.update();
 * }</pre>
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/amp.html#gradient-scaling">torch.amp.GradScaler</a>
 */
public final class GradScaler {
    /**
     * How the scale changes.
     *
     * @param initial the first scale
     * @param growth the factor after {@code interval} good steps in a row
     * @param backoff the factor after a step that was left out
     */
    public record Options(double initial, double growth, double backoff, int interval) {
        public Options initial(double scale) {
            return new Options(scale, growth, backoff, interval);
        }

        public Options factors(double up, double down) {
            return new Options(initial, up, down, interval);
        }

        public Options interval(int steps) {
            return new Options(initial, growth, backoff, steps);
        }
    }

    private final Options options;
    private final Map<Optimizer, Boolean> finite = new IdentityHashMap<>();
    private double scale;
    private int good;

    /** PyTorch's: 65,536, times 2 after 2,000 good steps, times 0.5 after a bad one. */
    public static Options options() {
        return new Options(65536, 2, 0.5, 2000);
    }

    public GradScaler() {
        this(options());
    }

    public GradScaler(Options options) {
        if (!(options.growth > 1 && options.backoff > 0 && options.backoff < 1)) {
            throw new ArgumentException(
                    "GradScaler", "growth must be above 1 and backoff between 0 and 1: " + options, Fault.BAD_ARGUMENT);
        }
        this.options = options;
        this.scale = options.initial;
    }

    /** The loss times the scale. */
    public Tensor scale(Tensor loss) {
        return loss.mul(scale);
    }

    /**
     * Divides the optimizer's gradients by the scale, for example before they are clipped; {@link #step} does it
     * otherwise.
     *
     * @throws TensorException if it was done already since the last update
     */
    public void unscale(Optimizer optimizer) {
        if (finite.containsKey(optimizer)) {
            throw new TensorException(
                    "GradScaler", "the gradients are unscaled already; call update first", Fault.BAD_STATE);
        }
        boolean all = true;
        for (ParamGroup group : optimizer.groups()) {
            for (Tensor p : group.parameters()) {
                Tensor g = p.grad();
                if (g != null) {
                    all &= unscaled(g);
                }
            }
        }
        finite.put(optimizer, all);
    }

    /** Divides in place; whether all is finite. */
    private boolean unscaled(Tensor gradient) {
        return Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("GradScaler")) {
                gradient.mul_(1 / scale);
                return gradient.isfinite().all().itemBoolean();
            }
        });
    }

    /** Steps if all gradients are finite; says whether it did. */
    public boolean step(Optimizer optimizer) {
        if (!finite.containsKey(optimizer)) {
            unscale(optimizer);
        }
        boolean steps = Boolean.TRUE.equals(finite.get(optimizer));
        if (steps) {
            optimizer.step();
        }
        return steps;
    }

    /** Changes the scale for the next step. */
    public void update() {
        if (finite.isEmpty()) {
            throw new TensorException("GradScaler", "there was no step since the last update", Fault.BAD_STATE);
        }
        if (finite.containsValue(false)) {
            scale *= options.backoff;
            good = 0;
        } else if (++good == options.interval) {
            scale *= options.growth;
            good = 0;
        }
        finite.clear();
    }

    /** The present scale. */
    public double scale() {
        return scale;
    }

    /** Scale and count of good steps, under PyTorch's keys. */
    public Map<String, Object> stateDict() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("scale", scale);
        state.put("growth_factor", options.growth);
        state.put("backoff_factor", options.backoff);
        state.put("growth_interval", (long) options.interval);
        state.put("_growth_tracker", (long) good);
        return state;
    }

    /** Goes on where {@link #stateDict} was taken. */
    public void loadStateDict(Map<String, ?> state) {
        if (!(state.get("scale") instanceof Number saved) || !(state.get("_growth_tracker") instanceof Number steps)) {
            throw new TensorException(
                    "GradScaler",
                    "the state has no numbers scale and _growth_tracker, only " + state.keySet(),
                    Fault.STATE_DICT);
        }
        scale = saved.doubleValue();
        good = steps.intValue();
    }
}
