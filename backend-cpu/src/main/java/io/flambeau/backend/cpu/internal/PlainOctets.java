package io.flambeau.backend.cpu.internal;

/** Plain loops. */
final class PlainOctets implements Octets {
    @Override
    public void add(int n, long f, long x, long y) {
        for (long at = 0; at < (long) n * BYTES; at += 8) {
            Mem.f64(y + at, Math.fma(Mem.f64(f + at % BYTES), Mem.f64(x + at), Mem.f64(y + at)));
        }
    }

    @Override
    public void less(int n, long f, long x, long y) {
        for (long at = 0; at < (long) n * BYTES; at += 8) {
            Mem.f64(y + at, Math.fma(-Mem.f64(f + at % BYTES), Mem.f64(x + at), Mem.f64(y + at)));
        }
    }

    @Override
    public void multiply(int n, long f, long x) {
        for (long at = 0; at < (long) n * BYTES; at += 8) {
            Mem.f64(x + at, Mem.f64(x + at) * Mem.f64(f + at % BYTES));
        }
    }

    @Override
    public void divide(int n, long f, long x, long step) {
        for (int j = 0; j < n; j++) {
            for (long at = j * step; at < j * step + BYTES; at += 8) {
                Mem.f64(x + at, Mem.f64(x + at) / Mem.f64(f + at - j * step));
            }
        }
    }
}
