package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.Complex;
import java.lang.invoke.MethodHandles;

/**
 * Elementwise functions on the four computing types, and the strips made of them: all of the plain path, and the rarer
 * functions of the other. Operands beyond a function's arity are ignored.
 */
public final class Functions {
    private Functions() {}

    @FunctionalInterface
    public interface OfFloat {
        float apply(float x, float y, float z);
    }

    @FunctionalInterface
    public interface OfDouble {
        double apply(double x, double y, double z);
    }

    @FunctionalInterface
    public interface OfLong {
        long apply(long x, long y, long z);
    }

    @FunctionalInterface
    public interface OfComplex {
        Complex apply(Complex x, Complex y, Complex z);
    }

    static Strip floats(int arity, OfFloat f, Element in, Element out) {
        return Specialiser.specialise(MethodHandles.lookup(), FloatTemplate.class, Strip.class, f, arity, in, out);
    }

    static Strip doubles(int arity, OfDouble f, Element in, Element out) {
        return Specialiser.specialise(MethodHandles.lookup(), DoubleTemplate.class, Strip.class, f, arity, in, out);
    }

    static Strip longs(int arity, OfLong f, Element in, Element out) {
        return Specialiser.specialise(MethodHandles.lookup(), LongTemplate.class, Strip.class, f, arity, in, out);
    }

    static Strip complex(int arity, OfComplex f, Element in, Element out) {
        return Specialiser.specialise(MethodHandles.lookup(), ComplexTemplate.class, Strip.class, f, arity, in, out);
    }
}
