package io.flambeau.io.internal.csv;

import io.flambeau.io.internal.Source;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as data files write them, whatever the locale. */
public final class CsvNumbers {
    private CsvNumbers() {}

    /** The number in a column of the present record. */
    public static float parse(CsvReader reader, int column, OptionalDouble missing) {
        float simple = reader.simpleNumber(column);
        if (!Float.isNaN(simple)) {
            return simple;
        }
        String text = reader.field(column).strip();
        if (text.isEmpty() && missing.isPresent()) {
            return (float) missing.getAsDouble();
        }
        if (isDecimal(text)) {
            float value = Float.parseFloat(text);
            if (Float.isInfinite(value)) {
                throw reader.error(Source.quote(text) + " is too large for a float32");
            }
            return value;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
            default -> throw reader.error("field " + (column + 1) + ", " + Source.quote(text) + ", is no number");
        };
    }

    /** Whether a text is a sign, digits, a point, digits, and an exponent: what Java also takes is refused. */
    private static boolean isDecimal(String text) {
        int at = sign(text, 0);
        int whole = digits(text, at);
        int fraction = whole;
        if (whole < text.length() && text.charAt(whole) == '.') {
            fraction = digits(text, whole + 1);
        }
        boolean hasDigits = whole > at || fraction > whole + 1;
        int end = fraction;
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int start = sign(text, end + 1);
            end = digits(text, start);
            hasDigits &= end > start;
        }
        return hasDigits && end == text.length();
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
