package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import org.jspecify.annotations.Nullable;

/**
 * A value kept for a gradient rule: its data and its history as they were, not the handle, which may be given other
 * ones. The graph holds the storage, so that a scope's end does not take it away.
 */
final class Saved implements Kept {
    private static final Access DOOR = Access.door();

    private final Tensor data;
    private final @Nullable Slot history;
    private final @Nullable Storage storage;
    private final int version;

    Saved(String operation, Tensor value) {
        if (DOOR.isInference(value)) {
            throw new GradientException(
                    operation,
                    "a tensor made in inference mode cannot be saved for the gradient; clone it outside first",
                    Fault.NOT_DIFFERENTIABLE);
        }
        this.data = DOOR.alias(value);
        this.history = Slot.of(value);
        this.storage = Checks.storage(value);
        if (storage == null) {
            version = 0;
        } else {
            storage.hold();
            version = storage.version();
        }
    }

    @Override
    public Tensor unpack(@Nullable Node node, boolean tracked) {
        if (storage != null && storage.version() != version) {
            throw new GradientException(
                    node == null ? "checkpoint" : node.title(),
                    "a value that its gradient needs, " + data.spec() + ", was overwritten in place since (it was saved"
                            + " at version " + version + " and is now at version " + storage.version()
                            + (storage.writer() == null ? "" : ", written at " + storage.writer())
                            + "); write into a clone, or use the operation without underscore"
                            + (node == null ? "" : node.site()),
                    Fault.OVERWRITTEN);
        }
        Tensor value = DOOR.alias(data);
        if (tracked) {
            DOOR.history(value, history);
        }
        return value;
    }

    @Override
    public void free() {
        if (storage != null) {
            storage.unhold();
        }
    }

    @Override
    public @Nullable Storage storage() {
        return storage;
    }
}
