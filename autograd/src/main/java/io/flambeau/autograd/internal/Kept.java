package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Storage;
import org.jspecify.annotations.Nullable;

/** What a node has of a value that its gradient rule needs: the value, or the means to compute it again. */
sealed interface Kept permits Saved, Deferred {
    /** Keeps a value for the operation; inside a checkpoint only its place. */
    static Kept of(String operation, Tensor value) {
        Frame frame = Frame.current();
        return frame == null ? new Saved(operation, value) : frame.keep(operation, value);
    }

    /**
     * The value for a rule that runs now.
     *
     * @param node what needs it, for errors; null for a checkpoint
     * @param tracked whether it shall have its history, because the rule itself is recorded
     */
    Tensor unpack(@Nullable Node node, boolean tracked);

    /** Gives the memory up. */
    void free();

    /** The memory that this keeps from going back, or null. */
    @Nullable Storage storage();
}
