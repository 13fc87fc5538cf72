package io.flambeau.io.internal.npy;

import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of an .npy header: a Python dictionary of three known keys. NumPy gives it to Python's parser; here a grammar
 * of strings, booleans and tuples of integers is all there is.
 */
final class NpyDict {
    private final Source source;
    private final String text;
    private int at;
    private @Nullable String descr;
    private @Nullable Boolean fortran;
    private long @Nullable [] shape;

    NpyDict(Source source, String text) {
        this.source = source;
        this.text = text;
        if (!text.endsWith("\n")) {
            throw error("does not end in a new line");
        }
        expect('{');
        while (!accept('}')) {
            entry();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (at != text.length()) {
            throw error("goes on after its end");
        }
    }

    String descr() {
        return required(descr, "descr");
    }

    boolean fortran() {
        return required(fortran, "fortran_order");
    }

    long[] shape() {
        return required(shape, "shape");
    }

    private <T> T required(@Nullable T value, String key) {
        if (value == null) {
            throw error("lacks " + key);
        }
        return value;
    }

    private void entry() {
        String key = string();
        expect(':');
        switch (key) {
            case "descr" -> descr = first(descr, string());
            case "fortran_order" -> fortran = first(fortran, bool());
            case "shape" -> shape = first(shape, tuple());
            default -> throw error("has the unknown key " + Source.quote(key));
        }
    }

    private <T> T first(@Nullable T before, T value) {
        if (before != null) {
            throw error("has a key twice");
        }
        return value;
    }

    private String string() {
        char quote = next();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at) : -1;
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw error("needs a plain string");
        }
        String string = text.substring(at, end);
        at = end + 1;
        return string;
    }

    private boolean bool() {
        skipSpace();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw error("needs True or False");
    }

    private long[] tuple() {
        long[] values = new long[Shape.MAX_RANK];
        int count = 0;
        expect('(');
        boolean comma = true;
        while (!accept(')')) {
            if (!comma || count == values.length) {
                throw error("needs a tuple of at most " + values.length + " sizes");
            }
            values[count++] = integer();
            comma = accept(',');
        }
        if (count == 1 && !comma) {
            throw error("has a number in parentheses for a tuple");
        }
        return Arrays.copyOf(values, count);
    }

    private long integer() {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        // Python 2 marked its long integers.
        accept('L');
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw error("needs a size of 63 bits");
        }
    }

    private char next() {
        skipSpace();
        if (at == text.length()) {
            throw error("ends too early");
        }
        return text.charAt(at++);
    }

    private boolean accept(char c) {
        skipSpace();
        boolean found = at < text.length() && text.charAt(at) == c;
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw error("needs a '" + c + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private FormatException error(String what) {
        return source.bad("its header " + what + ", at character " + at);
    }
}
