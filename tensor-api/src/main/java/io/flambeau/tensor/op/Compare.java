package io.flambeau.tensor.op;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;

/** Elementwise comparisons to BOOL; every comparison with NaN is false but {@code NE}. */
public enum Compare implements Primitive {
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String c;

    Compare(String c) {
        this.c = c;
    }

    /** The C operator. */
    public String c() {
        return c;
    }

    public boolean apply(double x, double y) {
        return switch (this) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
        };
    }

    public boolean apply(long x, long y) {
        return switch (this) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
        };
    }

    /** Only equality is defined on complex numbers. */
    public boolean apply(Complex x, Complex y) {
        boolean equal = x.re() == y.re() && x.im() == y.im();
        return this == EQ ? equal : !equal;
    }

    void check(Spec x) {
        if (this != EQ && this != NE) {
            Laws.requireReal(this, x);
        }
    }

    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireSame(this, in[0], in[1]);
        check(in[0]);
        return new Spec[] {in[0].with(DType.BOOL)};
    }
}
