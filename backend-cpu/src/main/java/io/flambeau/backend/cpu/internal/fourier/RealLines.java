package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.LineMoves;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * Lines of n real numbers and their half spectra, the n/2 + 1 first coefficients. Even lengths take a complex transform
 * of half the length, of which the even numbers are the real and the odd ones the imaginary parts (Van Loan,
 * 1992, section 4.3).
 */
final class RealLines {
    private static final Cache<RealLines> CACHE = new Cache<>(RealLines::new, lines -> lines.roots.byteSize());

    private static final LineMoves MOVES = LineMoves.of();

    private final int n;
    private final boolean even;
    private final MemorySegment roots;

    private RealLines(int n) {
        this.n = n;
        even = n % 2 == 0;
        roots = Roots.pairs(n, even ? n / 2 + 1 : 0);
    }

    static RealLines of(int n) {
        return CACHE.of(n);
    }

    /** Numbers of the complex transform. */
    private int length() {
        return even ? n / 2 : n;
    }

    private Field work(int lines) {
        long line = 16L * length();
        return Field.pairs(Scratch.get(Scratch.WIDE, line * lines), true, line);
    }

    /**
     * Writes half spectra.
     *
     * @param from real numbers: a field whose imaginary part is the next number of the line
     */
    void toSpectrum(Field from, Field to, int lines, boolean forward, double scale) {
        Field work = work(lines);
        double conjugate = forward ? scale : -scale;
        if (even) {
            Field pairs = new Field(from.address(), from.wide(), 2 * from.next(), from.next(), from.line());
            Plan.of(length()).run(pairs, work, lines, 1);
            for (int l = 0; l < lines; l++) {
                split(work.from(l), to.from(l), scale, conjugate);
            }
            return;
        }
        for (int l = 0; l < lines; l++) {
            Field x = from.from(l);
            Field y = work.from(l);
            for (int k = 0; k < n; k++) {
                y.set(k, x.re(k), 0);
            }
        }
        Plan.of(n).run(work, work, lines, 1);
        for (int l = 0; l < lines; l++) {
            Field x = work.from(l);
            Field y = to.from(l);
            y.set(0, x.re(0) * scale, 0);
            for (int k = 1; k <= n / 2; k++) {
                y.set(k, x.re(k) * scale, x.im(k) * conjugate);
            }
        }
    }

    /** The transforms E and O of the even and odd numbers are the symmetric parts of z = even + i odd; x = E + w O. */
    private void split(Field z, Field to, double scale, double conjugate) {
        int h = n / 2;
        double re = z.re(0);
        double im = z.im(0);
        to.set(0, (re + im) * scale, 0);
        to.set(h, (re - im) * scale, 0);
        int first = to.isAdjacent()
                ? MOVES.split(h, z.address(), roots.address(), scale, conjugate, to.address(), to.wide())
                : 1;
        for (int k = first; k < h; k++) {
            double ar = z.re(k);
            double ai = z.im(k);
            double br = z.re(h - k);
            double bi = z.im(h - k);
            double wr = Mem.f64(roots.address() + 16L * k);
            double wi = Mem.f64(roots.address() + 16L * k + 8);
            double er = 0.5 * (ar + br);
            double ei = 0.5 * (ai - bi);
            double or = 0.5 * (ai + bi);
            double oi = -0.5 * (ar - br);
            to.set(k, (er + (or * wr - oi * wi)) * scale, (ei + (or * wi + oi * wr)) * conjugate);
        }
    }

    /**
     * Writes the real numbers of half spectra, with exp(+2 pi i j k / n) unless forward. The imaginary parts of the
     * first and, for even n, the last coefficient have no part in a real result.
     *
     * @param to real numbers, as in {@link #toSpectrum}
     */
    void toReal(Field from, Field to, int lines, boolean forward, double scale) {
        Field work = work(lines);
        double sign = forward ? -1 : 1;
        for (int l = 0; l < lines; l++) {
            if (even) {
                join(from.from(l), work.from(l), sign);
            } else {
                mirror(from.from(l), work.from(l), sign);
            }
        }
        if (even) {
            Field pairs = new Field(to.address(), to.wide(), 2 * to.next(), to.next(), to.line());
            Plan.of(length()).run(work.swapped(), pairs.swapped(), lines, scale);
            return;
        }
        Plan.of(n).run(work.swapped(), work.swapped(), lines, 1);
        for (int l = 0; l < lines; l++) {
            Field x = work.from(l);
            long y = to.from(l).address();
            for (int k = 0; k < n; k++) {
                double value = x.re(k) * scale;
                if (to.wide()) {
                    Mem.f64(y + k * to.next(), value);
                } else {
                    Mem.f32(y + k * to.next(), (float) value);
                }
            }
        }
    }

    /** z = E + i O with E the sum of x[k] and conj x[h-k], and O their difference times conj(w). */
    private void join(Field x, Field z, double sign) {
        int h = n / 2;
        double first = x.re(0);
        double last = x.re(h);
        z.set(0, first + last, first - last);
        int done = x.isAdjacent() ? MOVES.join(h, x.address(), x.wide(), sign, roots.address(), z.address()) : 1;
        for (int k = done; k < h; k++) {
            double ar = x.re(k);
            double ai = sign * x.im(k);
            double br = x.re(h - k);
            double bi = sign * x.im(h - k);
            double wr = Mem.f64(roots.address() + 16L * k);
            double wi = Mem.f64(roots.address() + 16L * k + 8);
            double dr = ar - br;
            double di = ai + bi;
            double or = dr * wr + di * wi;
            double oi = di * wr - dr * wi;
            z.set(k, ar + br - oi, ai - bi + or);
        }
    }

    private void mirror(Field x, Field z, double sign) {
        z.set(0, x.re(0), 0);
        for (int k = 1; k <= n / 2; k++) {
            double re = x.re(k);
            double im = sign * x.im(k);
            z.set(k, re, im);
            z.set(n - k, re, -im);
        }
    }
}
