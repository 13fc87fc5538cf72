package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** Moves elements; see Note [Templates]. */
final class MoveTemplate implements Move {
    private static final Element FROM = Specialiser.data(MethodHandles.lookup(), Element.class, 0);
    private static final Element TO = Specialiser.data(MethodHandles.lookup(), Element.class, 1);
    private static final int FROM_BYTES = FROM.bytes;
    private static final int TO_BYTES = TO.bytes;
    private static final boolean PLAIN = FROM == TO;
    private static final boolean COMPLEX = FROM.isComplex() && (TO.isComplex() || TO == Element.BOOL);
    private static final boolean INTEGER = FROM.isInteger();
    private static final boolean WIDE = FROM == Element.F64 || FROM.isComplex();

    MoveTemplate() {}

    @Override
    public void run(int n, long from, long fromStep, long to, long toStep) {
        if (toStep != TO_BYTES || fromStep != FROM_BYTES && fromStep != 0) {
            for (int i = 0; i < n; i++) {
                one(from + i * fromStep, to + i * toStep);
            }
        } else if (fromStep == 0) {
            repeat(n, from, to);
        } else if (PLAIN && n * FROM_BYTES >= 128) {
            Mem.copy(from, to, (long) n * FROM_BYTES);
        } else {
            adjacent(n, from, to);
        }
    }

    private static void adjacent(int n, long from, long to) {
        for (int i = 0; i < n; i++) {
            one(from + i * (long) FROM_BYTES, to + i * (long) TO_BYTES);
        }
    }

    /** Writes one element n times, doubling what is there. */
    private static void repeat(int n, long from, long to) {
        for (int i = 0; i < Math.min(n, 8); i++) {
            one(from, to + i * (long) TO_BYTES);
        }
        long all = n * (long) TO_BYTES;
        for (long done = 8L * TO_BYTES; done < all; done *= 2) {
            Mem.copy(to, to + done, Math.min(done, all - done));
        }
    }

    private static void one(long from, long to) {
        if (PLAIN) {
            FROM.move(from, to);
        } else if (COMPLEX) {
            TO.c128(to, FROM.f64(from), FROM.imaginary(from));
        } else if (INTEGER) {
            TO.i64(to, FROM.i64(from));
        } else if (WIDE) {
            TO.f64(to, FROM.f64(from));
        } else {
            TO.f32(to, FROM.f32(from));
        }
    }
}
