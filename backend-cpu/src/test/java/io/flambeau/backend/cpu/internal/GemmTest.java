package io.flambeau.backend.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GemmTest {
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {2, 3, 4},
        {5, 7, 11},
        {8, 32, 16},
        {9, 33, 17},
        {16, 64, 300},
        {1, 100, 513},
        {100, 1, 70},
        {3, 200, 257},
        {64, 10, 256},
        {130, 40, 270},
        {7, 5, 600},
        {40, 96, 0},
    };

    @AfterEach
    void restore() {
        Workers.setThreads(Runtime.getRuntime().availableProcessors());
    }

    /** The definition of an element: blocks of DEPTH terms, each a chain of fma. */
    private static double chain(boolean single, int k, Matrix a, Matrix b, int i, int j, double before, boolean add) {
        double total = before;
        boolean first = !add;
        for (int from = 0; from < Math.max(1, k); from += Gemm.DEPTH) {
            double sum = 0;
            for (int p = from; p < Math.min(k, from + Gemm.DEPTH); p++) {
                long x = i * a.row() + p * a.col();
                long y = p * b.row() + j * b.col();
                sum = single
                        ? Math.fma(Mem.f32(a.address() + x * 4), Mem.f32(b.address() + y * 4), (float) sum)
                        : Math.fma(Mem.f64(a.address() + x * 8), Mem.f64(b.address() + y * 8), sum);
            }
            total = first ? sum : single ? (float) total + (float) sum : total + sum;
            first = false;
        }
        return total;
    }

    private static void check(boolean single, int[] shape, int layout, boolean add, int threads) {
        int m = shape[0];
        int n = shape[1];
        int k = shape[2];
        Workers.setThreads(threads);
        SplittableRandom random = new SplittableRandom(m * 31L + n * 7 + k + layout);
        try (Arena arena = Arena.ofConfined()) {
            Matrix a = matrix(arena, random, single, m, k, (layout & 1) != 0);
            Matrix b = matrix(arena, random, single, k, n, (layout & 2) != 0);
            Matrix c = matrix(arena, random, single, m, n, (layout & 4) != 0);
            double[] expected = new double[m * n];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    expected[i * n + j] = chain(single, k, a, b, i, j, read(single, c, i, j), add);
                }
            }
            (single ? Gemm.F32 : Gemm.F64).run(m, n, k, a, b, c, add, null);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    assertThat(read(single, c, i, j))
                            .as("%dx%dx%d layout %d add %b at %d, %d", m, n, k, layout, add, i, j)
                            .isEqualTo(expected[i * n + j]);
                }
            }
        }
    }

    private static double read(boolean single, Matrix x, int i, int j) {
        long at = i * x.row() + j * x.col();
        return single ? Mem.f32(x.address() + at * 4) : Mem.f64(x.address() + at * 8);
    }

    private static Matrix matrix(
            Arena arena, SplittableRandom random, boolean single, int rows, int cols, boolean turned) {
        int bytes = single ? 4 : 8;
        long pitch = (turned ? rows : cols) + 3;
        long count = pitch * (turned ? cols : rows) + 1;
        long at = arena.allocate(count * bytes, 64).address();
        for (long i = 0; i < count; i++) {
            double value = random.nextDouble() - 0.5;
            if (single) {
                Mem.f32(at + i * 4, (float) value);
            } else {
                Mem.f64(at + i * 8, value);
            }
        }
        return turned ? new Matrix(at, 1, pitch) : new Matrix(at, pitch, 1);
    }

    @Test
    void everyElementIsItsChain() {
        for (int[] shape : SHAPES) {
            for (int layout = 0; layout < 8; layout++) {
                for (int threads = 1; threads <= 3; threads++) {
                    check(true, shape, layout, (layout + threads) % 2 == 0, threads);
                    check(false, shape, layout, (layout + threads) % 2 == 1, threads);
                }
            }
        }
    }

    /** More columns than are packed at a time, and more terms than one packed group has. */
    @Test
    void wideAndDeepFactors() {
        int[] shape = {40, 530, 2100};
        check(true, shape, 0, false, 2);
        check(true, shape, 0, true, 2);
    }

    /** More rows than are copied at a time when the left factor must be. */
    @Test
    void tallTransposedFactors() {
        int[] shape = {17_000, 40, 300};
        Workers.setThreads(2);
        SplittableRandom random = new SplittableRandom(2);
        try (Arena arena = Arena.ofConfined()) {
            Matrix a = matrix(arena, random, true, shape[0], shape[2], true);
            Matrix b = matrix(arena, random, true, shape[2], shape[1], false);
            Matrix c = matrix(arena, random, true, shape[0], shape[1], false);
            Gemm.F32.run(shape[0], shape[1], shape[2], a, b, c, false, (at, row, col, count) -> {
                for (int j = 0; j < count; j++) {
                    Mem.f32(at + j * 4L, Mem.f32(at + j * 4L) + row);
                }
            });
            for (int i = 0; i < shape[0]; i += 333) {
                for (int j = 0; j < shape[1]; j += 7) {
                    float sum = (float) chain(true, shape[2], a, b, i, j, 0, false);
                    assertThat(read(true, c, i, j)).isEqualTo(sum + i);
                }
            }
        }
    }

    @Test
    void theEpilogueSeesEachElementOnce() {
        for (int[] shape : new int[][] {{5, 7, 3}, {64, 100, 300}, {200, 33, 20}, {3, 5000, 2}}) {
            int m = shape[0];
            int n = shape[1];
            SplittableRandom random = new SplittableRandom(1);
            try (Arena arena = Arena.ofConfined()) {
                Matrix a = matrix(arena, random, true, m, shape[2], false);
                Matrix b = matrix(arena, random, true, shape[2], n, false);
                Matrix plain = matrix(arena, random, true, m, n, false);
                Matrix fused = matrix(arena, random, true, m, n, false);
                Gemm.F32.run(m, n, shape[2], a, b, plain, false, null);
                Gemm.F32.run(m, n, shape[2], a, b, fused, false, (c, row, col, count) -> {
                    for (int j = 0; j < count; j++) {
                        Mem.f32(c + j * 4L, Mem.f32(c + j * 4L) + (row * 10 + col + j));
                    }
                });
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        assertThat(read(true, fused, i, j)).isEqualTo((float) read(true, plain, i, j) + (i * 10 + j));
                    }
                }
            }
        }
    }
}
