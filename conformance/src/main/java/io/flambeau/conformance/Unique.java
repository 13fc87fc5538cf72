package io.flambeau.conformance;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares what is unique of a result: all of it, unless the mathematics leaves a choice. */
@FunctionalInterface
interface Unique {
    /** What is wrong, or null. */
    @Nullable String check(Map<String, Tensor> inputs, @Nullable Object expected, @Nullable Object actual, Comparison comparison);

    static Unique of(GoldenCase c) {
        if (c.op().equals("argsort")) {
            return Unique::order;
        }
        return picks(c)
                ? Unique::picks
                : (inputs, expected, actual, comparison) -> comparison.check("the result", expected, actual);
    }

    /** Whether the operation picks elements of its input, so that it is free to pick among equal ones. */
    static boolean picks(GoldenCase c) {
        return switch (c.op()) {
            case "topk", "kthvalue", "mode", "median", "nanmedian", "sort", "msort" -> true;
            default -> false;
        };
    }

    /** A gradient in the order of the elements that it is of, those of equal elements in ascending order. */
    static Tensor settled(Tensor input, Tensor gradient) {
        double[] x = input.detach().toDoubleArray();
        double[] g = gradient.detach().toDoubleArray();
        double[] sorted = IntStream.range(0, g.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> x[i]).thenComparingDouble(i -> g[i]))
                .mapToDouble(i -> g[i])
                .toArray();
        return Tensors.of(sorted).to(gradient.dtype());
    }

    /** An order: which of equal elements comes first is free. */
    private static @Nullable String order(
            Map<String, Tensor> inputs, @Nullable Object expected, @Nullable Object actual, Comparison comparison) {
        Tensor input = inputs.values().iterator().next().detach();
        boolean fits = expected instanceof Tensor e
                && actual instanceof Tensor a
                && e.dtype() == a.dtype()
                && e.shape().equals(a.shape());
        for (int axis = 0; fits && axis < input.rank(); axis++) {
            Tensor ours = (Tensor) actual;
            Tensor theirs = (Tensor) expected;
            if (ours.sort(axis, false)[0].equal(theirs.sort(axis, false)[0])
                    && input.gather(axis, ours).equal(input.gather(axis, theirs))) {
                return null;
            }
        }
        return comparison.check("the result", expected, actual);
    }

    /** Values and indices: which of equal elements an index names is free, but it must name one of that value. */
    private static @Nullable String picks(
            Map<String, Tensor> inputs, @Nullable Object expected, @Nullable Object actual, Comparison comparison) {
        boolean pair = expected instanceof List<?> list && list.size() == 2 && actual instanceof Tensor[];
        if (!pair) {
            return comparison.check("the result", expected, actual);
        }
        List<?> e = (List<?>) expected;
        Tensor[] a = (Tensor[]) actual;
        String problem = comparison.check("the values", e.get(0), a[0]);
        Tensor index = (Tensor) e.get(1);
        if (problem == null && (index.dtype() != a[1].dtype() || !index.shape().equals(a[1].shape()))) {
            problem = comparison.check("the indices", index, a[1]);
        }
        if (problem != null || index.equal(a[1])) {
            return problem;
        }
        Tensor input = inputs.values().iterator().next().detach();
        for (int axis = 0; axis < Math.max(input.rank(), 1); axis++) {
            if (names(input, axis, a[0].detach(), a[1])) {
                return null;
            }
        }
        return "an index does not name the value beside it";
    }

    /** Whether the indices, taken along the axis, name the values. */
    private static boolean names(Tensor input, int axis, Tensor values, Tensor index) {
        boolean dropped = values.rank() < input.rank();
        Tensor wanted = dropped ? values.unsqueeze(axis) : values;
        Tensor places = dropped ? index.unsqueeze(axis) : index;
        for (int i = 0; i < input.rank(); i++) {
            if (i != axis && places.size(i) != input.size(i)) {
                return false;
            }
        }
        if (input.rank() > 0 && places.count() > 0 && places.amax().itemLong() >= input.size(axis)) {
            return false;
        }
        Tensor named = input.gather(axis, places);
        return named.equal(wanted) || named.isnan().equal(wanted.isnan());
    }
}
