package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Copying;
import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;

/** Adjacent memory for destinations that a caller chose and that may lie otherwise. */
final class Dense {
    private Dense() {}

    /** Writes to adjacent addresses, one for each output. */
    interface Body {
        void run(long[] outputs);
    }

    /** Runs the body on the outputs' own memory where it is adjacent, else on memory that is copied to them. */
    static void run(View[] outputs, Body body) {
        long[] addresses = new long[outputs.length];
        boolean dense = true;
        for (int i = 0; i < outputs.length; i++) {
            addresses[i] = outputs[i].address();
            dense &= outputs[i].isContiguous();
        }
        if (dense) {
            body.run(addresses);
            return;
        }
        try (Arena arena = Arena.ofShared()) {
            for (int i = 0; i < outputs.length; i++) {
                if (!outputs[i].isContiguous()) {
                    long bytes = outputs[i].shape().count() * outputs[i].dtype().bytes();
                    addresses[i] = arena.allocate(bytes, 64).address();
                }
            }
            body.run(addresses);
            for (int i = 0; i < outputs.length; i++) {
                if (!outputs[i].isContiguous()) {
                    Strided to = Strided.of(outputs[i]);
                    Copying.run(Strided.dense(addresses[i], Element.of(outputs[i].dtype()), to.sizes()), to);
                }
            }
        }
    }
}
