package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Region;
import io.flambeau.tensor.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call under a checkpoint: the graph is drawn, but what its nodes save is only counted; when a backward asks for
 * the first value, the call runs again and all of them are there.
 *
 * <p>Note [Running again]: the second run saves its values in the order in which the first one counted them. It runs
 * under the modes of the first and from the same position of the standard random stream; its own graph is dropped.
 */
public final class Frame {
    private static final ScopedValue<@Nullable Frame> CURRENT = ScopedValue.newInstance();

    private final Rerun.Body body;
    private final Modes modes = Modes.current();
    private final Generator.State random = Generator.standard().state();
    private final Kept[] inputs;

    private int count;
    private int freed;
    private @Nullable List<@Nullable Kept> values;

    private Frame(Rerun.Body body, Tensor[] in) {
        this.body = body;
        this.inputs = new Kept[in.length];
        for (int i = 0; i < in.length; i++) {
            inputs[i] = Kept.of("checkpoint", in[i]);
        }
    }

    /** Runs a body whose graph is none of the checkpoint's. */
    static <T extends @Nullable Object> T outside(Supplier<T> body) {
        return CURRENT.isBound() ? ScopedValue.where(CURRENT, null).call(body::get) : body.get();
    }

    static @Nullable Frame current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Calls the body; the graph of its outputs keeps the inputs alone. */
    public static Tensor[] call(Rerun.Body body, Tensor[] in) {
        if (!Modes.current().grad()) {
            return body.apply(in);
        }
        Frame frame = new Frame(body, in);
        try (Region region = Region.open("checkpoint")) {
            Tensor[] out = ScopedValue.where(CURRENT, frame).call(() -> body.apply(in));
            frame.freeInputsIfDone();
            for (Tensor t : out) {
                Storage storage = Checks.storage(t);
                if (storage != null) {
                    region.keep(storage);
                }
            }
            return out;
        }
    }

    /** Counts a value in the first run, saves it in the second. */
    synchronized Kept keep(String operation, Tensor value) {
        if (values != null) {
            Saved saved = new Saved(operation, value);
            values.add(saved);
            return saved;
        }
        return new Deferred(this, count++, Slot.of(value));
    }

    synchronized Kept value(int index) {
        List<@Nullable Kept> all = values == null ? replay() : values;
        Kept value = index < all.size() ? all.get(index) : null;
        if (value == null || all.size() != count) {
            throw new GradientException(
                    "checkpoint",
                    "the function saved " + count + " values when it was called and " + all.size()
                            + " when it ran again for the gradient; it must do the same both times",
                    Fault.NOT_DIFFERENTIABLE);
        }
        return value;
    }

    private List<@Nullable Kept> replay() {
        Tensor[] in = new Tensor[inputs.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = inputs[i].unpack(null, true);
        }
        List<@Nullable Kept> all = new ArrayList<>(count);
        values = all;
        Generator standard = Generator.standard();
        Generator.State now = standard.state();
        standard.state(random);
        try (Region _ = Region.open("checkpoint")) {
            modes.withGrad(true).call(() -> ScopedValue.where(CURRENT, this).call(() -> body.apply(in)));
        } finally {
            standard.state(now);
        }
        return all;
    }

    synchronized void free(int index) {
        Kept value = values == null ? null : values.set(index, null);
        if (value != null) {
            value.free();
            freed++;
            freeInputsIfDone();
        }
    }

    /** Lets the inputs go when no value will be asked for any more. */
    private void freeInputsIfDone() {
        if (freed == count) {
            for (Kept input : inputs) {
                input.free();
            }
        }
    }
}
