package io.flambeau.backend.cpu.internal;

import java.lang.invoke.MethodHandles;

/** Moves elements; see Note [Templates]. */
final class MoveTemplate implements Move {
    private static final Element FROM = Specialiser.data(MethodHandles.lookup(), Element.class, 0);
    private static final Element TO = Specialiser.data(MethodHandles.lookup(), Element.class, 1);
    private static final boolean PLAIN = FROM == TO;
    private static final boolean COMPLEX = FROM.isComplex() && (TO.isComplex() || TO == Element.BOOL);

    MoveTemplate() {}

    @Override
    public void run(int n, long from, long fromStep, long to, long toStep) {
        if (fromStep == FROM.bytes && toStep == TO.bytes) {
            if (PLAIN && n * FROM.bytes >= 128) {
                Mem.copy(from, to, (long) n * FROM.bytes);
            } else {
                adjacent(n, from, to);
            }
        } else {
            for (int i = 0; i < n; i++) {
                one(from + i * fromStep, to + i * toStep);
            }
        }
    }

    private static void adjacent(int n, long from, long to) {
        for (int i = 0; i < n; i++) {
            one(from + i * (long) FROM.bytes, to + i * (long) TO.bytes);
        }
    }

    private static void one(long from, long to) {
        if (PLAIN) {
            FROM.move(from, to);
        } else if (COMPLEX) {
            TO.c128(to, FROM.f64(from), FROM.imaginary(from));
        } else if (FROM.isInteger()) {
            TO.i64(to, FROM.i64(from));
        } else if (FROM == Element.F64 || FROM.isComplex()) {
            TO.f64(to, FROM.f64(from));
        } else {
            TO.f32(to, FROM.f32(from));
        }
    }
}
