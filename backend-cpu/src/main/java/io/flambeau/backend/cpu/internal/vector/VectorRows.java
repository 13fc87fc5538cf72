package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Row;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The row functions of {@link Row} on vectors. */
public final class VectorRows {
    static final FloatVector ZERO = FloatVector.zero(Lanes.F32);
    static final FloatVector ONE = FloatVector.broadcast(Lanes.F32, 1);

    private VectorRows() {}

    /** @param plain the same for the last few elements */
    public static Row.Map map(Row row, Row.Map plain) {
        return Inliner.specialise(
                MethodHandles.lookup(),
                VectorRowMap.class,
                Row.Map.class,
                row.arity,
                row.numbers,
                function(row),
                plain,
                isShort(row));
    }

    public static Row.Tile tile(Row row) {
        return Inliner.specialise(
                MethodHandles.lookup(),
                VectorRowTile.class,
                Row.Tile.class,
                row.arity,
                row.numbers,
                function(row),
                isShort(row));
    }

    /** Whether a few operations make the function, so that a loop may hold several copies of it. */
    private static boolean isShort(Row row) {
        return switch (row) {
            case EXP_SHIFT,
                    EXP_SHIFT_SCALE,
                    EXP_MINUS,
                    LOG_SOFTMAX_GRADIENT,
                    ADD_TANH,
                    ADD_SIGMOID,
                    TANH,
                    TIMES_TANH,
                    GELU,
                    GELU_TANH,
                    SILU,
                    GELU_GRADIENT,
                    GELU_TANH_GRADIENT,
                    SILU_GRADIENT -> false;
            default -> true;
        };
    }

    private static RowVectors function(Row row) {
        return switch (row) {
            case EXP_SHIFT -> (x, y, z, a, b, c) -> VectorPoly.exp(x.sub(a));
            case EXP_SHIFT_SCALE ->
                (x, y, z, a, b, c) -> VectorPoly.exp(x.sub(a)).mul(b);
            case SCALE -> (x, y, z, a, b, c) -> x.mul(a);
            case SHIFT -> (x, y, z, a, b, c) -> x.sub(a).sub(b);
            case AFFINE -> (x, y, z, a, b, c) -> x.fma(a, b);
            case SQUARE_SHIFT -> (x, y, z, a, b, c) -> x.sub(a).mul(x.sub(a));
            case EXP_MINUS -> (x, y, z, a, b, c) -> VectorPoly.exp(x.sub(y));
            case ADD -> (x, y, z, a, b, c) -> x.add(y);
            case PRODUCT -> (x, y, z, a, b, c) -> x.mul(y);
            case SHIFT_PRODUCT -> (x, y, z, a, b, c) -> x.sub(a).mul(y);
            case LOG_SOFTMAX_GRADIENT -> (x, y, z, a, b, c) -> VectorPoly.exp(y).fma(a.neg(), x);
            case CORRELATION -> (x, y, z, a, b, c) -> x.mul(y.sub(a).mul(b));
            case WEIGHTED_CORRELATION ->
                (x, y, z, a, b, c) -> x.mul(z).mul(y.sub(a).mul(b));
            case ADD_CORRELATION -> (x, y, z, a, b, c) -> x.fma(y.sub(a).mul(b), z);
            case STANDARD -> (x, y, z, a, b, c) -> x.sub(a).mul(b);
            case STANDARD_WEIGHT -> (x, y, z, a, b, c) -> x.sub(a).mul(b).mul(y);
            case STANDARD_AFFINE -> (x, y, z, a, b, c) -> x.sub(a).mul(b).fma(y, z);
            case COMBINE -> (x, y, z, a, b, c) -> x.fma(a, y.fma(b, c));
            case WEIGHTED_COMBINE -> (x, y, z, a, b, c) -> x.mul(z).fma(a, y.fma(b, c));
            case ADD_SCALED -> (x, y, z, a, b, c) -> y.fma(a, x);
            case TOWARDS -> (x, y, z, a, b, c) -> x.sub(y).fma(a, y);
            case DECAY_SQUARE -> (x, y, z, a, b, c) -> y.fma(a, x.mul(x).mul(b));
            case DECAY -> (x, y, z, a, b, c) -> y.fma(a, x.mul(b));
            case ADD_SQUARE -> (x, y, z, a, b, c) -> y.fma(y, x);
            case ADAM -> (x, y, z, a, b, c) -> y.div(z.sqrt().div(a).add(b)).fma(c, x);
            case DIVIDE_ROOT -> (x, y, z, a, b, c) -> x.div(y.sqrt().add(a));
            case SUBTRACT_SQUARE -> (x, y, z, a, b, c) -> y.neg().fma(y, x);
            case MAX -> (x, y, z, a, b, c) -> x.max(y);
            case SOFTMAX_SCORES -> (x, y, z, a, b, c) -> x.mul(y.sub(a)).mul(b);
            case ADD_RELU -> (x, y, z, a, b, c) -> relu(x.add(y));
            case ADD_TANH -> (x, y, z, a, b, c) -> VectorPoly.tanh(x.add(y));
            case ADD_SIGMOID -> (x, y, z, a, b, c) -> VectorPoly.sigmoid(x.add(y));
            case THRESHOLD_SLOPE -> (x, y, z, a, b, c) -> x.mul(ONE.blend(ZERO, y.compare(VectorOperators.LE, a)));
            case TANH -> (x, y, z, a, b, c) -> VectorPoly.tanh(x);
            case MULTIPLY_ADD -> (x, y, z, a, b, c) -> x.fma(y, z);
            case TIMES_TANH -> (x, y, z, a, b, c) -> x.mul(VectorPoly.tanh(y));
            case LOGISTIC_SLOPE -> (x, y, z, a, b, c) -> x.mul(y).mul(ONE.sub(y));
            case TANH_SLOPE -> (x, y, z, a, b, c) -> x.mul(y.neg().fma(y, ONE));
            case TIMES_TANH_SLOPE -> (x, y, z, a, b, c) -> x.mul(y).mul(z.neg().fma(z, ONE));
            case MIX -> (x, y, z, a, b, c) -> x.sub(y).fma(z, y);
            case TIMES_REST -> (x, y, z, a, b, c) -> x.mul(ONE.sub(y));
            case TIMES_DIFFERENCE -> (x, y, z, a, b, c) -> x.mul(y.sub(z));
            case GELU -> (x, y, z, a, b, c) -> VectorPoly.gelu(x);
            case GELU_TANH -> (x, y, z, a, b, c) -> VectorPoly.geluTanh(x);
            case SILU -> (x, y, z, a, b, c) -> VectorPoly.silu(x);
            case GELU_GRADIENT -> (x, y, z, a, b, c) -> x.mul(VectorPoly.geluGradient(y));
            case GELU_TANH_GRADIENT -> (x, y, z, a, b, c) -> x.mul(VectorPoly.geluTanhGradient(y));
            case SILU_GRADIENT -> (x, y, z, a, b, c) -> x.mul(VectorPoly.siluGradient(y));
            case DROPOUT ->
                (x, y, z, a, b, c) -> ZERO.blend(
                        x.mul(a),
                        y.reinterpretAsInts()
                                .and(0xFFFFFF)
                                .compare(VectorOperators.GE, b.reinterpretAsInts())
                                .cast(Lanes.F32));
        };
    }

    private static FloatVector relu(FloatVector x) {
        return x.blend(ZERO, x.compare(VectorOperators.LT, ZERO));
    }
}
