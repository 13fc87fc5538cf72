package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import org.jspecify.annotations.Nullable;

/**
 * A value kept for a gradient rule: its data and its history as they were, not the handle, which may be given other ones.
 * The graph holds the storage, so that a scope's end does not take it away.
 */
final class Saved {
    private static final Access DOOR = Access.door();

    private final Tensor data;
    private final @Nullable Slot history;
    private final @Nullable Storage storage;
    private final int version;

    Saved(Node node, Tensor value, @Nullable Slot history) {
        if (DOOR.isInference(value)) {
            throw new GradientException(
                    node.title(),
                    "a tensor made in inference mode cannot be saved for the gradient; clone it outside first",
                    Fault.NOT_DIFFERENTIABLE);
        }
        this.data = DOOR.alias(value);
        this.history = history;
        this.storage = Checks.storage(value);
        if (storage == null) {
            version = 0;
        } else {
            storage.hold();
            version = storage.version();
        }
    }

    /** The value for a rule that runs now; with its history if the rule itself shall be differentiable. */
    Tensor unpack(Node node, boolean tracked) {
        if (storage != null && storage.version() != version) {
            throw new GradientException(
                    node.title(),
                    "a value that its gradient needs, " + data.spec() + ", was overwritten in place since (it was saved at"
                            + " version " + version + " and is now at version " + storage.version()
                            + "); write into a clone, or use the operation without underscore" + node.site(),
                    Fault.OVERWRITTEN);
        }
        Tensor value = DOOR.alias(data);
        if (tracked) {
            DOOR.history(value, history);
        }
        return value;
    }

    /** Gives the memory up. */
    void free() {
        if (storage != null) {
            storage.unhold();
        }
    }

    /** How many bytes of storage this keeps from going back. */
    long bytes() {
        return storage == null ? 0 : storage.bytes();
    }

    @Nullable Storage storage() {
        return storage;
    }

    Tensor data() {
        return data;
    }
}
