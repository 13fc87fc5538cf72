package io.flambeau.backend.cpu.internal;

import static java.lang.Math.fma;

import io.flambeau.backend.cpu.internal.vector.VectorRows;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The loops that fused kernels are made of: functions of up to three rows of adjacent floats and three numbers, written
 * to a row or summed. Each has a scalar form here and the same on vectors in {@code VectorRows}; fused kernels are
 * written once, on top of them, and so give the same bits on every path.
 */
public enum Row {
    /** exp(x - a). */
    EXP_SHIFT(1, 1, (x, y, z, a, b, c) -> Poly.exp(x - a)),
    /** exp(x - a) b. */
    EXP_SHIFT_SCALE(1, 2, (x, y, z, a, b, c) -> Poly.exp(x - a) * b),
    SCALE(1, 1, (x, y, z, a, b, c) -> x * a),
    /** (x - a) - b. */
    SHIFT(1, 2, (x, y, z, a, b, c) -> x - a - b),
    /** a x + b. */
    AFFINE(1, 2, (x, y, z, a, b, c) -> fma(x, a, b)),
    /** (x - a)^2. */
    SQUARE_SHIFT(1, 1, (x, y, z, a, b, c) -> (x - a) * (x - a)),
    /** exp(x - y). */
    EXP_MINUS(2, 0, (x, y, z, a, b, c) -> Poly.exp(x - y)),
    ADD(2, 0, (x, y, z, a, b, c) -> x + y),
    PRODUCT(2, 0, (x, y, z, a, b, c) -> x * y),
    /** (x - a) y. */
    SHIFT_PRODUCT(2, 1, (x, y, z, a, b, c) -> (x - a) * y),
    /** x - exp(y) a. */
    LOG_SOFTMAX_GRADIENT(2, 1, (x, y, z, a, b, c) -> fma(Poly.exp(y), -a, x)),
    /** x (y - a) b. */
    CORRELATION(2, 2, (x, y, z, a, b, c) -> x * ((y - a) * b)),
    /** x z (y - a) b. */
    WEIGHTED_CORRELATION(3, 2, (x, y, z, a, b, c) -> x * z * ((y - a) * b)),
    /** z + x (y - a) b. */
    ADD_CORRELATION(3, 2, (x, y, z, a, b, c) -> fma(x, (y - a) * b, z)),
    /** (x - a) b. */
    STANDARD(1, 2, (x, y, z, a, b, c) -> (x - a) * b),
    /** (x - a) b y. */
    STANDARD_WEIGHT(2, 2, (x, y, z, a, b, c) -> (x - a) * b * y),
    /** (x - a) b y + z. */
    STANDARD_AFFINE(3, 2, (x, y, z, a, b, c) -> fma((x - a) * b, y, z)),
    /** a x + b y + c. */
    COMBINE(2, 3, (x, y, z, a, b, c) -> fma(x, a, fma(y, b, c))),
    /** a x z + b y + c. */
    WEIGHTED_COMBINE(3, 3, (x, y, z, a, b, c) -> fma(x * z, a, fma(y, b, c))),
    /** x + a y. */
    ADD_SCALED(2, 1, (x, y, z, a, b, c) -> fma(y, a, x)),
    /** y + (x - y) a. */
    TOWARDS(2, 1, (x, y, z, a, b, c) -> fma(x - y, a, y)),
    /** a y + b x^2. */
    DECAY_SQUARE(2, 2, (x, y, z, a, b, c) -> fma(y, a, x * x * b)),
    /** a y + b x. */
    DECAY(2, 2, (x, y, z, a, b, c) -> fma(y, a, x * b)),
    /** x + y^2. */
    ADD_SQUARE(2, 0, (x, y, z, a, b, c) -> fma(y, y, x)),
    /** x + y / (sqrt(z) / a + b) c. */
    ADAM(3, 3, (x, y, z, a, b, c) -> fma(y / ((float) Math.sqrt(z) / a + b), c, x)),
    /** x / (sqrt(y) + a). */
    DIVIDE_ROOT(2, 1, (x, y, z, a, b, c) -> x / ((float) Math.sqrt(y) + a)),
    /** x - y^2. */
    SUBTRACT_SQUARE(2, 0, (x, y, z, a, b, c) -> fma(-y, y, x)),
    MAX(2, 0, (x, y, z, a, b, c) -> Math.max(x, y)),
    /** x (y - a) b. */
    SOFTMAX_SCORES(2, 2, (x, y, z, a, b, c) -> x * (y - a) * b),
    ADD_RELU(2, 0, (x, y, z, a, b, c) -> x + y < 0 ? 0 : x + y),
    ADD_TANH(2, 0, (x, y, z, a, b, c) -> Poly.tanh(x + y)),
    ADD_SIGMOID(2, 0, (x, y, z, a, b, c) -> Poly.sigmoid(x + y)),
    /** x times the slope of a threshold a at y: 0 where y is at most a, else 1. */
    THRESHOLD_SLOPE(2, 1, (x, y, z, a, b, c) -> x * (y <= a ? 0f : 1f)),
    TANH(1, 0, (x, y, z, a, b, c) -> Poly.tanh(x)),
    /** x y + z. */
    MULTIPLY_ADD(3, 0, (x, y, z, a, b, c) -> fma(x, y, z)),
    /** x tanh(y). */
    TIMES_TANH(2, 0, (x, y, z, a, b, c) -> x * Poly.tanh(y)),
    /** x times the slope of the logistic function where it is y. */
    LOGISTIC_SLOPE(2, 0, (x, y, z, a, b, c) -> x * y * (1 - y)),
    /** x times the slope of the hyperbolic tangent where it is y. */
    TANH_SLOPE(2, 0, (x, y, z, a, b, c) -> x * fma(-y, y, 1)),
    /** x y times the slope of the hyperbolic tangent where it is z. */
    TIMES_TANH_SLOPE(3, 0, (x, y, z, a, b, c) -> x * y * fma(-z, z, 1)),
    /** y + (x - y) z. */
    MIX(3, 0, (x, y, z, a, b, c) -> fma(x - y, z, y)),
    /** x (1 - y). */
    TIMES_REST(2, 0, (x, y, z, a, b, c) -> x * (1 - y)),
    /** x (y - z). */
    TIMES_DIFFERENCE(3, 0, (x, y, z, a, b, c) -> x * (y - z)),
    GELU(1, 0, (x, y, z, a, b, c) -> Poly.gelu(x)),
    GELU_TANH(1, 0, (x, y, z, a, b, c) -> Poly.geluTanh(x)),
    SILU(1, 0, (x, y, z, a, b, c) -> Poly.silu(x)),
    /** x times the slope at y. */
    GELU_GRADIENT(2, 0, (x, y, z, a, b, c) -> x * Poly.geluGradient(y)),
    GELU_TANH_GRADIENT(2, 0, (x, y, z, a, b, c) -> x * Poly.geluTanhGradient(y)),
    SILU_GRADIENT(2, 0, (x, y, z, a, b, c) -> x * Poly.siluGradient(y)),
    /** x a where the low 24 bits of the integer in y are at least the integer in b, else 0. */
    DROPOUT(
            2,
            2,
            (x, y, z, a, b, c) -> (Float.floatToRawIntBits(y) & 0xFFFFFF) >= Float.floatToRawIntBits(b) ? x * a : 0f);

