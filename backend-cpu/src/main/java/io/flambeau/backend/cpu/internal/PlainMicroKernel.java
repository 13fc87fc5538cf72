package io.flambeau.backend.cpu.internal;

/** The micro-kernels of the plain path: loops that the compiler may vectorise by itself, with the same chains. */
final class PlainMicroKernel {
    private static final int COLS = 16;

    private PlainMicroKernel() {}

    static final class F32 extends MicroKernel {
        F32(int rows) {
            super(rows, COLS);
        }

        @Override
        public void run(int depth, long a, long pitch, long next, long b, long step, long to, long row) {
            for (int i = 0; i < rows; i++) {
                row(depth, a + i * pitch, next, b, step, to + i * row);
            }
        }

        private static void row(int depth, long a, long next, long b, long step, long to) {
            for (int j = 0; j < COLS; j++) {
                Mem.f32(to + j * 4L, 0f);
            }
            for (int k = 0; k < depth; k++) {
                float x = Mem.f32(a + k * next);
                long row = b + k * step;
                for (int j = 0; j < COLS; j++) {
                    Mem.f32(to + j * 4L, Math.fma(x, Mem.f32(row + j * 4L), Mem.f32(to + j * 4L)));
                }
            }
        }

        @Override
        public void copy(int depth, long from, long step, long to) {
            Packing.rows(from, step, depth, COLS * 4, to, COLS * 4L);
        }

        @Override
        public void merge(long tile, int height, long c, long pitch, boolean add) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < COLS; j++) {
                    float sum = Mem.f32(tile + (i * COLS + j) * 4L);
                    long at = c + i * pitch + j * 4L;
                    Mem.f32(at, add ? Mem.f32(at) + sum : sum);
                }
            }
        }
    }

    static final class F64 extends MicroKernel {
        F64(int rows) {
            super(rows, COLS);
        }

        @Override
        public void run(int depth, long a, long pitch, long next, long b, long step, long to, long row) {
            for (int i = 0; i < rows; i++) {
                row(depth, a + i * pitch, next, b, step, to + i * row);
            }
        }

        private static void row(int depth, long a, long next, long b, long step, long to) {
            for (int j = 0; j < COLS; j++) {
                Mem.f64(to + j * 8L, 0.0);
            }
            for (int k = 0; k < depth; k++) {
                double x = Mem.f64(a + k * next);
                long row = b + k * step;
                for (int j = 0; j < COLS; j++) {
                    Mem.f64(to + j * 8L, Math.fma(x, Mem.f64(row + j * 8L), Mem.f64(to + j * 8L)));
                }
            }
        }

        @Override
        public void copy(int depth, long from, long step, long to) {
            Packing.rows(from, step, depth, COLS * 8, to, COLS * 8L);
        }

        @Override
        public void merge(long tile, int height, long c, long pitch, boolean add) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < COLS; j++) {
                    double sum = Mem.f64(tile + (i * COLS + j) * 8L);
                    long at = c + i * pitch + j * 8L;
                    Mem.f64(at, add ? Mem.f64(at) + sum : sum);
                }
            }
        }
    }
}
