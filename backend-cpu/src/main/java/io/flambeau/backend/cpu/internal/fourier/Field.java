package io.flambeau.backend.cpu.internal.fourier;

import static io.flambeau.backend.cpu.internal.Butterflies.LANES;
import static io.flambeau.backend.cpu.internal.Butterflies.PART;
import static io.flambeau.backend.cpu.internal.Butterflies.ROW;

import io.flambeau.backend.cpu.internal.LineMoves;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;

/**
 * Complex numbers in memory: element k of line l has its real part at {@code address + k next + l line} and its
 * imaginary part {@code part} bytes further. A real line is a field too: of half as many numbers.
 *
 * @param wide whether the parts are doubles, else floats
 */
public record Field(long address, boolean wide, long next, long part, long line) {
    private static final LineMoves MOVES = LineMoves.of();

    /** So many numbers of a line side by side. */
    public static Field pairs(long address, boolean wide, long line) {
        long bytes = wide ? 8 : 4;
        return new Field(address, wide, 2 * bytes, bytes, line);
    }

    /** The same with real and imaginary parts exchanged: a transform of it goes backward. */
    Field swapped() {
        return new Field(address + part, wide, next, -part, line);
    }

    Field turned(boolean forward) {
        return forward ? this : swapped();
    }

    /** The lines from {@code l} on. */
    public Field from(int l) {
        return new Field(address + l * line, wide, next, part, line);
    }

    public double re(long k) {
        return at(address + k * next);
    }

    double im(long k) {
        return at(address + k * next + part);
    }

    private double at(long a) {
        return wide ? Mem.f64(a) : Mem.f32(a);
    }

    /** Writes the real part alone. */
    public void setReal(long k, double re) {
        put(address + k * next, re);
    }

    void set(long k, double re, double im) {
        put(address + k * next, re);
        put(address + k * next + part, im);
    }

    private void put(long a, double x) {
        if (wide) {
            Mem.f64(a, x);
        } else {
            Mem.f32(a, (float) x);
        }
    }

    /** Loads rows: row i is element {@code first + i step} and {@code count} more, {@code apart} bytes from lane to lane. */
    public void gather(int rows, long first, long step, int count, long apart, long to) {
        long from = address + first * next;
        int whole = 0;
        if (count == LANES && step == 1 && adjacent(next)) {
            long square = Scratch.get(Scratch.TILE, LANES * ROW);
            for (; whole + LANES <= rows; whole += LANES) {
                load(LANES, from + whole * next, apart, square);
                MOVES.turn(square, to + whole * (long) ROW);
            }
        }
        gatherRows(rows - whole, from + whole * step * next, step, count, apart, to + whole * (long) ROW);
    }

    private void gatherRows(int rows, long from, long step, int count, long apart, long to) {
        if (count == LANES && adjacent(apart)) {
            load(rows, from, step * next, to);
        } else if (wide) {
            gatherDoubles(rows, from, step * next, count, apart, part, to);
        } else {
            gatherFloats(rows, from, step * next, count, apart, part, to);
        }
    }

    /** Stores rows times a number where {@link #gather} would have loaded them. */
    public void scatter(int rows, long first, long step, int count, long apart, long from, double scale) {
        long to = address + first * next;
        int whole = 0;
        if (count == LANES && step == 1 && adjacent(next)) {
            long square = Scratch.get(Scratch.TILE, LANES * ROW);
            for (; whole + LANES <= rows; whole += LANES) {
                MOVES.turn(from + whole * (long) ROW, square);
                store(LANES, square, scale, to + whole * next, apart);
            }
        }
        scatterRows(rows - whole, to + whole * step * next, step, count, apart, from + whole * (long) ROW, scale);
    }

    private void scatterRows(int rows, long to, long step, int count, long apart, long from, double scale) {
        if (count == LANES && adjacent(apart)) {
            store(rows, from, scale, to, step * next);
        } else if (wide) {
            scatterDoubles(rows, to, step * next, count, apart, part, from, scale);
        } else {
            scatterFloats(rows, to, step * next, count, apart, part, from, scale);
        }
    }

    private void load(int rows, long from, long step, long to) {
        if (part > 0) {
            MOVES.load(rows, from, step, wide, to, to + PART);
        } else {
            MOVES.load(rows, from + part, step, wide, to + PART, to);
        }
    }

    private void store(int rows, long from, double scale, long to, long step) {
        if (part > 0) {
            MOVES.store(rows, from, from + PART, scale, to, step, wide);
        } else {
            MOVES.store(rows, from + PART, from, scale, to + part, step, wide);
        }
    }

    /** Whether the parts of numbers, and numbers, lie one after another. */
    boolean isAdjacent() {
        return part > 0 && adjacent(next);
    }

    /** Whether numbers so far apart lie one after another. */
    private boolean adjacent(long apart) {
        long width = wide ? 8 : 4;
        return Math.abs(part) == width && apart == 2 * width;
    }

    private static void gatherFloats(int rows, long from, long step, int count, long apart, long part, long to) {
        for (int i = 0; i < rows; i++) {
            long x = from + i * step;
            long row = to + i * (long) ROW;
            for (int l = 0; l < count; l++) {
                Mem.f64(row + 8 * l, Mem.f32(x + l * apart));
                Mem.f64(row + PART + 8 * l, Mem.f32(x + l * apart + part));
            }
        }
    }

    private static void gatherDoubles(int rows, long from, long step, int count, long apart, long part, long to) {
        for (int i = 0; i < rows; i++) {
            long x = from + i * step;
            long row = to + i * (long) ROW;
            for (int l = 0; l < count; l++) {
                Mem.f64(row + 8 * l, Mem.f64(x + l * apart));
                Mem.f64(row + PART + 8 * l, Mem.f64(x + l * apart + part));
            }
        }
    }

    private static void scatterFloats(
            int rows, long to, long step, int count, long apart, long part, long from, double scale) {
        for (int i = 0; i < rows; i++) {
            long y = to + i * step;
            long row = from + i * (long) ROW;
            for (int l = 0; l < count; l++) {
                Mem.f32(y + l * apart, (float) (Mem.f64(row + 8 * l) * scale));
                Mem.f32(y + l * apart + part, (float) (Mem.f64(row + PART + 8 * l) * scale));
            }
        }
    }

    private static void scatterDoubles(
            int rows, long to, long step, int count, long apart, long part, long from, double scale) {
        for (int i = 0; i < rows; i++) {
            long y = to + i * step;
            long row = from + i * (long) ROW;
            for (int l = 0; l < count; l++) {
                Mem.f64(y + l * apart, Mem.f64(row + 8 * l) * scale);
                Mem.f64(y + l * apart + part, Mem.f64(row + PART + 8 * l) * scale);
            }
        }
    }
}
