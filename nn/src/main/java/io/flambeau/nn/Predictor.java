package io.flambeau.nn;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A module for serving: it evaluates, records no gradients, never changes, and may be called by any number of threads at
 * once. Equal inputs give equal bits, whatever the other threads do.
 *
 * {@snippet :
 * Predictor<Net> predictor = Predictor.of(Net::new, Safetensors.load(Path.of("net.safetensors")));
 *
 * float[] answer(float[] question) {                       // in any thread
 *     try (Scope request = Scope.open("request")) {
 *         return predictor.call(Tensors.of(question)).toFloatArray();
 *     }
 * }
 * }
 *
 * <p>Whose memory: the parameters are the predictor's, belong to no scope, and go back when nothing refers to it any
 * more. What a call makes on the way goes back when it returns. The result is the caller's: it belongs to the scope that
 * the calling thread has open, and without one goes back when nothing refers to it. A scope for each request keeps memory
 * flat.
 *
 * <p>A forward pass of one's own must not write into fields, buffers or, by {@code maxNorm}, embeddings.
 *
 * @param <M> the type of the module
 */
public final class Predictor<M extends Module> {
    private final M module;

    private Predictor(M module) {
        module.freeze();
        this.module = module;
    }

    /**
     * Takes a module over. It and all below it evaluate from now on; training it, loading into it, converting it, hooks
     * and parametrisations are refused. For a model that goes on training, serve a copy:
     * {@code Predictor.of(Net::new, net.stateDict())}.
     *
     * @throws TensorException if it is served already, or has lazy parts that were never called
     */
    public static <M extends Module> Predictor<M> of(M module) {
        return new Predictor<>(module);
    }

    /**
     * A new module with a copy of the values of a state dict.
     *
     * @throws TensorException with a table of all differences, if the state dict is of another module
     */
    public static <M extends Module> Predictor<M> of(Supplier<M> architecture, Map<String, Tensor> state) {
        M module = architecture.get();
        module.loadStateDict(state);
        return new Predictor<>(module);
    }

    /** The forward pass on one input. */
    public Tensor call(Tensor input) {
        return run(m -> m.call(input));
    }

    /** As {@link #call}, for modules that are called in other ways: {@code predictor.run(m -> m.call(source, target))}. */
    public <R> R run(Function<? super M, R> body) {
        return Tensors.inferenceMode(() -> body.apply(module));
    }

    @Override
    public String toString() {
        return "Predictor(" + module + ")";
    }
}
