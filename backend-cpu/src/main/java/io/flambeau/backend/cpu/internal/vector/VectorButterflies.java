package io.flambeau.backend.cpu.internal.vector;

import static io.flambeau.backend.cpu.internal.Mem.ALL;
import static io.flambeau.backend.cpu.internal.vector.Lanes.F64;
import static io.flambeau.backend.cpu.internal.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;

import io.flambeau.backend.cpu.internal.Butterflies;
import io.flambeau.backend.cpu.internal.Radix;
import jdk.incubator.vector.DoubleVector;

/**
 * The passes by vectors: one, two or four of them to the real parts of a row.
 *
 * <p>Note [Long vector methods]: after some forty steps the compiler inlines no more methods of ours, and vectors that
 * pass through them become objects. The methods of the Vector API and of memory segments are always inlined. So these
 * loops call nothing else; where that would say things twice, see Note [Inlined before the compiler].
 */
public final class VectorButterflies implements Butterflies {
    private static final int BYTES = Lanes.BYTES;
    private static final DoubleVector ZERO = DoubleVector.zero(F64);
    private static final DoubleVector HALF = broadcast(F64, 0.5);
    private static final DoubleVector SIN_60 = broadcast(F64, Radix.SIN_60);
    private static final DoubleVector COS_72 = broadcast(F64, Radix.COS_72);
    private static final DoubleVector SIN_72 = broadcast(F64, Radix.SIN_72);
    private static final DoubleVector COS_144 = broadcast(F64, Radix.COS_144);
    private static final DoubleVector SIN_144 = broadcast(F64, Radix.SIN_144);

    @Override
    public void pass(int p, int m, int s, long from, long to, long roots) {
        long leg = (long) m * s * ROW;
        long next = (long) s * ROW;
        for (int q = 0; q < m; q++) {
            long in = from + q * next;
            long out = to + p * q * next;
            long step = 16L * q * s;
            for (int v = 0; v < PART; v += BYTES) {
                switch (p) {
                    case 2 -> two(s, in + v, leg, out + v, next, roots + step);
                    case 3 -> three(s, in + v, leg, out + v, next, roots, step);
                    case 4 -> four(s, in + v, leg, out + v, next, roots, step);
                    case 5 -> {
                        sums(s, in + v, leg, out + v);
                        sums(s, in + v + PART, leg, out + v + PART);
                        long w = roots + step;
                        pair(s, in + v + leg, 3 * leg, out + v + next, 3 * next, w, 3 * step);
                        pair(s, in + v + 2 * leg, leg, out + v + 2 * next, next, w + step, step);
                    }
                    default -> any(p, s, in + v, leg, out + v, next, roots, step, 16L * m * s);
                }
            }
        }
    }

    @Override
    public void multiply(int rows, long x, long y, long to) {
        for (int v = 0; v < PART; v += BYTES) {
            product(rows, x + v, y + v, to + v);
        }
    }

    private static void product(int rows, long from, long with, long to) {
        for (int t = 0; t < rows; t++) {
            long x = from + (long) t * ROW;
            long y = with + (long) t * ROW;
            long z = to + (long) t * ROW;
            DoubleVector xr = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector xi = fromMemorySegment(F64, ALL, x + PART, ORDER);
            DoubleVector yr = fromMemorySegment(F64, ALL, y, ORDER);
            DoubleVector yi = fromMemorySegment(F64, ALL, y + PART, ORDER);
            xr.mul(yr).sub(xi.mul(yi)).intoMemorySegment(ALL, z, ORDER);
            xr.mul(yi).add(xi.mul(yr)).intoMemorySegment(ALL, z + PART, ORDER);
        }
    }

