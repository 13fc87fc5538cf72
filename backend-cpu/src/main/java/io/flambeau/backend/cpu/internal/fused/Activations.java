package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Elementwise;
import io.flambeau.backend.cpu.internal.Forms;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.backend.cpu.internal.Strip;
import io.flambeau.tensor.op.activation.Activation;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.activation.Threshold;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Layouts;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** Activations and their gradients, of any layout. */
final class Activations {
    private static final int COST = 4;

    private Activations() {}

    static Kernel gelu(Gelu op) {
        return of(op.tanh() ? Row.GELU_TANH : Row.GELU);
    }

    static @Nullable Kernel smooth(Smooth op) {
        return op == Smooth.SILU ? of(Row.SILU) : null;
    }

    /** The gradient, whose inputs are the cotangent and the activation's input. */
    static @Nullable Kernel backward(Activation of) {
        if (of instanceof Gelu gelu) {
            return of(gelu.tanh() ? Row.GELU_TANH_GRADIENT : Row.GELU_GRADIENT);
        }
        if (of instanceof Threshold t && (float) t.threshold() == t.threshold()) {
            return of((n, g, x, z, out) -> Row.THRESHOLD_SLOPE.map(n, g, x, out, (float) t.threshold(), 0));
        }
        return of == Smooth.SILU ? of(Row.SILU_GRADIENT) : null;
    }

    private static Kernel of(Row row) {
        return of((n, x, y, z, out) -> row.map(n, x, y, z, out, 0, 0, 0));
    }

    private static Kernel of(Strip strip) {
        return new Layoutless(Elementwise.Kernel.of(Forms.only(strip), Element.F32, Element.F32, COST));
    }

    /** An elementwise kernel, which takes every layout and may write where it reads. */
    record Layoutless(Elementwise.Kernel kernel) implements Kernel {
        @Override
        public void run(View[] inputs, View[] outputs) {
            Strided[] views = new Strided[inputs.length + 1];
            for (int i = 0; i < inputs.length; i++) {
                views[i] = Strided.of(inputs[i]);
            }
            views[inputs.length] = Strided.of(outputs[0]);
            Elementwise.run(kernel, views);
        }

        @Override
        public Layouts layouts() {
            return Layouts.STRIDED;
        }
    }
}
