package io.flambeau.conformance;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Catalogs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a case in one layout, or by the form that overwrites its first argument. */
final class GoldenRun {
    private final GoldenFile file;
    private final GoldenCase c;
    private final Layout layout;
    private final boolean inPlace;
    private final Rule rule;
    private final Map<String, Tensor> inputs = new HashMap<>();
    private boolean strided;

    GoldenRun(GoldenFile file, GoldenCase c, Layout layout, boolean inPlace, Rule rule) {
        this.file = file;
        this.c = c;
        this.layout = layout;
        this.inPlace = inPlace;
        this.rule = rule;
    }

    private Tensor input(String name, boolean requiresGrad) {
        return inputs.computeIfAbsent(name, n -> {
            Tensor plain = file.tensor(n);
            Tensor x = layout.of(plain);
            strided |= x != plain;
            return requiresGrad ? x.detach().requiresGrad(true) : x;
        });
    }

    @Nullable Object call() {
        List<@Nullable Object> positional = new ArrayList<>();
        c.args().forEach(json -> positional.add(file.value(json, this::input)));
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        c.kwargs().forEach((key, json) -> named.put(key, file.value(json, this::input)));
        if (layout != Layout.CONTIGUOUS && !strided) {
            return this;
        }
        return inPlace ? overwrite(positional, named) : Adaptation.of(c).call(c, positional, named);
    }

    /** Calls the form with an underscore; nothing, where its result would not fit its input. */
    private @Nullable Object overwrite(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        Object expected = file.value(Objects.requireNonNull(c.out()));
        boolean fits = positional.getFirst() instanceof Tensor x
                && expected instanceof Tensor e
                && x.shape().equals(e.shape())
                && x.dtype() == e.dtype()
                && !named.containsKey("dtype");
        if (!fits) {
            return this;
        }
        Tensor x = ((Tensor) Objects.requireNonNull(positional.getFirst())).clone();
        Tensor alias = x.detach();
        int version = x.version();
        positional.set(0, x);
        Object result = Catalogs.call(c.op() + "_", positional, named);
        boolean sameLayout = Arrays.equals(x.strides(), alias.strides());
        if (result != x
                || sameLayout && !Arrays.equals(alias.toByteArray(), x.detach().toByteArray())) {
            throw new IllegalStateException("the result is another tensor, or an alias does not see it");
        }
        boolean same = c.op().equals("conj_physical") && !x.dtype().isComplex() || c.op().equals("squeeze");
        if (x.version() == version && x.count() > 0 && !same) {
            throw new IllegalStateException("the version did not change");
        }
        return x;
    }

    Outcome outcome() {
        String where = inPlace
                ? "in place: "
                : layout == Layout.CONTIGUOUS ? "" : layout.name().toLowerCase(Locale.ROOT) + ": ";
        Comparison comparison = null;
        try {
            Object result = call();
            if (result == this) {
                return Outcome.passed(c.id());
            }
            double scale = rule.sum() ? Rule.scale(magnitudes(inputs.values())) : 1;
            comparison = new Comparison(rule.chain(), scale, rule.factor(), rule.finiteOnly());
            Object expected = file.value(Objects.requireNonNull(c.out()));
            result = Gauge.align(c, expected, result);
            String problem = Unique.of(c).check(inputs, expected, result, comparison);
            if (problem == null && !c.grads().isEmpty()) {
                double terms = c.isHalf() ? 2 * Rule.scale(magnitudes(terms())) : scale;
                comparison = new Comparison(true, terms, rule.factor(), rule.finiteOnly());
                problem = gradients(result, comparison);
            }
            return problem == null
                    ? Outcome.passed(c.id())
                    : Outcome.failed(c.id(), where + problem, comparison.difference());
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed(c.id(), where + Outcome.describe(e), 0);
        }
    }

    /** A gradient in half precision is a sum over products of these, each rounded. */
    private List<Tensor> terms() {
        List<Tensor> terms = new ArrayList<>(inputs.values());
        c.cotangents().forEach(json -> terms.add((Tensor) Objects.requireNonNull(file.value(json))));
        c.grads().values().forEach(json -> {
            if (file.value(json) instanceof Tensor gradient) {
                terms.add(gradient);
            }
        });
        return terms;
    }

    private static double[] magnitudes(Collection<Tensor> tensors) {
        return tensors.stream()
                .flatMapToDouble(x -> Arrays.stream(x.detach().toDoubleArray()))
                .toArray();
    }

    private @Nullable String gradients(@Nullable Object result, Comparison comparison) {
        String refused = Feedback.run(file, result, c.differentiable(), c.cotangents());
        if (refused != null) {
            return refused;
        }
        for (var expected : c.grads().entrySet()) {
            Tensor input = Objects.requireNonNull(inputs.get(expected.getKey()));
            Object want = file.value(expected.getValue());
            Tensor got = input.grad();
            if (Unique.picks(c) && want instanceof Tensor w && got != null) {
                want = Unique.settled(input, w);
                got = Unique.settled(input, got);
            }
            String problem = Feedback.compare(comparison, expected.getKey(), want, got);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }
}
