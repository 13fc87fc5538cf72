package io.flambeau.tensor.catalog;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call form in PyTorch's notation: {@code "softmax(input, dim, dtype=None)"}.
 *
 * <p>As in Python, {@code *name} takes the remaining positional arguments, a lone {@code *} makes the following
 * parameters keyword-only, {@code name: Tensor} narrows what is accepted (so that one name may have several forms) and
 * {@code name=value} gives a default.
 *
 * @param text the notation
 * @param name PyTorch's name of the operation
 * @param parameters in order
 */
public record Signature(String text, String name, List<Parameter> parameters) {

    /** Reads the notation. */
    public static Signature parse(String text) {
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            throw malformed(text);
        }
        List<Parameter> parameters = new ArrayList<>();
        boolean keywordOnly = false;
        for (String part : parts(text.substring(open + 1, text.length() - 1))) {
            if (part.equals("*")) {
                keywordOnly = true;
                continue;
            }
            boolean variadic = part.startsWith("*");
            int equals = part.indexOf('=');
            String declared = (equals < 0 ? part : part.substring(0, equals))
                    .substring(variadic ? 1 : 0)
                    .strip();
            int colon = declared.indexOf(':');
            String name = colon < 0 ? declared : declared.substring(0, colon).strip();
            Parameter.Kind kind = colon < 0
                    ? Parameter.Kind.ANY
                    : Parameter.Kind.valueOf(
                            declared.substring(colon + 1).strip().toUpperCase(Locale.ROOT));
            Object fallback =
                    equals < 0 ? null : literal(part.substring(equals + 1).strip(), text);
            parameters.add(new Parameter(name, kind, keywordOnly, variadic, equals < 0 && !variadic, fallback));
            keywordOnly |= variadic;
        }
        return new Signature(text, text.substring(0, open), List.copyOf(parameters));
    }

    /** Splits at commas outside parentheses and quotes. */
    private static List<String> parts(String inside) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= inside.length(); i++) {
            char c = i < inside.length() ? inside.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            quoted ^= c == '\'';
            if (c == ',' && depth == 0 && !quoted) {
                String part = inside.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private static @Nullable Object literal(String word, String text) {
        return switch (word) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            case "()" -> List.of();
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> {
                if (word.startsWith("'") && word.endsWith("'")) {
                    yield word.substring(1, word.length() - 1);
                } else if (word.startsWith("(") && word.endsWith(")")) {
                    List<Object> values = new ArrayList<>();
                    for (String part : parts(word.substring(1, word.length() - 1))) {
                        values.add(literal(part, text));
                    }
                    yield List.copyOf(values);
                }
                try {
                    yield word.matches("-?\\d+") ? (Object) Long.valueOf(word) : Double.valueOf(word);
                } catch (NumberFormatException e) {
                    throw malformed(text);
                }
            }
        };
    }

    private static ArgumentException malformed(String text) {
        return new ArgumentException("signature", "'" + text + "' is not a signature", Fault.BAD_ARGUMENT);
    }

    /**
     * Assigns values to parameters.
     *
     * @throws ArgumentException if a value is missing, surplus, unknown, given twice or of another kind than declared
     */
    public Arguments bind(List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
        @Nullable Object[] values = new Object[parameters.size()];
        boolean[] given = new boolean[values.length];
        int next = 0;
        for (int i = 0; i < values.length && !parameters.get(i).keywordOnly(); i++) {
            Parameter p = parameters.get(i);
            if (p.variadic()) {
                List<? extends @Nullable Object> rest = positional.subList(next, positional.size());
                values[i] = rest.size() == 1 && rest.getFirst() instanceof List<?> list ? list : rest;
                given[i] = !rest.isEmpty();
                next = positional.size();
            } else if (next < positional.size()) {
                values[i] = checked(p, positional.get(next++));
                given[i] = true;
            }
        }
        if (next < positional.size()) {
            throw wrong("takes at most " + next + " positional arguments, there are " + positional.size());
        }
        for (var entry : named.entrySet()) {
            int i = index(entry.getKey());
            if (i < 0) {
                throw wrong("has no argument " + entry.getKey() + "; its form is " + text);
            }
            if (given[i]) {
                throw wrong("argument " + entry.getKey() + " is given twice");
            }
            values[i] = checked(parameters.get(i), entry.getValue());
            given[i] = true;
        }
        for (int i = 0; i < values.length; i++) {
            if (!given[i]) {
                if (parameters.get(i).required()) {
                    throw wrong("argument " + parameters.get(i).name() + " is missing; its form is " + text);
                }
                values[i] = parameters.get(i).variadic()
                        ? List.of()
                        : parameters.get(i).fallback();
            }
        }
        return new Arguments(this, values);
    }

    private @Nullable Object checked(Parameter p, @Nullable Object value) {
        boolean isDefault = value == null && !p.required();
        if (!isDefault && !p.kind().accepts(value)) {
            throw wrong("argument " + p.name() + " must be " + p.kind().name().toLowerCase(Locale.ROOT) + ", it is "
                    + Arguments.show(value));
        }
        return value;
    }

    int index(String parameter) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameter)) {
                return i;
            }
        }
        return -1;
    }

    private ArgumentException wrong(String problem) {
        return new ArgumentException(name, problem, Fault.BAD_ARGUMENT);
    }
}
