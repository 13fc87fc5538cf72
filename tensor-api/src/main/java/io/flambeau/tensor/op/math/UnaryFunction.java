package io.flambeau.tensor.op.math;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.special.Elementary;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Pullback;
import org.jspecify.annotations.Nullable;

/** Elementwise functions of one operand that are no primitives. */
public enum UnaryFunction implements Pointwise {
    /** Whether the sign bit is set, as BOOL: also of -0 and of NaN with a sign. */
    SIGNBIT {
        @Override
        public boolean isDefined(DType dtype) {
            return !dtype.isComplex();
        }

        @Override
        public DType result(DType[] in) {
            return DType.BOOL;
        }

        @Override
        public double apply(double x, double b, double c) {
            return Math.copySign(1, x) < 0 ? 1 : 0;
        }

        @Override
        public long apply(long x, long b, long c) {
            return x < 0 ? 1 : 0;
        }
    },
    /** The angle in the complex plane: 0 or π of a real number. */
    ANGLE {
        @Override
        public boolean isDefined(DType dtype) {
            return dtype.isDifferentiable();
        }

        @Override
        public DType result(DType[] in) {
            return in[0].toReal();
        }

        @Override
        public double apply(double x, double b, double c) {
            return Double.isNaN(x) ? x : x < 0 ? Math.PI : 0;
        }

        @Override
        public Complex apply(Complex z, Complex b, Complex c) {
            return new Complex(z.angle(), 0);
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            if (!in[0].dtype().isComplex()) {
                return Pullback.of((g, s) -> g.zerosLike());
            }
            return Pullback.saving(in[0]).of((g, s) -> {
                Tensor square = s[0].mul(s[0].conj()).real();
                Tensor slope = s[0].mul(Scalar.of(new Complex(0, 1))).div(square);
                return g.mul(slope.zerosLike().where(square.eq(0), slope));
            });
        }
    },
    /** sin(πx) / (πx), 1 at 0. */
    SINC {
        @Override
        public boolean isDefined(DType dtype) {
            return dtype.isDifferentiable();
        }

        @Override
        public double apply(double x, double b, double c) {
            return Elementary.sinc(x);
        }

        /** πx is rounded, and overflows, as in PyTorch. */
        @Override
        public float apply(float x, float b, float c) {
            float angle = (float) Math.PI * x;
            return x == 0 ? 1 : (float) StrictMath.sin(angle) / angle;
        }

        @Override
        public Complex apply(Complex z, Complex b, Complex c) {
            return z.sinc();
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            return Pullback.saving(in[0]).of((g, s) -> {
                Tensor angle = s[0].mul(Math.PI);
                Tensor slope = angle.cos().mul(angle).sub(angle.sin()).div(angle.mul(s[0]));
                return g.mul(slope.zerosLike().where(s[0].eq(0), slope).conj());
            });
        }
    };

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public String c() {
        return switch (this) {
            case SIGNBIT -> "copysign((R)1, (R)a) < 0";
            case ANGLE -> "a != a ? a : a < 0 ? (R)3.141592653589793 : 0";
            case SINC -> "a == 0 ? 1 : sin((R)3.141592653589793 * a) / ((R)3.141592653589793 * a)";
        };
    }

    @Override
    public String complexC() {
        return switch (this) {
            case SIGNBIT -> "";
            case ANGLE -> "zw(zw_angle(a), 0)";
            case SINC -> "a.x == 0 && a.y == 0 ? zw(1, 0) : zw_div(zw_sin(zw_scale(a, PI)), zw_scale(a, PI))";
        };
    }

    @Override
    public @Nullable Pullback pullback(Tensor[] in, Tensor[] out) {
        return null;
    }
}
