package io.flambeau.conformance;

import io.flambeau.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what is unique of a result: all of it, unless the mathematics leaves a choice. */
@FunctionalInterface
interface Unique {
    /** What is wrong, or null. */
    @Nullable String check(
            Map<String, Tensor> inputs, @Nullable Object expected, @Nullable Object actual, Comparison comparison);

    static Unique of(GoldenCase c) {
        return switch (c.op()) {
            default -> (inputs, expected, actual, comparison) -> comparison.check("the result", expected, actual);
        };
    }
}
