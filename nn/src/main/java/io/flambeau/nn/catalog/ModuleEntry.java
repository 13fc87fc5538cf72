package io.flambeau.nn.catalog;

import io.flambeau.nn.Module;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Signature;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A module under PyTorch's name: how it is made and called.
 *
 * @param constructor PyTorch's class and the arguments of its constructor
 * @param java the Java form, as a user writes it
 * @param call PyTorch's form of its call
 */
public record ModuleEntry(Signature constructor, String java, Signature call, Maker maker, Caller caller) {
    /** Makes the module; see Note [Values by name] in {@link Arguments}. */
    @FunctionalInterface
    public interface Maker {
        Module of(Arguments constructor);
    }

    /** Calls what the maker of the same entry made. */
    @FunctionalInterface
    public interface Caller {
        /** A tensor, or an array or list of them as PyTorch's tuples. */
        @Nullable Object of(Module module, Arguments constructor, Arguments call);
    }

    private static final Signature ONE = Signature.parse("forward(input)");

    /** PyTorch's class. */
    public String name() {
        return constructor.name();
    }

    /** A module of one tensor. */
    static ModuleEntry module(String constructor, String java, Maker maker) {
        return new ModuleEntry(
                Signature.parse(constructor), java, ONE, maker, (m, made, a) -> m.call(a.tensor("input")));
    }

    /** A module with another call, given as PyTorch's form. */
    static <M extends Module> ModuleEntry module(
            String constructor,
            String java,
            Function<Arguments, M> maker,
            String call,
            BiFunction<M, Arguments, @Nullable Object> caller) {
        return module(constructor, java, maker, call, (m, made, a) -> caller.apply(m, a));
    }

    /** How a module of a class is called. */
    @FunctionalInterface
    interface Call<M extends Module> {
        @Nullable Object of(M module, Arguments constructor, Arguments call);
    }

    /** As above, where arguments of PyTorch's constructor decide what a call returns. */
    @SuppressWarnings("unchecked") // the caller gets what the maker made
    static <M extends Module> ModuleEntry module(
            String constructor, String java, Function<Arguments, M> maker, String call, Call<M> caller) {
        return new ModuleEntry(
                Signature.parse(constructor),
                java,
                Signature.parse(call),
                maker::apply,
                (m, made, a) -> caller.of((M) m, made, a));
    }

    /** A pool that on request returns the places too. */
    static <M extends Module> ModuleEntry pool(
            String constructor, String java, Function<Arguments, M> maker, BiFunction<M, Tensor, Tensor[]> indices) {
        return module(
                constructor,
                java,
                maker,
                "forward(input)",
                (m, made, a) ->
                        made.flag("return_indices") ? indices.apply(m, a.tensor("input")) : m.call(a.tensor("input")));
    }
}
