package io.flambeau.io.internal.csv;

import io.flambeau.io.internal.Source;
import java.util.OptionalDouble;

/** Numbers as data files write them, whatever the locale. */
public final class CsvNumbers {
    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** More than what converting 18 digits, dropping the rest and one division can be wrong by, relatively. */
    private static final double SLACK = 0x1p-50;

    private static final long MOST = 100_000_000_000_000_000L;

    private CsvNumbers() {}

    /** The number in a field of the present record. */
    public static float parse(CsvReader reader, int column, char[] text, int from, int length, OptionalDouble missing) {
        float plain = plain(text, from, from + length);
        if (!Float.isNaN(plain)) {
            return plain;
        }
        int start = from;
        int end = from + length;
        while (start < end && Character.isWhitespace(text[start])) {
            start++;
        }
        while (start < end && Character.isWhitespace(text[end - 1])) {
            end--;
        }
        if (start == end && missing.isPresent()) {
            return (float) missing.getAsDouble();
        }
        if (end - start < length) {
            plain = plain(text, start, end);
        }
        int unsigned = sign(text, start, end);
        if (is(text, unsigned, end, "inf") || is(text, unsigned, end, "infinity")) {
            return text[start] == '-' ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        boolean known = !Float.isNaN(plain) || is(text, unsigned, end, "nan");
        return known ? plain : hard(reader, column, new String(text, start, end - start));
    }

    /** Whether a word stands there, in capitals or not. */
    private static boolean is(char[] text, int from, int end, String word) {
        boolean same = end - from == word.length();
        for (int i = 0; same && i < word.length(); i++) {
            same = (text[from + i] | 0x20) == word.charAt(i);
        }
        return same;
    }

    private static float hard(CsvReader reader, int column, String text) {
        if (!isDecimal(text)) {
            throw reader.error("field " + (column + 1) + ", " + Source.quote(text) + ", is no number");
        }
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value)) {
            throw reader.error(Source.quote(text) + " is too large for a float32");
        }
        return value;
    }

    /**
     * The number that is written there, without making a string of it; NaN if it is not plainly written, or if it is so
     * near to the middle of two floats that a double does not tell which is nearer.
     */
    private static float plain(char[] text, int from, int end) {
        int at = sign(text, from, end);
        boolean negative = at > from && text[from] == '-';
        long value = 0;
        int digits = 0;
        int exponent = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                digits++;
                if (value < MOST) {
                    value = 10 * value + c - '0';
                    exponent -= point ? 1 : 0;
                } else {
                    exponent += point ? 0 : 1;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            int start = sign(text, at + 1, end);
            int power = 0;
            for (at = start; at < end && text[at] >= '0' && text[at] <= '9' && power < 1000; at++) {
                power = 10 * power + text[at] - '0';
            }
            exponent += text[start - 1] == '-' ? -power : power;
            digits = at == start ? 0 : digits;
        }
        if (digits == 0 || at < end || Math.abs(exponent) >= POWERS.length) {
            return Float.NaN;
        }
        double near = exponent < 0 ? value / POWERS[-exponent] : value * POWERS[exponent];
        float low = (float) (near - SLACK * near);
        float high = (float) (near + SLACK * near);
        return low == high && high <= Float.MAX_VALUE ? negative ? -low : low : Float.NaN;
    }

    private static int sign(char[] text, int at, int end) {
        return at < end && (text[at] == '-' || text[at] == '+') ? at + 1 : at;
    }

    /** Whether a text is a sign, digits, a point, digits, and an exponent: what Java also takes is refused. */
    private static boolean isDecimal(String text) {
        char[] chars = text.toCharArray();
        int at = sign(chars, 0, chars.length);
        int whole = digits(chars, at);
        int fraction = whole;
        if (whole < chars.length && chars[whole] == '.') {
            fraction = digits(chars, whole + 1);
        }
        boolean hasDigits = whole > at || fraction > whole + 1;
        int end = fraction;
        if (end < chars.length && (chars[end] == 'e' || chars[end] == 'E')) {
            int start = sign(chars, end + 1, chars.length);
            end = digits(chars, start);
            hasDigits &= end > start;
        }
        return hasDigits && end == chars.length;
    }

    private static int digits(char[] text, int from) {
        int at = from;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }
}