    private static void two(int s, long in, long leg, long out, long next, long root) {
        DoubleVector wr = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root));
        DoubleVector wi = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root + 8));
        for (int t = 0; t < s; t++) {
            long x = in + (long) t * ROW;
            long y = out + (long) t * ROW;
            DoubleVector ar = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector ai = fromMemorySegment(F64, ALL, x + PART, ORDER);
            DoubleVector br = fromMemorySegment(F64, ALL, x + leg, ORDER);
            DoubleVector bi = fromMemorySegment(F64, ALL, x + leg + PART, ORDER);
            ar.add(br).intoMemorySegment(ALL, y, ORDER);
            ai.add(bi).intoMemorySegment(ALL, y + PART, ORDER);
            DoubleVector cr = ar.sub(br);
            DoubleVector ci = ai.sub(bi);
            cr.mul(wr).sub(ci.mul(wi)).intoMemorySegment(ALL, y + next, ORDER);
            cr.mul(wi).add(ci.mul(wr)).intoMemorySegment(ALL, y + next + PART, ORDER);
        }
    }

    private static void three(int s, long in, long leg, long out, long next, long roots, long step) {
        DoubleVector w1r = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + step));
        DoubleVector w1i = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + step + 8));
        DoubleVector w2r = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 2 * step));
        DoubleVector w2i = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 2 * step + 8));
        for (int t = 0; t < s; t++) {
            long x = in + (long) t * ROW;
            long y = out + (long) t * ROW;
            DoubleVector ar = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector ai = fromMemorySegment(F64, ALL, x + PART, ORDER);
            DoubleVector br = fromMemorySegment(F64, ALL, x + leg, ORDER);
            DoubleVector bi = fromMemorySegment(F64, ALL, x + leg + PART, ORDER);
            DoubleVector cr = fromMemorySegment(F64, ALL, x + 2 * leg, ORDER);
            DoubleVector ci = fromMemorySegment(F64, ALL, x + 2 * leg + PART, ORDER);
            DoubleVector sumR = br.add(cr);
            DoubleVector sumI = bi.add(ci);
            ar.add(sumR).intoMemorySegment(ALL, y, ORDER);
            ai.add(sumI).intoMemorySegment(ALL, y + PART, ORDER);
            DoubleVector difR = SIN_60.mul(br.sub(cr));
            DoubleVector difI = SIN_60.mul(bi.sub(ci));
            DoubleVector er = ar.sub(HALF.mul(sumR));
            DoubleVector ei = ai.sub(HALF.mul(sumI));
            DoubleVector pr = er.add(difI);
            DoubleVector pi = ei.sub(difR);
            pr.mul(w1r).sub(pi.mul(w1i)).intoMemorySegment(ALL, y + next, ORDER);
            pr.mul(w1i).add(pi.mul(w1r)).intoMemorySegment(ALL, y + next + PART, ORDER);
            DoubleVector qr = er.sub(difI);
            DoubleVector qi = ei.add(difR);
            qr.mul(w2r).sub(qi.mul(w2i)).intoMemorySegment(ALL, y + 2 * next, ORDER);
            qr.mul(w2i).add(qi.mul(w2r)).intoMemorySegment(ALL, y + 2 * next + PART, ORDER);
        }
    }

    private static void four(int s, long in, long leg, long out, long next, long roots, long step) {
        DoubleVector w1r = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + step));
        DoubleVector w1i = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + step + 8));
        DoubleVector w2r = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 2 * step));
        DoubleVector w2i = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 2 * step + 8));
        DoubleVector w3r = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 3 * step));
        DoubleVector w3i = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, roots + 3 * step + 8));
        for (int t = 0; t < s; t++) {
            long x = in + (long) t * ROW;
            long y = out + (long) t * ROW;
            DoubleVector x0r = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector x0i = fromMemorySegment(F64, ALL, x + PART, ORDER);
            DoubleVector x2r = fromMemorySegment(F64, ALL, x + 2 * leg, ORDER);
            DoubleVector x2i = fromMemorySegment(F64, ALL, x + 2 * leg + PART, ORDER);
            DoubleVector ar = x0r.add(x2r);
            DoubleVector ai = x0i.add(x2i);
            DoubleVector br = x0r.sub(x2r);
            DoubleVector bi = x0i.sub(x2i);
            DoubleVector x1r = fromMemorySegment(F64, ALL, x + leg, ORDER);
            DoubleVector x1i = fromMemorySegment(F64, ALL, x + leg + PART, ORDER);
            DoubleVector x3r = fromMemorySegment(F64, ALL, x + 3 * leg, ORDER);
            DoubleVector x3i = fromMemorySegment(F64, ALL, x + 3 * leg + PART, ORDER);
            DoubleVector cr = x1r.add(x3r);
            DoubleVector ci = x1i.add(x3i);
            DoubleVector dr = x1r.sub(x3r);
            DoubleVector di = x1i.sub(x3i);
            ar.add(cr).intoMemorySegment(ALL, y, ORDER);
            ai.add(ci).intoMemorySegment(ALL, y + PART, ORDER);
            DoubleVector pr = br.add(di);
            DoubleVector pi = bi.sub(dr);
            pr.mul(w1r).sub(pi.mul(w1i)).intoMemorySegment(ALL, y + next, ORDER);
            pr.mul(w1i).add(pi.mul(w1r)).intoMemorySegment(ALL, y + next + PART, ORDER);
            DoubleVector qr = ar.sub(cr);
            DoubleVector qi = ai.sub(ci);
            qr.mul(w2r).sub(qi.mul(w2i)).intoMemorySegment(ALL, y + 2 * next, ORDER);
            qr.mul(w2i).add(qi.mul(w2r)).intoMemorySegment(ALL, y + 2 * next + PART, ORDER);
            DoubleVector ur = br.sub(di);
            DoubleVector ui = bi.add(dr);
            ur.mul(w3r).sub(ui.mul(w3i)).intoMemorySegment(ALL, y + 3 * next, ORDER);
            ur.mul(w3i).add(ui.mul(w3r)).intoMemorySegment(ALL, y + 3 * next + PART, ORDER);
        }
    }

    /** Of a butterfly of five the sums of the legs, and in their place what the other results are made of. */
    private static void sums(int s, long in, long leg, long out) {
        for (int t = 0; t < s; t++) {
            long x = in + (long) t * ROW;
            DoubleVector a = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector b = fromMemorySegment(F64, ALL, x + leg, ORDER);
            DoubleVector c = fromMemorySegment(F64, ALL, x + 2 * leg, ORDER);
            DoubleVector d = fromMemorySegment(F64, ALL, x + 3 * leg, ORDER);
            DoubleVector e = fromMemorySegment(F64, ALL, x + 4 * leg, ORDER);
            DoubleVector p = b.add(e);
            DoubleVector q = c.add(d);
            DoubleVector u = b.sub(e);
            DoubleVector v = c.sub(d);
            a.add(p).add(q).intoMemorySegment(ALL, out + (long) t * ROW, ORDER);
            a.add(COS_72.mul(p)).add(COS_144.mul(q)).intoMemorySegment(ALL, x + leg, ORDER);
            a.add(COS_144.mul(p)).add(COS_72.mul(q)).intoMemorySegment(ALL, x + 2 * leg, ORDER);
            SIN_144.mul(u).sub(SIN_72.mul(v)).intoMemorySegment(ALL, x + 3 * leg, ORDER);
            SIN_72.mul(u).add(SIN_144.mul(v)).intoMemorySegment(ALL, x + 4 * leg, ORDER);
        }
    }

    /** Two results, of an even and an odd part so far behind it, each times its root. */
    private static void pair(int s, long in, long odd, long out, long next, long root, long step) {
        DoubleVector wr = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root));
        DoubleVector wi = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root + 8));
        DoubleVector zr = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root + step));
        DoubleVector zi = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root + step + 8));
        for (int t = 0; t < s; t++) {
            long x = in + (long) t * ROW;
            long y = out + (long) t * ROW;
            DoubleVector cr = fromMemorySegment(F64, ALL, x, ORDER);
            DoubleVector ci = fromMemorySegment(F64, ALL, x + PART, ORDER);
            DoubleVector sr = fromMemorySegment(F64, ALL, x + odd, ORDER);
            DoubleVector si = fromMemorySegment(F64, ALL, x + odd + PART, ORDER);
            DoubleVector pr = cr.add(si);
            DoubleVector pi = ci.sub(sr);
            pr.mul(wr).sub(pi.mul(wi)).intoMemorySegment(ALL, y, ORDER);
            pr.mul(wi).add(pi.mul(wr)).intoMemorySegment(ALL, y + PART, ORDER);
            DoubleVector qr = cr.sub(si);
            DoubleVector qi = ci.add(sr);
            qr.mul(zr).sub(qi.mul(zi)).intoMemorySegment(ALL, y + next, ORDER);
            qr.mul(zi).add(qi.mul(zr)).intoMemorySegment(ALL, y + next + PART, ORDER);
        }
    }

    private static void any(int p, int s, long in, long leg, long out, long next, long roots, long step, long apart) {
        for (int k = 0; k < p; k++) {
            for (int t = 0; t < s; t++) {
                long at = (long) t * ROW;
                sum(p, k, in + at, leg, out + k * next + at, roots, apart, roots + k * step);
            }
        }
    }

    private static void sum(int p, int k, long x, long leg, long y, long roots, long apart, long root) {
        DoubleVector sumR = ZERO;
        DoubleVector sumI = ZERO;
        for (int j = 0; j < p; j++) {
            long u = roots + j * k % p * apart;
            DoubleVector ur = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, u));
            DoubleVector ui = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, u + 8));
            DoubleVector xr = fromMemorySegment(F64, ALL, x + j * leg, ORDER);
            DoubleVector xi = fromMemorySegment(F64, ALL, x + j * leg + PART, ORDER);
            sumR = sumR.add(xr.mul(ur).sub(xi.mul(ui)));
            sumI = sumI.add(xr.mul(ui).add(xi.mul(ur)));
        }
        DoubleVector wr = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root));
        DoubleVector wi = broadcast(F64, ALL.get(JAVA_DOUBLE_UNALIGNED, root + 8));
        sumR.mul(wr).sub(sumI.mul(wi)).intoMemorySegment(ALL, y, ORDER);
        sumR.mul(wi).add(sumI.mul(wr)).intoMemorySegment(ALL, y + PART, ORDER);
    }
}
