package io.flambeau.autograd;

import io.flambeau.autograd.internal.Caster;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.spi.Modes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a forward pass in mixed precision: products in half precision, losses in single, everything else in whatever
 * arrives. Parameters stay in F32, and so do their gradients.
 *
 * <pre>{@code
 * Tensor loss = Autocast.call(DType.BF16, () -> F.crossEntropy(model.call(x), y));
 * loss.backward();                 // outside: each gradient has the precision of its operation
 * }</pre>
 *
 * Which operation is cast is decided where the user calls it; what it is made of is left alone. Operations into a
 * destination are not cast. With F16, scale the loss (GradScaler of optim).
 */
public final class Autocast {
    private Autocast() {}

    /** Runs the body with products in the dtype, which is F16 or BF16. */
    public static <T extends @Nullable Object> T call(DType dtype, Supplier<T> body) {
        if (!dtype.isHalf()) {
            throw new DTypeException("autocast", "casts to float16 or bfloat16, not to " + dtype, Fault.BAD_DTYPE);
        }
        return Caster.replaced(Modes.current(), new Caster(dtype)).call(body);
    }

    /** As {@link #call}. */
    public static void run(DType dtype, Runnable body) {
        call(dtype, () -> {
            body.run();
            return true;
        });
    }

    /** Runs a part of the body without casts. */
    public static <T extends @Nullable Object> T off(Supplier<T> body) {
        return Caster.replaced(Modes.current(), null).call(body);
    }
}
