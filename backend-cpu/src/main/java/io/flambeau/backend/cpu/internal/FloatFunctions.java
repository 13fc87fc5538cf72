package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;

/** The elementwise families in single precision, which the vector kernels follow bit for bit. */
final class FloatFunctions {
    private FloatFunctions() {}

    static Functions.OfFloat of(Unary op) {
        return switch (op) {
            case NEG -> (x, y, z) -> -x;
            case ABS -> (x, y, z) -> Math.abs(x);
            case SIGN -> (x, y, z) -> x > 0 ? 1 : x < 0 ? -1 : 0;
            case SQUARE -> (x, y, z) -> x * x;
            case SQRT -> (x, y, z) -> (float) Math.sqrt(x);
            case RSQRT -> (x, y, z) -> Poly.rsqrt(x);
            case RECIPROCAL -> (x, y, z) -> 1 / x;
            case EXP -> (x, y, z) -> Poly.exp(x);
            case EXPM1 -> (x, y, z) -> Poly.expm1(x);
            case LOG -> (x, y, z) -> Poly.log(x);
            case LOG1P -> (x, y, z) -> Poly.log1p(x);
            case SIN -> (x, y, z) -> Poly.sin(x);
            case COS -> (x, y, z) -> Poly.cos(x);
            case TANH -> (x, y, z) -> Poly.tanh(x);
            case SIGMOID -> (x, y, z) -> Poly.sigmoid(x);
            case ERF -> (x, y, z) -> Poly.erf(x);
            case RELU -> (x, y, z) -> x < 0 ? 0 : x;
            case CONJ -> (x, y, z) -> x;
            case LOGICAL_NOT -> (x, y, z) -> x == 0 ? 1 : 0;
            default -> (x, y, z) -> (float) op.apply((double) x);
        };
    }

    static Functions.OfFloat of(Binary op) {
        return switch (op) {
            case ADD -> (x, y, z) -> x + y;
            case SUB -> (x, y, z) -> x - y;
            case MUL -> (x, y, z) -> x * y;
            case DIV -> (x, y, z) -> x / y;
            case MAXIMUM -> (x, y, z) -> Math.max(x, y);
            case MINIMUM -> (x, y, z) -> Math.min(x, y);
            default -> (x, y, z) -> (float) op.apply((double) x, (double) y);
        };
    }

    static Functions.OfFloat of(Compare op) {
        return switch (op) {
            case EQ -> (x, y, z) -> x == y ? 1 : 0;
            case NE -> (x, y, z) -> x != y ? 1 : 0;
            case LT -> (x, y, z) -> x < y ? 1 : 0;
            case LE -> (x, y, z) -> x <= y ? 1 : 0;
            case GT -> (x, y, z) -> x > y ? 1 : 0;
            case GE -> (x, y, z) -> x >= y ? 1 : 0;
        };
    }

    /** How many times an addition's time a function takes, about. */
    static int cost(Unary op) {
        return switch (op) {
            case NEG, ABS, SIGN, SQUARE, SQRT, RECIPROCAL, RELU, CONJ, LOGICAL_NOT, BITWISE_NOT -> 1;
            case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, ERF, RSQRT -> 4;
            default -> 16;
        };
    }

    static int cost(Binary op) {
        return switch (op) {
            case POW, REMAINDER, FMOD, FLOOR_DIVIDE, TRUNC_DIVIDE -> 16;
            default -> 1;
        };
    }
}
