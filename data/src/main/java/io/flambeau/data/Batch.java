package io.flambeau.data;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;

/**
 * Samples put together: one tensor for each part of a sample, with a first axis that counts samples.
 *
 * <p>A batch owns its memory. Closing it returns the memory at once; one that is not closed is returned when nothing
 * refers to it.
 *
 * <pre>{@code
 * for (Batch batch : loader) {
 *     try (batch; Scope step = Scope.open("step")) {
 *         Tensor loss = F.crossEntropy(model.call(batch.input()), batch.target());
 *     }
 * }
 * }</pre>
 */
public final class Batch implements AutoCloseable {
    private final Tensor[] parts;

    public Batch(Tensor... parts) {
        this.parts = parts.clone();
    }

    public int size() {
        return parts.length;
    }

    /** The part at an index. */
    public Tensor get(int index) {
        if (index < 0 || index >= parts.length) {
            throw new IndexException(
                    "Batch",
                    "there is no part " + index + " in a batch of " + parts.length + " parts",
                    Fault.INDEX_RANGE);
        }
        return parts[index];
    }

    /** The first part. */
    public Tensor input() {
        return get(0);
    }

    /** The second part. */
    public Tensor target() {
        return get(1);
    }

    Tensor[] parts() {
        return parts;
    }

    /** Returns the memory of all parts. */
    @Override
    public void close() {
        Scope.release(parts);
    }
}
