package io.flambeau.tensor.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.KernelProvider;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which kernel runs an operation on one backend: providers by priority, then the backend, then none. */
public final class Kernels {
    private static final int LIMIT = 100_000;

    private record Key(Op op, Spec[] inputs) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && op.equals(k.op) && Arrays.equals(inputs, k.inputs);
        }

        @Override
        public int hashCode() {
            return 31 * op.hashCode() + Arrays.hashCode(inputs);
        }
    }

    private record Answer(@Nullable Kernel kernel) {}

    private final Backend backend;
    private final List<KernelProvider> providers;
    private final @Nullable Widening widening;
    private final ConcurrentHashMap<Key, Answer> cache = new ConcurrentHashMap<>();

    Kernels(Backend backend, List<KernelProvider> providers, @Nullable Widening widening) {
        this.backend = backend;
        this.providers = providers;
        this.widening = widening;
    }

    /** What makes up for dtypes that the backend lacks; null if it has all. */
    @Nullable Widening widening() {
        return widening;
    }

    /** The kernel for the operation on inputs of these specs, or null. */
    public @Nullable Kernel find(Op op, Spec[] inputs) {
        if (op instanceof Derived derived && !derived.mayHaveKernel()) {
            return null;
        }
        if (op instanceof Derived derived && derived.isOneOff()) {
            op.infer(inputs);
            return search(op, inputs);
        }
        Key key = new Key(op, inputs);
        Answer answer = cache.get(key);
        if (answer == null) {
            // Kernels are chosen for valid calls only.
            op.infer(inputs);
            answer = new Answer(search(op, inputs));
            if (cache.size() > LIMIT) {
                cache.clear();
            }
            cache.put(key, answer);
        }
        return answer.kernel;
    }

    private @Nullable Kernel search(Op op, Spec[] inputs) {
        return widening == null ? offered(op, inputs) : widening.kernel(op, inputs, this::offered);
    }

    private @Nullable Kernel offered(Op op, Spec[] inputs) {
        for (KernelProvider provider : providers) {
            Kernel kernel = provider.kernel(backend, op, inputs);
            if (kernel != null) {
                return kernel;
            }
        }
        return backend.kernel(op, inputs);
    }
}
