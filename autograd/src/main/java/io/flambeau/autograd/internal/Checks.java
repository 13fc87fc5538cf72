package io.flambeau.autograd.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** What gradients must be like, and where their memory is. */
final class Checks {
    private Checks() {}

    /** The gradient in the dtype of its value; a complex one of a real value loses its imaginary part. */
    static Tensor fitting(String operation, Tensor gradient, Spec spec) {
        if (!gradient.shape().equals(spec.shape())) {
            throw new GradientException(
                    operation,
                    "a gradient has shape " + gradient.shape() + ", its value has " + spec.shape(),
                    Fault.BAD_GRADIENT);
        }
        if (!gradient.device().equals(spec.device())) {
            throw new GradientException(
                    operation,
                    "a gradient is on " + gradient.device() + ", its value on " + spec.device(),
                    Fault.BAD_GRADIENT);
        }
        return gradient.to(spec.dtype());
    }

    /** Whether the tensor is contiguous and takes up its storage, but for what rounding to size classes adds. */
    static boolean fills(Tensor tensor) {
        View view = Access.door().rawView(tensor);
        return view.isContiguous()
                && view.offset() == 0
                && view.storage().bytes() < 2 * tensor.spec().bytes() + 64;
    }

    /** Where the data are; null for a tensor that stands for a place in a trace. */
    static @Nullable Storage storage(Tensor tensor) {
        Tensor bottom = Lane.bottom(tensor);
        return Access.door().symbol(bottom) != null
                ? null
                : Access.door().rawView(bottom).storage();
    }
}
