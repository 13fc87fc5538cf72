package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorFolds;
import io.flambeau.tensor.op.Reduce;
import java.lang.invoke.MethodHandles;

/**
 * Reduces a row of adjacent numbers of a computing type, F32, F64 or I64.
 *
 * <p>Note [The tree of a reduction]: element i of a block of {@link #BLOCK} joins lane i mod {@link #LANES}, in order;
 * the lanes meet by halves; blocks meet in pairs, then pairs of pairs. Columns that are reduced side by side take their
 * rows in blocks of {@link #ROWS}, one after the other, and the blocks meet as above. Which of the two it is, and the
 * tree, follow from the shape alone, so that layout, threads and vector width do not show in the bits, and the error
 * grows with the logarithm of the length.
 */
public final class Fold {
    public static final int LANES = 64;
    static final int BLOCK = 4096;
    static final int ROWS = 64;

    /** The loops of one reduction of one type. */
    public interface Tile {
        /** The raw bits of at most {@link #BLOCK} adjacent elements; spends the 64 lanes at {@code lanes}. */
        long block(int n, long x, long lanes);

        /** The raw bits in which the lanes meet that {@code n} elements reached; spends them. */
        long halves(int n, long lanes);

        /**
         * Joins {@code rows} rows of {@code n} elements, {@code pitch} bytes apart, to the sums one after the other.
         *
         * @param fresh whether the first row replaces the sums
         */
        void columns(int n, int rows, boolean fresh, long x, long pitch, long sums);
    }

    private static final Fold[][] FOLDS = new Fold[Reduce.Kind.values().length][Element.values().length];

    static {
        for (Reduce.Kind kind :
                new Reduce.Kind[] {Reduce.Kind.SUM, Reduce.Kind.PROD, Reduce.Kind.MAX, Reduce.Kind.MIN}) {
            for (Element type : new Element[] {Element.F32, Element.F64, Element.I64}) {
                FOLDS[kind.ordinal()][type.ordinal()] = new Fold(kind, type);
            }
        }
    }

    public static final Fold SUM_F32 = of(Reduce.Kind.SUM, Element.F32);
    public static final Fold MAX_F32 = of(Reduce.Kind.MAX, Element.F32);

    final Reduce.Kind kind;
    final Element type;
    private final Forms<Tile> tile;

    private Fold(Reduce.Kind kind, Element type) {
        this.kind = kind;
        this.type = type;
        this.tile = Forms.of(
                Kernels.VECTOR ? () -> VectorFolds.of(kind, type, identity(kind, type)) : null,
                Specialiser.specialise(MethodHandles.lookup(), FoldTemplate.class, Tile.class, kind, type));
    }

    public static Fold of(Reduce.Kind kind, Element computing) {
        return FOLDS[kind.ordinal()][computing.ordinal()];
    }

    /** The value that changes nothing, as raw bits. */
    static long identity(Reduce.Kind kind, Element type) {
        double value = switch (kind) {
            case PROD -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
            default -> 0;
        };
        return switch (type) {
            case F32 -> Float.floatToRawIntBits((float) value);
            case F64 -> Double.doubleToRawLongBits(value);
            default -> (long) value;
        };
    }

    /** Joins two values, given and returned as raw bits. */
    long join(long x, long y) {
        return join(kind, type, x, y);
    }

    static long join(Reduce.Kind kind, Element type, long x, long y) {
        return switch (type) {
            case F32 ->
                Float.floatToRawIntBits(join(kind, Float.intBitsToFloat((int) x), Float.intBitsToFloat((int) y)));
            case F64 -> Double.doubleToRawLongBits(join(kind, Double.longBitsToDouble(x), Double.longBitsToDouble(y)));
            default -> join(kind, x, y);
        };
    }

    static float join(Reduce.Kind kind, float x, float y) {
        return switch (kind) {
            case SUM -> x + y;
            case PROD -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    static double join(Reduce.Kind kind, double x, double y) {
        return switch (kind) {
            case SUM -> x + y;
            case PROD -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    private static long join(Reduce.Kind kind, long x, long y) {
        return switch (kind) {
            case SUM -> x + y;
            case PROD -> x * y;
            case MAX -> Math.max(x, y);
            default -> Math.min(x, y);
        };
    }

    /** Joins a row to as many sums as it has elements. */
    void join(int n, long x, long sums) {
        tile.now().columns(n, 1, false, x, 0, sums);
    }

    /** Joins rows, one after the other, to as many new sums as they have elements. */
    void columns(int n, int rows, long x, long pitch, long sums) {
        tile.now().columns(n, rows, true, x, pitch, sums);
    }

    /** The raw bits of a block of at most {@link #BLOCK} adjacent elements. */
    long block(int n, long x) {
        return block(n, x, lanes());
    }

    /** Working memory of this thread for {@link #block(int, long, long)}. */
    static long lanes() {
        return Scratch.get(Scratch.TILE, LANES * 8);
    }

    long block(int n, long x, long lanes) {
        return tile.now().block(n, x, lanes);
    }

    /** The number in which the lanes meet that {@code n} floats reached. */
    float halves(int n, long lanes) {
        return Float.intBitsToFloat((int) tile.now().halves(n, lanes));
    }

    /** How many of more than {@link #BLOCK} elements the left branch of their tree holds. */
    static long left(long n) {
        return Long.highestOneBit((n - 1) / BLOCK) * BLOCK;
    }

    /** The raw bits of a row of adjacent elements. */
    public long row(long n, long x) {
        if (n <= BLOCK) {
            return block((int) n, x);
        }
        long left = left(n);
        return join(row(left, x), row(n - left, x + left * type.bytes));
    }

    /** The sum or other reduction of adjacent floats. */
    public float floats(long n, long x) {
        return Float.intBitsToFloat((int) row(n, x));
    }

    /** Values that a tree joins. */
    @FunctionalInterface
    interface Leaves {
        long bits(int i);
    }

    /** The raw bits in which values {@code from} to {@code from + count - 1} meet, as blocks do. */
    long tree(int from, int count, Leaves leaves) {
        if (count == 1) {
            return leaves.bits(from);
        }
        int left = Integer.highestOneBit(count - 1);
        return join(tree(from, left, leaves), tree(from + left, count - left, leaves));
    }
}
