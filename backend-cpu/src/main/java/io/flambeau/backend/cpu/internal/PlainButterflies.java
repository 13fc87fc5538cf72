package io.flambeau.backend.cpu.internal;

/** The passes by plain loops. */
final class PlainButterflies implements Butterflies {
    /** One lane. */
    @FunctionalInterface
    private interface Butterfly {
        void run(long in, long leg, long out, long next, long roots, long step);
    }

    @Override
    public void pass(int p, int m, int s, long from, long to, long roots) {
        Butterfly butterfly = switch (p) {
            case 2 -> PlainButterflies::two;
            case 3 -> PlainButterflies::three;
            case 4 -> PlainButterflies::four;
            case 5 -> PlainButterflies::five;
            default -> (in, leg, out, next, w, step) -> any(p, in, leg, out, next, w, step, 16L * m * s);
        };
        long leg = (long) m * s * ROW;
        long next = (long) s * ROW;
        for (int q = 0; q < m; q++) {
            long step = 16L * q * s;
            for (int r = 0; r < s; r++) {
                long in = from + q * next + (long) r * ROW;
                long out = to + p * q * next + (long) r * ROW;
                for (int lane = 0; lane < PART; lane += 8) {
                    butterfly.run(in + lane, leg, out + lane, next, roots, step);
                }
            }
        }
    }

    @Override
    public void multiply(int rows, long x, long y, long to) {
        for (int i = 0; i < rows; i++) {
            for (int lane = 0; lane < PART; lane += 8) {
                long at = (long) i * ROW + lane;
                put(to + at, re(x + at), im(x + at), re(y + at), im(y + at));
            }
        }
    }

    private static double re(long a) {
        return Mem.f64(a);
    }

    private static double im(long a) {
        return Mem.f64(a + PART);
    }

    private static void put(long to, double re, double im) {
        Mem.f64(to, re);
        Mem.f64(to + PART, im);
    }

    private static void put(long to, double re, double im, double wr, double wi) {
        put(to, re * wr - im * wi, re * wi + im * wr);
    }

    private static void put(long to, double re, double im, long root) {
        put(to, re, im, Mem.f64(root), Mem.f64(root + 8));
    }

    private static void two(long in, long leg, long out, long next, long roots, long step) {
        double ar = re(in);
        double ai = im(in);
        double br = re(in + leg);
        double bi = im(in + leg);
        put(out, ar + br, ai + bi);
        put(out + next, ar - br, ai - bi, roots + step);
    }

    private static void three(long in, long leg, long out, long next, long roots, long step) {
        double ar = re(in);
        double ai = im(in);
        double sumR = re(in + leg) + re(in + 2 * leg);
        double sumI = im(in + leg) + im(in + 2 * leg);
        double difR = Radix.SIN_60 * (re(in + leg) - re(in + 2 * leg));
        double difI = Radix.SIN_60 * (im(in + leg) - im(in + 2 * leg));
        double cr = ar - 0.5 * sumR;
        double ci = ai - 0.5 * sumI;
        put(out, ar + sumR, ai + sumI);
        put(out + next, cr + difI, ci - difR, roots + step);
        put(out + 2 * next, cr - difI, ci + difR, roots + 2 * step);
    }

    private static void four(long in, long leg, long out, long next, long roots, long step) {
        double ar = re(in) + re(in + 2 * leg);
        double ai = im(in) + im(in + 2 * leg);
        double br = re(in) - re(in + 2 * leg);
        double bi = im(in) - im(in + 2 * leg);
        double cr = re(in + leg) + re(in + 3 * leg);
        double ci = im(in + leg) + im(in + 3 * leg);
        double dr = re(in + leg) - re(in + 3 * leg);
        double di = im(in + leg) - im(in + 3 * leg);
        put(out, ar + cr, ai + ci);
        put(out + next, br + di, bi - dr, roots + step);
        put(out + 2 * next, ar - cr, ai - ci, roots + 2 * step);
        put(out + 3 * next, br - di, bi + dr, roots + 3 * step);
    }

    private static void five(long in, long leg, long out, long next, long roots, long step) {
        double ar = re(in);
        double ai = im(in);
        double p1r = re(in + leg) + re(in + 4 * leg);
        double p1i = im(in + leg) + im(in + 4 * leg);
        double m1r = re(in + leg) - re(in + 4 * leg);
        double m1i = im(in + leg) - im(in + 4 * leg);
        double p2r = re(in + 2 * leg) + re(in + 3 * leg);
        double p2i = im(in + 2 * leg) + im(in + 3 * leg);
        double m2r = re(in + 2 * leg) - re(in + 3 * leg);
        double m2i = im(in + 2 * leg) - im(in + 3 * leg);
        double c1r = ar + Radix.COS_72 * p1r + Radix.COS_144 * p2r;
        double c1i = ai + Radix.COS_72 * p1i + Radix.COS_144 * p2i;
        double c2r = ar + Radix.COS_144 * p1r + Radix.COS_72 * p2r;
        double c2i = ai + Radix.COS_144 * p1i + Radix.COS_72 * p2i;
        double s1r = Radix.SIN_72 * m1r + Radix.SIN_144 * m2r;
        double s1i = Radix.SIN_72 * m1i + Radix.SIN_144 * m2i;
        double s2r = Radix.SIN_144 * m1r - Radix.SIN_72 * m2r;
        double s2i = Radix.SIN_144 * m1i - Radix.SIN_72 * m2i;
        put(out, ar + p1r + p2r, ai + p1i + p2i);
        put(out + next, c1r + s1i, c1i - s1r, roots + step);
        put(out + 2 * next, c2r + s2i, c2i - s2r, roots + 2 * step);
        put(out + 3 * next, c2r - s2i, c2i + s2r, roots + 3 * step);
        put(out + 4 * next, c1r - s1i, c1i + s1r, roots + 4 * step);
    }

    /** Any factor, by its definition; {@code apart} bytes lie between the powers of the root of order p. */
    private static void any(int p, long in, long leg, long out, long next, long roots, long step, long apart) {
        for (int k = 0; k < p; k++) {
            double sumR = 0;
            double sumI = 0;
            for (int j = 0; j < p; j++) {
                long w = roots + j * k % p * apart;
                double wr = Mem.f64(w);
                double wi = Mem.f64(w + 8);
                double xr = re(in + j * leg);
                double xi = im(in + j * leg);
                sumR += xr * wr - xi * wi;
                sumI += xr * wi + xi * wr;
            }
            put(out + k * next, sumR, sumI, roots + k * step);
        }
    }
}
