package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.HostArray;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How the elements of one tensor are written, all in the same width: integers plainly; reals as whole numbers with a
 * point where all are whole, with four digits otherwise, and in scientific form where their sizes differ much.
 */
final class Column {
    private static final int DIGITS = 4;

    private final HostArray elements;
    private final int part;
    private final int step;
    private boolean whole = true;
    private boolean scientific;
    private int width = 1;

    private Column(HostArray elements, int part, int step) {
        this.elements = elements;
        this.part = part;
        this.step = step;
    }

    /** The column of every step-th value from {@code part} on: of real, or of imaginary parts. */
    static Column of(HostArray elements, int part, int step) {
        Column column = new Column(elements, part, step);
        if (elements.dtype().isDifferentiable()) {
            column.measureReals();
        } else {
            for (int i = 0; i < elements.count(); i++) {
                column.width = Math.max(column.width, column.text(i).length());
            }
        }
        return column;
    }

    /** Only values that are finite and not zero decide the form and the width. */
    private void measureReals() {
        double smallest = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < elements.count(); i++) {
            double value = real(i);
            if (counts(value)) {
                smallest = Math.min(smallest, Math.abs(value));
                greatest = Math.max(greatest, Math.abs(value));
                whole &= value == Math.rint(value);
            }
        }
        if (greatest == 0) {
            return;
        }
        scientific = greatest / smallest > 1000 || greatest > 1e8 || smallest < 1e-4;
        for (int i = 0; i < elements.count(); i++) {
            if (counts(real(i))) {
                width = Math.max(width, text(i).length());
            }
        }
    }

    private static boolean counts(double value) {
        return value != 0 && Double.isFinite(value);
    }

    int width() {
        return width;
    }

    /** The i-th element, filled up with spaces on the left. */
    String at(int i) {
        String text = text(i);
        return " ".repeat(Math.max(width - text.length(), 0)) + text;
    }

    private double real(int i) {
        return elements.reals()[i * step + part];
    }

    private String text(int i) {
        if (elements.dtype() == DType.BOOL) {
            return elements.integers()[i] != 0 ? "True" : "False";
        }
        if (!elements.dtype().isDifferentiable()) {
            return Long.toString(elements.integers()[i]);
        }
        double value = real(i);
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        BigDecimal exact = new BigDecimal(Math.abs(value));
        return sign + (scientific ? scientific(exact) : whole ? fixed(exact, 0) + "." : fixed(exact, DIGITS));
    }

    /** Rounded from the exact value, ties to even, as C does it; Java's own formatter rounds the shortest decimal. */
    private static String fixed(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal value) {
        BigDecimal rounded = value.round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(DIGITS, RoundingMode.UNNECESSARY)
                .toPlainString();
        return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
