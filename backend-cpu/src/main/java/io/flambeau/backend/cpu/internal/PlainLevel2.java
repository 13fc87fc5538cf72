package io.flambeau.backend.cpu.internal;

/** Plain loops. */
public final class PlainLevel2 implements Level2 {
    @Override
    public void dots(int rows, int n, long a, long ld, long x, long y) {
        long chains = Scratch.get(Scratch.TILE, 8 * LANES);
        for (int i = 0; i < rows; i++) {
            Mem.zero(chains, 8 * LANES);
            for (int j = 0; j < n; j++) {
                long chain = chains + 8L * (j % LANES);
                Mem.f64(chain, Math.fma(Mem.f64(a + i * ld + 8L * j), Mem.f64(x + 8L * j), Mem.f64(chain)));
            }
            Mem.f64(y + 8L * i, sum(chains));
        }
    }

    /** The sum of eight numbers by halves. */
    public static double sum(long a) {
        double first = Mem.f64(a) + Mem.f64(a + 32) + (Mem.f64(a + 16) + Mem.f64(a + 48));
        double second = Mem.f64(a + 8) + Mem.f64(a + 40) + (Mem.f64(a + 24) + Mem.f64(a + 56));
        return first + second;
    }

    @Override
    public void combine(int rows, int n, long a, long ld, long f, long y) {
        for (int i = 0; i < rows; i++) {
            double factor = Mem.f64(f + 8L * i);
            for (int j = 0; j < n; j++) {
                Mem.f64(y + 8L * j, Math.fma(factor, Mem.f64(a + i * ld + 8L * j), Mem.f64(y + 8L * j)));
            }
        }
    }

    @Override
    public void rotate(int count, long rotations, long columns, int n) {
        for (int i = 0; i < count; i++) {
            long at = rotations + (long) i * ROTATION;
            long x = columns + Mem.i64(at);
            long y = columns + Mem.i64(at + 8);
            double c = Mem.f64(at + 16);
            double s = Mem.f64(at + 24);
            for (int j = 0; j < n; j++) {
                double p = Mem.f64(x + 8L * j);
                double q = Mem.f64(y + 8L * j);
                Mem.f64(x + 8L * j, c * p + s * q);
                Mem.f64(y + 8L * j, c * q - s * p);
            }
        }
    }
}
