package io.flambeau.conformance;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.catalog.Catalogs;
import io.flambeau.tensor.catalog.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ops/}: calls of single operations, with gradients, in every layout; and calls that must be refused. */
final class OperationSuite implements Suite {
    private static final String EXTENSION = ".safetensors";

    @Override
    public String place() {
        return "ops";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .filter(file -> matches(file, filter))
                    .sorted()
                    .toList();
        }
    }

    private static boolean matches(Path file, String filter) {
        String name = file.getFileName().toString();
        String op = name.substring(0, name.length() - EXTENSION.length());
        return filter.isEmpty()
                || op.equals(filter)
                || op.startsWith(filter + ".")
                || filter.endsWith("*") && op.startsWith(filter.substring(0, filter.length() - 1));
    }

    @Override
    public void check(Path path, Consumer<Outcome> outcomes) {
        try (GoldenFile file = new GoldenFile(path)) {
            for (GoldenCase c : file.cases()) {
                outcomes.accept(check(file, c));
            }
        }
    }

    private static Outcome check(GoldenFile file, GoldenCase c) {
        if (Catalogs.find(c.op()).isEmpty()) {
            return Outcome.skipped(c.id(), "the operation " + c.op() + " is not there");
        }
        Rule rule = Rule.of(c);
        if (rule.skip()) {
            return Outcome.skipped(c.id(), rule.reason());
        }
        if (c.out() == null) {
            return refused(file, c);
        }
        for (Layout layout : Layout.values()) {
            if (layout != Layout.CONTIGUOUS && rule.contiguousOnly()) {
                continue;
            }
            try (Scope _ = Scope.open("case")) {
                Run run = new Run(file, c, layout, rule);
                Outcome outcome = run.outcome();
                if (outcome.status() != Outcome.Status.PASSED) {
                    return outcome;
                }
            }
        }
        return Outcome.passed(c.id());
    }

    private static Outcome refused(GoldenFile file, GoldenCase c) {
        try (Scope _ = Scope.open("case")) {
            new Run(file, c, Layout.CONTIGUOUS, Rule.of(c)).call();
        } catch (TensorException e) {
            String message = String.valueOf(e.getMessage());
            return plain(message).contains(plain(Entry.camel(c.op())))
                    ? Outcome.passed(c.id())
                    : Outcome.failed(c.id(), "the refusal does not name the operation: " + message, 0);
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed(c.id(), "was not refused but broke: " + e, 0);
        }
        return Outcome.failed(c.id(), "was not refused", 0);
    }

    /** A name without regard to how its words are joined. */
    private static String plain(String text) {
        return text.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** One call of a case in one layout. */
    private static final class Run {
        private final GoldenFile file;
        private final GoldenCase c;
        private final Layout layout;
        private final Rule rule;
        private final Map<String, Tensor> inputs = new HashMap<>();
        private boolean strided;

        Run(GoldenFile file, GoldenCase c, Layout layout, Rule rule) {
            this.file = file;
            this.c = c;
            this.layout = layout;
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
            return Adaptation.of(c).call(c, positional, named);
        }

        Outcome outcome() {
            String where = layout == Layout.CONTIGUOUS ? "" : layout.name().toLowerCase(Locale.ROOT) + ": ";
            Comparison comparison = null;
            try {
                Object result = call();
                if (result == this) {
                    return Outcome.passed(c.id());
                }
                double scale = rule.scale(magnitudes());
                comparison = new Comparison(rule.chain(), scale, rule.factor());
                Object expected = file.value(Objects.requireNonNull(c.out()));
                result = Gauge.align(c, expected, result);
                String problem = Unique.of(c).check(inputs, expected, result, comparison);
                if (problem == null && !c.grads().isEmpty()) {
                    comparison = new Comparison(true, scale, rule.factor());
                    problem = gradients(result, comparison);
                }
                return problem == null
                        ? Outcome.passed(c.id())
                        : Outcome.failed(c.id(), where + problem, comparison.difference());
            } catch (RuntimeException | StackOverflowError e) {
                return Outcome.failed(c.id(), where + describe(e), 0);
            }
        }

        private static String describe(Throwable e) {
            StackTraceElement[] trace = e.getStackTrace();
            String at = e instanceof TensorException || trace.length == 0 ? "" : " at " + trace[0];
            return e.getClass().getSimpleName() + ": " + e.getMessage() + at;
        }

        private double @Nullable [] magnitudes() {
            if (!rule.sum()) {
                return null;
            }
            double[] all = {};
            for (Tensor x : inputs.values()) {
                double[] values = x.detach().toDoubleArray();
                int n = all.length;
                all = Arrays.copyOf(all, n + values.length);
                System.arraycopy(values, 0, all, n, values.length);
            }
            return all;
        }

        private @Nullable String gradients(@Nullable Object result, Comparison comparison) {
            List<Tensor> outputs = new ArrayList<>();
            flatten(result, outputs);
            for (int i = 0; i < c.differentiable().length; i++) {
                Tensor cotangent = (Tensor) file.value(c.cotangents().get(i));
                int at = c.differentiable()[i];
                if (at >= outputs.size()) {
                    return "there is no output " + at;
                }
                Tensor output = outputs.get(at);
                // Without a history the gradients are zero.
                if (output.requiresGrad()) {
                    output.backward(cotangent, true, false);
                }
            }
            for (var expected : c.grads().entrySet()) {
                Object want = file.value(expected.getValue());
                Tensor got = Objects.requireNonNull(inputs.get(expected.getKey())).grad();
                if (want instanceof Tensor w && got == null) {
                    got = w.zerosLike();
                } else if (want == null && got != null) {
                    want = got.zerosLike();
                }
                String problem = comparison.check("the gradient of " + expected.getKey(), want, got);
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }

        private static void flatten(@Nullable Object value, List<Tensor> into) {
            switch (value) {
                case Tensor tensor -> into.add(tensor);
                case Tensor[] tensors -> into.addAll(Arrays.asList(tensors));
                case List<?> list -> list.forEach(element -> flatten(element, into));
                case null, default -> {}
            }
        }
    }
}
