package io.flambeau.tensor.op.math;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;

/** The next value of the dtype after the first operand, toward the second. */
public record NextAfter(DType dtype) implements Pointwise {
    @Override
    public boolean isDefined(DType other) {
        return other == dtype && dtype.isFloating();
    }

    @Override
    public int arity() {
        return 2;
    }

    /** A step goes with the first operand; where both are equal, with neither. */
    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        return Pullback.saving(in[0], in[1])
                .of((g, s) -> g.zerosLike().where(s[0].eq(s[1]), g), (g, s) -> g.zerosLike());
    }

    @Override
    public double apply(double a, double b, double c) {
        return Math.nextAfter(a, b);
    }

    @Override
    public String c() {
        return switch (dtype) {
            case F16 -> "sf_next_f16(a, b)";
            case BF16 -> "sf_next_by(0x10000, a, b)";
            default -> "nextafter(a, b)";
        };
    }

    @Override
    public String functions() {
        if (!dtype.isHalf()) {
            return "";
        }
        return """
                /* Neighbours differ by a step in the bits of floats. */
                INLINE float sf_next_by(i32 step, float a, float b) {
                    if (a != a || b != b || a == b) {
                        return a == b ? b : a + b;
                    }
                    if (a == 0) {
                        return F32_OF_BITS((u32)step | (b < 0 ? 0x80000000u : 0));
                    }
                    return F32_OF_BITS(BITS_OF_F32(a) + (u32)((a < b) == (a > 0) ? step : -step));
                }
                /* Below 2^-14 steps are equal. */
                INLINE float sf_next_f16(float a, float b) {
                    float small = 0x1p-14f;
                    if (fabs(a) < small || (fabs(a) == small && (a < b) != (a > 0) && a != b)) {
                        return a == b || b != b ? b : a + (a < b ? 0x1p-24f : -0x1p-24f);
                    }
                    return fabs(a) == INFINITY_R && a != b && b == b ? copysign(65504.0f, a) : sf_next_by(0x2000, a, b);
                }
                """;
    }

    @Override
    public float apply(float a, float b, float c) {
        if (!dtype.isHalf() || Float.isNaN(a) || Float.isNaN(b) || a == b) {
            return Math.nextAfter(a, b);
        }
        int shift = dtype == DType.BF16 ? 16 : 0;
        int bits = dtype == DType.BF16 ? Float.floatToRawIntBits(a) >>> shift : Float.floatToFloat16(a) & 0xFFFF;
        if (a == 0) {
            bits = b > 0 ? 1 : 0x8001;
        } else {
            bits += a < b == a > 0 ? 1 : -1;
        }
        return dtype == DType.BF16 ? Float.intBitsToFloat(bits << shift) : Float.float16ToFloat((short) bits);
    }
}
