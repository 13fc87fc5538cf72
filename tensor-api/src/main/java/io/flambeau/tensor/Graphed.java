package io.flambeau.tensor;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step that a device repeats as a whole: called as a function, it runs twice as it is, is captured at the third call,
 * and replayed from then on, with the same results bit by bit. On devices that cannot capture, and for inputs of other
 * shapes than those captured, as at the end of an epoch, it runs as it is every time.
 *
 * <pre>{@code
 * Graphed step = Graphed.of(device, in -> {
 *     Tensor loss = F.crossEntropy(model.call(in[0]), in[1]);
 *     optimizer.zeroGrad();
 *     loss.backward();
 *     optimizer.step();
 *     return new Tensor[] {loss};
 * });
 * for (Batch batch : loader) {
 *     Tensor loss = step.call(batch.x(), batch.y())[0];
 * }
 * }</pre>
 *
 * <p>See {@link DeviceGraph} for what a replay repeats and what cannot be captured. Everything that changes from call to
 * call has to be an input. Results carry no history: gradients are taken inside.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.cuda.make_graphed_callables.html">torch.cuda.make_graphed_callables</a>
 */
public final class Graphed implements AutoCloseable {
    private static final int EAGER_CALLS = 2;

    private final Device device;
    private final Function<Tensor[], Tensor[]> body;
    private Tensor[] inputs = {};
    private Tensor[] outputs = {};
    private @Nullable DeviceGraph graph;
    private int calls;
    private boolean possible = true;

    private Graphed(Device device, Function<Tensor[], Tensor[]> body) {
        this.device = device;
        this.body = body;
    }

    /**
     * A step of a device.
     *
     * @param device where its inputs are brought, if they are elsewhere
     * @param body from inputs to outputs, both on the device
     */
    public static Graphed of(Device device, Function<Tensor[], Tensor[]> body) {
        return new Graphed(device, body);
    }

    /**
     * Takes the step. The results belong to the caller.
     *
     * @throws DeviceException if the body does what cannot be captured; then nothing has changed
     */
    public synchronized Tensor[] call(Tensor... in) {
        if (graph == null && possible && calls >= EAGER_CALLS) {
            capture(in);
        }
        calls = Math.min(calls + 1, EAGER_CALLS);
        DeviceGraph captured = graph;
        if (captured == null || !fits(in)) {
            return run(in);
        }
        Tensors.noGrad(() -> {
            for (int i = 0; i < in.length; i++) {
                inputs[i].copy_(in[i]);
            }
        });
        captured.replay();
        return detached(outputs, true);
    }

    /** Whether calls with the first captured call's shapes are replayed. */
    public synchronized boolean isCaptured() {
        return graph != null;
    }

    private Tensor[] run(Tensor[] in) {
        try (Scope scope = Scope.open("step")) {
            Tensor[] moved = new Tensor[in.length];
            for (int i = 0; i < in.length; i++) {
                moved[i] = in[i].to(device);
            }
            Tensor[] results = detached(body.apply(moved), false);
            for (Tensor result : results) {
                scope.keep(result);
            }
            return results;
        }
    }

    private void capture(Tensor[] in) {
        Tensor[] still = new Tensor[in.length];
        Tensor[][] results = {{}};
        try (Scope _ = Scope.none()) {
            for (int i = 0; i < in.length; i++) {
                still[i] = in[i].detach().to(device).clone();
            }
        }
        graph = DeviceGraph.tryCapture(device, () -> {
            try (Scope scope = Scope.open("capture")) {
                results[0] = detached(body.apply(still), false);
                for (Tensor result : results[0]) {
                    scope.share(result);
                }
            }
        });
        possible = graph != null;
        inputs = still;
        outputs = results[0];
    }

    private boolean fits(Tensor[] in) {
        boolean fits = in.length == inputs.length;
        for (int i = 0; fits && i < in.length; i++) {
            fits = in[i].shape().equals(inputs[i].shape()) && in[i].dtype() == inputs[i].dtype();
        }
        return fits;
    }

    private static Tensor[] detached(Tensor[] tensors, boolean copied) {
        return Arrays.stream(tensors)
                .map(t -> copied ? t.detach().clone() : t.detach())
                .toArray(Tensor[]::new);
    }

    /** Forgets the captured step; the next call captures it again. */
    @Override
    public synchronized void close() {
        if (graph != null) {
            graph.close();
        }
        graph = null;
        inputs = new Tensor[0];
        outputs = new Tensor[0];
    }
}
