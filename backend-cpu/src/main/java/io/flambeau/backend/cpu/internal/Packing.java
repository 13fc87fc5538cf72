package io.flambeau.backend.cpu.internal;

import java.nio.ByteOrder;

/** Copies blocks of matrices into the orders that the micro-kernels read. */
public final class Packing {
    private static final int BLOCK = 64;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Packing() {}

    /** The panels of a strided matrix of floats or doubles. */
    static Panels panels(Matrix b, int bytes, MicroKernel kernel) {
        return (row, depth, col, width, cols, to) -> {
            long from = b.address() + (row * b.row() + col * b.col()) * bytes;
            if (b.col() == 1 && width == cols) {
                kernel.copy(depth, from, b.row() * bytes, to);
                return;
            }
            tile(from, b.row(), b.col(), bytes, depth, width, cols, to);
        };
    }

    /**
     * Copies a strided block of {@code width} columns to adjacent rows of {@code cols} elements, with zeros in the
     * rest; the strides are in elements.
     */
    public static void tile(long from, long row, long col, int bytes, int count, int width, int cols, long to) {
        if (col == 1 && width == cols && cols * bytes == 32) {
            quads(from, row * bytes, count, to);
            return;
        }
        block(from, row, col, bytes, count, width, to, cols * (long) bytes);
        for (int k = 0; k < count && width < cols; k++) {
            Mem.zero(to + (k * (long) cols + width) * bytes, (cols - width) * (long) bytes);
        }
    }

    /** Copies rows of 32 bytes, {@code pitch} bytes apart. */
    private static void quads(long from, long pitch, int count, long to) {
        for (int i = 0; i < count; i++) {
            long x = from + i * pitch;
            long at = to + i * 32L;
            Mem.i64(at, Mem.i64(x));
            Mem.i64(at + 8, Mem.i64(x + 8));
            Mem.i64(at + 16, Mem.i64(x + 16));
            Mem.i64(at + 24, Mem.i64(x + 24));
        }
    }

    /** Copies a strided block to rows {@code pitch} bytes apart; the strides are in elements. */
    public static void block(long from, long row, long col, int bytes, int count, int width, long to, long pitch) {
        if (col == 1) {
            rows(from, row * bytes, count, width * bytes, to, pitch);
        } else if (bytes == 4) {
            transpose4(from, row * 4, col * 4, count, width, to, pitch);
        } else {
            transpose8(from, row * 8, col * 8, count, width, to, pitch);
        }
    }

    /** Copies {@code count} rows of {@code width} bytes, a multiple of four, between pitches. */
    static void rows(long from, long fromPitch, int count, int width, long to, long toPitch) {
        for (int i = 0; i < count; i++) {
            row(from + i * fromPitch, to + i * toPitch, width);
        }
    }

    private static void row(long from, long to, int width) {
        int i = 0;
        for (; i <= width - 8; i += 8) {
            Mem.i64(to + i, Mem.i64(from + i));
        }
        if (i < width) {
            Mem.i32(to + i, Mem.i32(from + i));
        }
    }

    /** Copies 4-byte elements that the source has apart; adjacent rows of it are turned. */
    private static void transpose4(long from, long row, long col, int count, int width, long to, long pitch) {
        if (row == 4) {
            int whole = count / Transposition.UNIT * Transposition.UNIT;
            int across = width / Transposition.UNIT * Transposition.UNIT;
            Transposition.of().run(across, whole, from, col, to, pitch);
            strided4(from + across * col, row, col, whole, width - across, to + across * 4L, pitch);
            strided4(from + whole * row, row, col, count - whole, width, to + whole * pitch, pitch);
        } else {
            strided4(from, row, col, count, width, to, pitch);
        }
    }

    /** Eight columns of a block of rows at a time. */
    private static void strided4(long from, long row, long col, int count, int width, long to, long pitch) {
        for (int top = 0; top < count; top += BLOCK) {
            int rows = Math.min(BLOCK, count - top);
            int j = 0;
            for (; j <= width - 8; j += 8) {
                eight4(from + top * row + j * col, row, col, rows, to + top * pitch + j * 4L, pitch);
            }
            for (; j < width; j++) {
                one4(from + top * row + j * col, row, rows, to + top * pitch + j * 4L, pitch);
            }
        }
    }

    private static void eight4(long from, long row, long col, int count, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            long x = from + i * row;
            long at = to + i * pitch;
            Mem.i64(at, pair(x, col));
            Mem.i64(at + 8, pair(x + 2 * col, col));
            Mem.i64(at + 16, pair(x + 4 * col, col));
            Mem.i64(at + 24, pair(x + 6 * col, col));
        }
    }

    /** Two elements in the order of memory. */
    private static long pair(long x, long col) {
        long a = Mem.i32(x);
        long b = Mem.i32(x + col);
        return LITTLE ? a & 0xFFFFFFFFL | b << 32 : b & 0xFFFFFFFFL | a << 32;
    }

    private static void one4(long from, long row, int count, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            Mem.i32(to + i * pitch, Mem.i32(from + i * row));
        }
    }

    /** Copies 8-byte elements: eight columns of a block of rows at a time, which the source has apart. */
    private static void transpose8(long from, long row, long col, int count, int width, long to, long pitch) {
        for (int top = 0; top < count; top += BLOCK) {
            int rows = Math.min(BLOCK, count - top);
            int j = 0;
            for (; j <= width - 8; j += 8) {
                eight8(from + top * row + j * col, row, col, rows, to + top * pitch + j * 8L, pitch);
            }
            for (; j < width; j++) {
                one8(from + top * row + j * col, row, rows, to + top * pitch + j * 8L, pitch);
            }
        }
    }

    private static void eight8(long from, long row, long col, int count, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            long x = from + i * row;
            long at = to + i * pitch;
            Mem.i64(at, Mem.i64(x));
            Mem.i64(at + 8, Mem.i64(x + col));
            Mem.i64(at + 16, Mem.i64(x + 2 * col));
            Mem.i64(at + 24, Mem.i64(x + 3 * col));
            Mem.i64(at + 32, Mem.i64(x + 4 * col));
            Mem.i64(at + 40, Mem.i64(x + 5 * col));
            Mem.i64(at + 48, Mem.i64(x + 6 * col));
            Mem.i64(at + 56, Mem.i64(x + 7 * col));
        }
    }

    private static void one8(long from, long row, int count, long to, long pitch) {
        for (int i = 0; i < count; i++) {
            Mem.i64(to + i * pitch, Mem.i64(from + i * row));
        }
    }
}
