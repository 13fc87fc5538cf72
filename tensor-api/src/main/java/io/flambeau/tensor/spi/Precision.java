package io.flambeau.tensor.spi;

import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.attention.ScaledDotProductAttention;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.linear.Linear;
import java.util.Set;

/**
 * The precision in which automatic casts run an operation: PyTorch's lists for the CPU
 * (<a href="https://docs.pytorch.org/docs/stable/amp.html#autocast-op-reference">autocast op reference</a>).
 */
public enum Precision {
    /** F32 inputs are narrowed: products, which are fast in half precision and lose little. */
    LOW,
    /** The inputs' own. */
    AS_GIVEN,
    /** F16 and BF16 inputs are widened: losses, linear algebra and Fourier transforms. */
    FULL;

    private static final Set<String> FULL_PACKAGES =
            Set.of("io.flambeau.tensor.op.loss", "io.flambeau.tensor.op.linalg", "io.flambeau.tensor.op.fft");

    public static Precision of(Op op) {
        return switch (op) {
            case MatMul _, Linear _, Convolution _, ConvolutionInput _, ScaledDotProductAttention _ -> LOW;
            default -> FULL_PACKAGES.contains(op.getClass().getPackageName()) ? FULL : AS_GIVEN;
        };
    }
}
