package io.flambeau.tensor.op;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.spi.View;

/** Another look at the same memory: layout arithmetic, the same for all backends, with no kernel. */
public sealed interface ViewOp extends Op
        permits Reshape,
                Permute,
                Expand,
                Slice,
                Split,
                Window,
                Diagonal,
                AsStrided,
                ViewAsReal,
                ViewAsComplex,
                ViewDType {
    /** The layouts of the outputs, one for each inferred spec. */
    View[] apply(View x, Spec[] out);
}
