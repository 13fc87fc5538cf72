package io.flambeau.tensor.catalog;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call form of an operation.
 *
 * @param signature PyTorch's form
 * @param java the Java form, as a user writes it
 * @param call the call
 * @param inPlace the form that overwrites its input, or null
 */
public record Entry(
        Signature signature,
        String java,
        Call call,
        @Nullable Entry inPlace) {
    /** How an operation is called by name; see Note [Values by name] in {@link Arguments}. */
    @FunctionalInterface
    public interface Call {
        @Nullable Object of(Arguments arguments);
    }

    /** The same under another name. */
    Entry renamed(String name) {
        return new Entry(Signature.parse(name + signature.text().substring(name().length())), java, call, null);
    }

    /** With a form that overwrites its input: of the same parameters, and with an underscore after both names. */
    Entry inPlace(Call overwriting) {
        Entry form = new Entry(signature, java.replaceFirst("\\.(\\w+)\\(", ".$1_("), overwriting, null);
        return new Entry(signature, java, call, form.renamed(name() + "_"));
    }

    /** PyTorch's name. */
    public String name() {
        return signature.name();
    }

    /** An operation with any arguments. */
    public static Entry entry(String signature, String java, Call call) {
        return new Entry(Signature.parse(signature), java, call, null);
    }

    /** An operation and its form in place, by two methods of one kind. */
    static <M> Entry both(String signature, String java, M method, M inPlace, BiFunction<M, Arguments, Tensor> call) {
        return entry(signature, java, a -> call.apply(method, a)).inPlace(a -> call.apply(inPlace, a));
    }

    /** An operation of one tensor that has the same name here as in PyTorch, in camelCase. */
    public static Entry unary(String name, UnaryOperator<Tensor> method) {
        return entry(name + "(input)", "x." + camel(name) + "()", a -> method.apply(a.tensor("input")));
    }

    /** As {@link #unary(String, UnaryOperator)}, with its form in place. */
    static Entry unary(String name, UnaryOperator<Tensor> method, UnaryOperator<Tensor> inPlace) {
        return unary(name, method).inPlace(a -> inPlace.apply(a.tensor("input")));
    }

    /** An operation of two tensors of that name. */
    public static Entry binary(String name, BiFunction<Tensor, Tensor, Tensor> method) {
        return entry(
                name + "(input, other)",
                "x." + camel(name) + "(other)",
                a -> method.apply(a.tensor("input"), a.tensor("other")));
    }

    /** As {@link #binary(String, BiFunction)}, where the second operand may be a number. */
    public static Entry binary(
            String name, BiFunction<Tensor, Tensor, Tensor> method, BiFunction<Tensor, Scalar, Tensor> scalarMethod) {
        return binary(name, "x." + camel(name) + "(other)", method, scalarMethod);
    }

    /** As above, where the method has another name than in PyTorch. */
    public static Entry binary(
            String name,
            String java,
            BiFunction<Tensor, Tensor, Tensor> method,
            BiFunction<Tensor, Scalar, Tensor> scalarMethod) {
        return entry(
                name + "(input, other)",
                java,
                a -> a.isTensor("other")
                        ? method.apply(a.tensor("input"), a.tensor("other"))
                        : scalarMethod.apply(a.tensor("input"), a.scalar("other")));
    }

    /** As above, with its forms in place. */
    static Entry binary(
            String name,
            BiFunction<Tensor, Tensor, Tensor> method,
            BiFunction<Tensor, Scalar, Tensor> scalarMethod,
            BiFunction<Tensor, Tensor, Tensor> inPlace,
            BiFunction<Tensor, Scalar, Tensor> scalarInPlace) {
        return binary(name, method, scalarMethod).inPlace(binary(name, inPlace, scalarInPlace).call);
    }

    /** An operation of two tensors, with its form in place. */
    static Entry pair(String name, BinaryOperator<Tensor> method, BinaryOperator<Tensor> inPlace) {
        return binary(name, method).inPlace(binary(name, inPlace).call);
    }

    /** PyTorch's name as ours: {@code masked_fill_} becomes {@code maskedFill_}. */
    public static String camel(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        StringBuilder text = new StringBuilder();
        boolean up = false;
        for (int i = 0; i < last.length(); i++) {
            char c = last.charAt(i);
            if (c == '_' && i > 0 && i < last.length() - 1) {
                up = true;
            } else {
                text.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return text.toString();
    }
}