    /** The scalar form. */
    @FunctionalInterface
    public interface Function {
        float apply(float x, float y, float z, float a, float b, float c);
    }

    /** Writes the function of rows to a row. */
    public interface Map {
        void run(int n, long x, long y, long z, long out, float a, float b, float c);
    }

    /** Fills the 64 lanes at {@code tile} with sums over the first elements and gives their number, a multiple of 64 or
     * all.
     */
    public interface Tile {
        int run(int n, long x, long y, long z, float a, float b, float c, long tile);
    }

    /** How many rows the function has. */
    public final int arity;

    /** How many numbers the function has. */
    public final int numbers;

    public final Function function;
    private volatile @Nullable Forms<Map> map;
    private volatile @Nullable Forms<Tile> tile;

    Row(int arity, int numbers, Function function) {
        this.arity = arity;
        this.numbers = numbers;
        this.function = function;
    }

    /** The function written to {@code out}. */
    public void map(int n, long x, long y, long z, long out, float a, float b, float c) {
        Forms<Map> m = map;
        if (m == null) {
            Map plain = Specialiser.specialise(MethodHandles.lookup(), RowMap.class, Map.class, arity, function);
            m = Forms.of(Kernels.VECTOR ? () -> VectorRows.map(this, plain) : null, plain);
            map = m;
        }
        m.now().run(n, x, y, z, out, a, b, c);
    }

    public void map(int n, long x, long out, float a, float b) {
        map(n, x, 0, 0, out, a, b, 0);
    }

    public void map(int n, long x, long y, long out, float a, float b) {
        map(n, x, y, 0, out, a, b, 0);
    }

    /** The sum of the function over a row, by Note [The tree of a reduction]. */
    public float sum(long n, long x, long y, long z, float a, float b) {
        if (n <= Fold.BLOCK) {
            return block((int) n, x, y, z, a, b);
        }
        long left = Fold.left(n);
        long at = left * 4;
        return sum(left, x, y, z, a, b) + sum(n - left, x + at, y + at, z + at, a, b);
    }

    public float sum(long n, long x, float a) {
        return sum(n, x, 0, 0, a, 0);
    }

    private float block(int n, long x, long y, long z, float a, float b) {
        Forms<Tile> t = tile;
        if (t == null) {
            t = Forms.of(
                    Kernels.VECTOR ? () -> VectorRows.tile(this) : null,
                    Specialiser.specialise(MethodHandles.lookup(), RowTile.class, Tile.class, arity, function));
            tile = t;
        }
        long lanes = Scratch.get(Scratch.TILE, Fold.LANES * 8);
        int done = t.now().run(n, x, y, z, a, b, 0, lanes);
        if (done < n) {
            long at = done * 4L;
            long values = lanes + Fold.LANES * 4L;
            map(n - done, x + at, y + at, z + at, values, a, b, 0);
            Fold.SUM_F32.join(n - done, values, lanes);
        }
        return Fold.SUM_F32.halves(n, lanes);
    }
}
