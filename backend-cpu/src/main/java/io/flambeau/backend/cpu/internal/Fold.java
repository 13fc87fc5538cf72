package io.flambeau.backend.cpu.internal;

import io.flambeau.backend.cpu.internal.vector.VectorFolds;
import io.flambeau.backend.cpu.internal.vector.VectorHalves;
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
    static final int LANES = 64;
    static final int BLOCK = 4096;
    static final int ROWS = 64;
    private static final int LEVELS = 56;
    private static final boolean VECTOR = Kernels.VECTOR && Kernels.bits() <= 512 && Kernels.bits() >= 128;

    /** Fills the 64 lanes at {@code tile} from the identity with the {@code n} elements at {@code x}. */
    public interface Tile {
        void run(int n, long x, long tile);

        /** Joins {@code rows} rows of {@code n} elements, {@code pitch} bytes apart, to the sums one after the other. */
        void columns(int n, int rows, long x, long pitch, long sums);
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
    private final Tile tile;

    private Fold(Reduce.Kind kind, Element type) {
        this.kind = kind;
        this.type = type;
        this.tile = Kernels.VECTOR
                ? VectorFolds.of(kind, type, identity(kind, type))
                : Specialiser.specialise(MethodHandles.lookup(), FoldTemplate.class, Tile.class, kind, type);
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

    /** Joins rows to as many sums as they have elements, row after row. */
    void columns(int n, int rows, long x, long pitch, long sums) {
        tile.columns(n, rows, x, pitch, sums);
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
        tile.run(n, x, lanes);
        return type == Element.F32 ? halvesFloat(n, lanes) : halvesWide(n, lanes);
    }

    private long halvesFloat(int n, long lanes) {
        // The two that fused kernels live on have loops of their own, without a choice for every element.
        if (kind == Reduce.Kind.SUM) {
            return halves(n, lanes);
        }
        if (kind == Reduce.Kind.MAX) {
            return greatest(n, lanes);
        }
        for (int w = width(n); w > 0; w >>= 1) {
            for (int i = 0; i < w; i++) {
                Mem.f32(lanes + i * 4L, join(kind, Mem.f32(lanes + i * 4L), Mem.f32(lanes + (i + w) * 4L)));
            }
        }
        return Mem.i32(lanes);
    }

    private static long greatest(int n, long lanes) {
        if (VECTOR && n >= LANES) {
            return VectorHalves.max(lanes);
        }
        for (int w = width(n); w > 0; w >>= 1) {
            for (int i = 0; i < w; i++) {
                Mem.f32(lanes + i * 4L, Math.max(Mem.f32(lanes + i * 4L), Mem.f32(lanes + (i + w) * 4L)));
            }
        }
        return Mem.i32(lanes);
    }

    /** Adds {@code rest} elements to the first lanes. */
    static void addTail(int rest, long x, long lanes) {
        if (VECTOR) {
            VectorHalves.add(rest, x, lanes);
            return;
        }
        for (int i = 0; i < rest; i++) {
            Mem.f32(lanes + i * 4L, Mem.f32(lanes + i * 4L) + Mem.f32(x + i * 4L));
        }
    }

    /** The bits of the sum of the lanes that a block of {@code n} floats reached. */
    static long halves(int n, long lanes) {
        if (VECTOR && n >= LANES) {
            return VectorHalves.sum(lanes);
        }
        for (int w = width(n); w > 0; w >>= 1) {
            for (int i = 0; i < w; i++) {
                Mem.f32(lanes + i * 4L, Mem.f32(lanes + i * 4L) + Mem.f32(lanes + (i + w) * 4L));
            }
        }
        return Mem.i32(lanes);
    }

    private long halvesWide(int n, long lanes) {
        for (int w = width(n); w > 0; w >>= 1) {
            for (int i = 0; i < w; i++) {
                Mem.i64(lanes + i * 8L, join(Mem.i64(lanes + i * 8L), Mem.i64(lanes + (i + w) * 8L)));
            }
        }
        return Mem.i64(lanes);
    }

    /**
     * Half of the lanes that a block of {@code n} elements reaches; the others hold identities, which change nothing.
     */
    private static int width(int n) {
        return n >= LANES ? LANES / 2 : n <= 1 ? 0 : Integer.highestOneBit(n - 1);
    }

    /** The raw bits of a row of adjacent elements. */
    public long row(long n, long x) {
        if (n <= BLOCK) {
            return block((int) n, x);
        }
        Pairs pairs = new Pairs();
        for (long i = 0; i < n; i += BLOCK) {
            pairs.add(this, block((int) Math.min(BLOCK, n - i), x + i * type.bytes));
        }
        return pairs.result(this);
    }

    /** The sum or other reduction of adjacent floats. */
    public float floats(long n, long x) {
        return Float.intBitsToFloat((int) row(n, x));
    }

    /**
     * Values that meet in pairs, then pairs of pairs, as they come; what is left at the end meets from the small end.
     */
    public static final class Pairs {
        private final long[] levels = new long[LEVELS];
        private long count;

        public void add(Fold fold, long bits) {
            long value = bits;
            int level = 0;
            for (; (count >>> level & 1) != 0; level++) {
                value = fold.join(levels[level], value);
            }
            levels[level] = value;
            count++;
        }

        public long result(Fold fold) {
            long value = 0;
            boolean any = false;
            for (int level = 0; count >>> level != 0; level++) {
                if ((count >>> level & 1) != 0) {
                    value = any ? fold.join(levels[level], value) : levels[level];
                    any = true;
                }
            }
            return any ? value : identity(fold.kind, fold.type);
        }
    }
}
