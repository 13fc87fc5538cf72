package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Butterflies;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.tensor.spi.FourierBasis;
import java.lang.foreign.MemorySegment;

/**
 * A length with small prime factors: one pass for each factor between two buffers, in order at the end (Van Loan,
 * Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7).
 */
final class Stockham extends Plan {
    private static final Butterflies BUTTERFLIES = Butterflies.of();

    private final int[] factors;
    private final MemorySegment roots;

    Stockham(int n) {
        super(n);
        factors = FourierBasis.factors(n);
        roots = Roots.pairs(n, n);
    }

    @Override
    long bytes() {
        return roots.byteSize();
    }

    @Override
    void run(Field from, Field to, int lines, double scale) {
        long rows = Scratch.get(Scratch.FUSED, 2L * n * Butterflies.ROW);
        from.gather(n, 0, 1, lines, from.line(), rows);
        long result = rows(rows);
        to.scatter(n, 0, 1, lines, to.line(), result, scale);
    }

    /** Transforms n rows, followed by room for as many; says where the result lies. */
    long rows(long rows) {
        long from = rows;
        long to = rows + (long) n * Butterflies.ROW;
        int stride = 1;
        int rest = n;
        for (int p : factors) {
            rest /= p;
            BUTTERFLIES.pass(p, rest, stride, from, to, roots.address());
            stride *= p;
            long swap = from;
            from = to;
            to = swap;
        }
        return from;
    }
}
