package io.flambeau.backend.cpu.internal;

import static io.flambeau.backend.cpu.internal.Butterflies.LANES;
import static io.flambeau.backend.cpu.internal.Butterflies.PART;
import static io.flambeau.backend.cpu.internal.Butterflies.ROW;

import io.flambeau.backend.cpu.internal.vector.VectorLineMoves;

/**
 * Moves complex numbers between lines and rows of eight; see Note [Rows of eight complex numbers]. In lines the parts of
 * a number lie side by side, floats or doubles; rows have their real parts at {@code re} and their imaginary parts at
 * {@code im}. These are the plain loops; {@link #of} has faster ones where there are vectors.
 */
public class LineMoves {
    protected LineMoves() {}

    /** The moves of this path. */
    public static LineMoves of() {
        return Holder.MOVES;
    }

    /** Loads rows of eight adjacent numbers, {@code step} bytes from row to row. */
    public void load(int rows, long from, long step, boolean wide, long re, long im) {
        for (int i = 0; i < rows; i++) {
            long x = from + i * step;
            long row = i * (long) ROW;
            for (int l = 0; l < LANES; l++) {
                Mem.f64(re + row + 8L * l, wide ? Mem.f64(x + 16L * l) : Mem.f32(x + 8L * l));
                Mem.f64(im + row + 8L * l, wide ? Mem.f64(x + 16L * l + 8) : Mem.f32(x + 8L * l + 4));
            }
        }
    }

    /** Stores rows times a number to eight adjacent numbers each. */
    public void store(int rows, long re, long im, double scale, long to, long step, boolean wide) {
        for (int i = 0; i < rows; i++) {
            long y = to + i * step;
            long row = i * (long) ROW;
            for (int l = 0; l < LANES; l++) {
                double a = Mem.f64(re + row + 8L * l) * scale;
                double b = Mem.f64(im + row + 8L * l) * scale;
                if (wide) {
                    Mem.f64(y + 16L * l, a);
                    Mem.f64(y + 16L * l + 8, b);
                } else {
                    Mem.f32(y + 8L * l, (float) a);
                    Mem.f32(y + 8L * l + 4, (float) b);
                }
            }
        }
    }

    /** Transposes eight rows. */
    public void turn(long from, long to) {
        for (int i = 0; i < LANES; i++) {
            for (int j = 0; j < LANES; j++) {
                long x = from + (long) j * ROW + 8L * i;
                long y = to + (long) i * ROW + 8L * j;
                Mem.f64(y, Mem.f64(x));
                Mem.f64(y + PART, Mem.f64(x + PART));
            }
        }
    }

    /**
     * Makes the half spectrum of a real line of the transform of its pairs: x[k] = E[k] + w^k O[k] for k from 1 on, with E
     * and O the symmetric parts of z. The plain loop is the caller's.
     *
     * @param h the numbers of z, pairs of doubles
     * @param roots w^k, pairs of doubles
     * @param scale the factor of the real parts
     * @param conjugate that of the imaginary parts
     * @param wide whether the results are doubles, else floats; pairs that lie side by side
     * @return the first k that is not done
     */
    public int split(int h, long z, long roots, double scale, double conjugate, long to, boolean wide) {
        return 1;
    }

    /**
     * The inverse: z[k] = E[k] + i O[k] of a half spectrum whose imaginary parts are taken times {@code sign}.
     *
     * @param wide whether the half spectrum is of doubles
     * @return the first k that is not done
     */
    public int join(int h, long x, boolean wide, double sign, long roots, long z) {
        return 1;
    }

    /** Chosen when first used. */
    private static final class Holder {
        static final LineMoves MOVES =
                Kernels.VECTOR && Kernels.bits() <= 8 * PART ? new VectorLineMoves() : new LineMoves();
    }
}
