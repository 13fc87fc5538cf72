package io.flambeau.backend.cpu.internal;

/** The micro-kernels without vectors, with the same chains; that of floats also stands in for one of vectors. */
final class PlainMicroKernel {
    /** The columns of a tile on the plain path. */
    static final int COLS = 16;

    private PlainMicroKernel() {}

    static final class F32 extends MicroKernel {
        F32(int rows, int cols) {
            super(rows, cols);
        }

        /** See Note [Plain loops on the heap]: the left factor, the right one, the sums. Lines are terms of one row. */
        @Override
        public void run(int depth, long a, long pitch, long next, long b, long step, long to, long row) {
            int right = rows * depth;
            int sums = right + depth * cols;
            float[] x = Scratch.floats(sums + rows * cols);
            boolean lines = next == 4;
            read(lines ? rows : depth, lines ? depth : rows, a, lines ? pitch : next, x, 0);
            read(depth, cols, b, step, x, right);
            for (int i = 0; i < rows; i += 2) {
                int left = lines ? i * depth : i;
                for (int j = 0; j < cols; j += 4) {
                    eight(depth, x, left, lines ? depth : 1, lines ? 1 : rows, right + j, cols, sums + i * cols + j);
                }
            }
            for (int i = 0; i < rows; i++) {
                Mem.write(x, sums + i * cols, cols, to + i * row);
            }
        }

        private static void read(int count, int width, long from, long step, float[] to, int at) {
            if (step == width * 4L) {
                Mem.read(from, to, at, count * width);
                return;
            }
            for (int i = 0; i < count; i++) {
                Mem.read(from + i * step, to, at + i * width, width);
            }
        }

        /** Two rows of four sums. */
        private static void eight(int depth, float[] x, int left, int down, int next, int right, int cols, int to) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float t0 = 0;
            float t1 = 0;
            float t2 = 0;
            float t3 = 0;
            for (int k = 0; k < depth; k++) {
                float a = x[left + k * next];
                float b = x[left + k * next + down];
                int at = right + k * cols;
                s0 = Math.fma(a, x[at], s0);
                s1 = Math.fma(a, x[at + 1], s1);
                s2 = Math.fma(a, x[at + 2], s2);
                s3 = Math.fma(a, x[at + 3], s3);
                t0 = Math.fma(b, x[at], t0);
                t1 = Math.fma(b, x[at + 1], t1);
                t2 = Math.fma(b, x[at + 2], t2);
                t3 = Math.fma(b, x[at + 3], t3);
            }
            x[to] = s0;
            x[to + 1] = s1;
            x[to + 2] = s2;
            x[to + 3] = s3;
            x[to + cols] = t0;
            x[to + cols + 1] = t1;
            x[to + cols + 2] = t2;
            x[to + cols + 3] = t3;
        }

        @Override
        public void copy(int depth, long from, long step, long to) {
            Packing.rows(from, step, depth, cols * 4, to, cols * 4L);
        }

        @Override
        public void merge(long tile, int height, long c, long pitch, boolean add) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < cols; j++) {
                    float sum = Mem.f32(tile + (i * cols + j) * 4L);
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
