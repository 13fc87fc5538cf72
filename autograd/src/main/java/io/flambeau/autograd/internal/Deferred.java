package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import org.jspecify.annotations.Nullable;

/** The place of a value in a checkpoint, which computes it again when it is first asked for one. */
final class Deferred implements Kept {
    private final Frame frame;
    private final int index;
    private final @Nullable Slot history;

    Deferred(Frame frame, int index, @Nullable Slot history) {
        this.frame = frame;
        this.index = index;
        this.history = history;
    }

    @Override
    public Tensor unpack(@Nullable Node node, boolean tracked) {
        Tensor value = frame.value(index).unpack(node, false);
        if (tracked) {
            Access.door().history(value, history);
        }
        return value;
    }

    @Override
    public void free() {
        frame.free(index);
    }

    @Override
    public @Nullable Storage storage() {
        return null;
    }
}
