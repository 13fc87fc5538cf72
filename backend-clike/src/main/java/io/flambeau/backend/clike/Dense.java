package io.flambeau.backend.clike;

import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.util.function.Consumer;

/** Destinations for kernels that write without gaps: where the caller's have some, memory that is copied to them. */
final class Dense {
    private Dense() {}

    static void run(Station s, View[] outputs, Consumer<View[]> body) {
        View[] dense = outputs.clone();
        for (int i = 0; i < dense.length; i++) {
            View to = outputs[i];
            if (!to.isContiguous()) {
                long bytes = to.shape().count() * to.dtype().bytes();
                Storage storage = to.storage().sibling(bytes, null);
                dense[i] = View.contiguous(storage, to.dtype(), to.shape());
            }
        }
        body.accept(dense);
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != outputs[i]) {
                s.copy(dense[i], outputs[i]);
                dense[i].storage().release("a step");
            }
        }
    }
}
