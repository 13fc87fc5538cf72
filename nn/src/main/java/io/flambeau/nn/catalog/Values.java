package io.flambeau.nn.catalog;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Entry;
import io.flambeau.tensor.op.loss.Reduction;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Arguments that several families read in the same way. */
final class Values {
    private Values() {}

    static final String PREFIX = "nn.functional.";

    /** A call form of {@code nn.functional}; the Java form is that of F. */
    static Entry entry(String signature, String java, Entry.Call call) {
        return Entry.entry(PREFIX + signature, "F." + java, call);
    }

    /** A function of one tensor alone. */
    static Entry unary(String name, UnaryOperator<Tensor> function) {
        return entry(
                name + "(input, inplace=False)", Entry.camel(name) + "(x)", a -> function.apply(a.tensor("input")));
    }

    static Reduction reduction(String operation, Arguments a) {
        String text = a.text("reduction");
        return switch (text) {
            case "none" -> Reduction.NONE;
            case "mean" -> Reduction.MEAN;
            case "sum" -> Reduction.SUM;
            default ->
                throw new ArgumentException(
                        operation, "reduction is '" + text + "'; it must be none, mean or sum", Fault.BAD_ARGUMENT);
        };
    }

    static @Nullable Long optionalInteger(Arguments a, String name) {
        return a.has(name) ? a.integer(name) : null;
    }

    static @Nullable Double optionalReal(Arguments a, String name) {
        return a.has(name) ? a.real(name) : null;
    }

    /** The constant of an enum whose name is the text, with underscores for hyphens. */
    static <E extends Enum<E>> E constant(Class<E> type, String operation, String argument, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new ArgumentException(
                operation,
                argument + " is '" + text + "'; it must be one of " + Arrays.toString(type.getEnumConstants()),
                Fault.BAD_ARGUMENT);
    }
}
