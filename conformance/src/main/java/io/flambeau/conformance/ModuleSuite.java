package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import io.flambeau.nn.Module;
import io.flambeau.nn.catalog.ModuleCatalog;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code modules/}: modules made by PyTorch's class and arguments, with PyTorch's state dict, called once: results,
 * gradients of inputs and parameters, and buffers.
 */
final class ModuleSuite implements Suite {
    @Override
    public String place() {
        return "modules";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        return Suite.named(place, filter, ".safetensors");
    }

    @Override
    public void check(Path path, Consumer<Outcome> outcomes) {
        try (GoldenFile file = new GoldenFile(path)) {
            for (Fields fields : file.cases()) {
                ModuleCase c = ModuleCase.of(fields);
                try (Scope _ = Scope.open("case")) {
                    outcomes.accept(new Run(file, c).outcome());
                }
            }
        }
    }

    /** One call. */
    private static final class Run {
        private final GoldenFile file;
        private final ModuleCase c;
        private final Map<String, Tensor> inputs = new HashMap<>();

        Run(GoldenFile file, ModuleCase c) {
            this.file = file;
            this.c = c;
        }

        private Tensor input(String name, boolean requiresGrad) {
            return inputs.computeIfAbsent(name, n -> {
                Tensor x = file.tensor(n);
                return requiresGrad ? x.detach().requiresGrad(true) : x;
            });
        }

        private List<@Nullable Object> values(List<Json> json) {
            List<@Nullable Object> values = new ArrayList<>();
            json.forEach(one -> values.add(file.value(one, this::input)));
            return values;
        }

        private Map<String, @Nullable Object> values(Map<String, Json> json) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            json.forEach((key, one) -> values.put(key, file.value(one, this::input)));
            return values;
        }

        Outcome outcome() {
            if (!ModuleCatalog.all().containsKey(c.module())) {
                return Outcome.skipped(c.id(), "the module " + c.module() + " is not there");
            }
            Rule rule = Rule.of("nn." + c.module(), c.id(), c.dtype());
            if (rule.skip()) {
                return Outcome.skipped(c.id(), rule.reason());
            }
            try {
                String problem = problem(new Comparison(rule.factor()));
                return problem == null ? Outcome.passed(c.id()) : Outcome.failed(c.id(), problem, 0);
            } catch (RuntimeException | StackOverflowError e) {
                return Outcome.failed(c.id(), Outcome.describe(e), 0);
            }
        }

        private @Nullable String problem(Comparison comparison) {
            ModuleCatalog.Made made = ModuleCatalog.make(c.module(), values(c.constructor()), values(c.options()));
            Module module = made.module();
            module.to(GoldenFile.dtype(c.dtype()));
            module.loadStateDict(tensors(c.state()));
            module.train(c.training());
            Object result = made.call(values(c.inputs()), values(c.named()));
            String problem = comparison.check("the result", file.value(c.out()), result);
            if (problem != null) {
                return problem;
            }
            problem = Feedback.run(file, result, c.differentiable(), c.cotangents());
            for (var expected : c.grads().entrySet()) {
                problem = first(problem, comparison, expected, inputs.get(expected.getKey()));
            }
            Map<String, Tensor> parameters = module.namedParameters();
            for (var expected : c.parameterGrads().entrySet()) {
                problem = first(problem, comparison, expected, parameters.get(expected.getKey()));
            }
            Map<String, Tensor> buffers = module.namedBuffers();
            for (var expected : c.buffers().entrySet()) {
                problem = problem != null
                        ? problem
                        : comparison.check(
                                "buffer " + expected.getKey(),
                                file.value(expected.getValue()),
                                buffers.get(expected.getKey()));
            }
            return problem;
        }

        private Map<String, Tensor> tensors(Map<String, Json> json) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            json.forEach((key, one) -> tensors.put(key, (Tensor) file.value(one)));
            return tensors;
        }

        private @Nullable String first(
                @Nullable String problem,
                Comparison comparison,
                Map.Entry<String, Json> expected,
                @Nullable Tensor of) {
            if (problem != null) {
                return problem;
            }
            if (of == null) {
                return "there is no " + expected.getKey();
            }
            return Feedback.compare(comparison, expected.getKey(), file.value(expected.getValue()), of.grad());
        }
    }
}
