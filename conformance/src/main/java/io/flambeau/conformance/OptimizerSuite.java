package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Options;
import io.flambeau.optim.catalog.OptimizerCatalog;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code optim/}: the way of two parameters, each in a group of its own, under given gradients; every value within 1e-5
 * relative in F32 and 1e-10 in F64, of itself or of a tenth of the largest beside it.
 */
final class OptimizerSuite implements Suite {
    @Override
    public String place() {
        return "optim";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        return Suite.named(place, filter, ".safetensors");
    }

    @Override
    public void check(Path path, Consumer<Outcome> outcomes) {
        try (GoldenFile file = new GoldenFile(path)) {
            for (Fields fields : file.cases()) {
                String id = "optim." + fields.text("id");
                try (Scope _ = Scope.open("case")) {
                    String problem = problem(file, fields);
                    outcomes.accept(problem == null ? Outcome.passed(id) : Outcome.failed(id, problem, 0));
                } catch (RuntimeException e) {
                    outcomes.accept(Outcome.failed(id, Outcome.describe(e), 0));
                }
            }
        }
    }

    private static @Nullable String problem(GoldenFile file, Fields fields) {
        OptimizerCatalog.Entry entry = OptimizerCatalog.find(fields.text("optimizer"));
        Options options = with(entry.options(), fields.map("options"));
        List<Tensor> parameters = new ArrayList<>();
        for (Json start : fields.list("start")) {
            parameters.add(tensor(file, start).clone().requiresGrad(true));
        }
        List<Json> rates = fields.list("group_lr");
        Optimizer optimizer = entry.maker().apply(List.of(parameters.getFirst()), rated(options, rates.getFirst()));
        for (int i = 1; i < parameters.size(); i++) {
            optimizer.addGroup(List.of(parameters.get(i)), rated(options, rates.get(i)));
        }
        List<Json> grads = fields.list("grads");
        List<Json> after = fields.list("after");
        for (int step = 0; step < grads.size(); step++) {
            List<Json> given = ((Json.Arr) grads.get(step)).elements();
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).grad(tensor(file, given.get(i)).clone());
            }
            optimizer.step();
            List<Json> expected = ((Json.Arr) after.get(step)).elements();
            for (int i = 0; i < parameters.size(); i++) {
                String problem = compare(tensor(file, expected.get(i)), parameters.get(i));
                if (problem != null) {
                    return "parameter " + i + " after step " + (step + 1) + ": " + problem;
                }
            }
        }
        return null;
    }

    private static Tensor tensor(GoldenFile file, Json name) {
        return file.tensor(((Json.Str) name).value());
    }

    private static Options rated(Options options, Json rate) {
        return rate instanceof Json.Num number ? options.lr(number.toDouble()) : options;
    }

    /** Options with those of a case, by PyTorch's names. */
    static Options with(Options options, Map<String, Json> given) {
        Options result = options;
        for (Map.Entry<String, Json> option : given.entrySet()) {
            Object value = option.getValue() instanceof Json.Arr array
                    ? array.elements().stream()
                            .map(element -> ((Json.Num) element).toDouble())
                            .toList()
                    : Plain.of(option.getValue());
            result = result.with(option.getKey(), Objects.requireNonNull(value));
        }
        return result;
    }

    private static @Nullable String compare(Tensor expected, Tensor actual) {
        double allowed = expected.dtype() == DType.F64 ? 1e-10 : 1e-5;
        double[] e = expected.toDoubleArray();
        double[] a = actual.detach().toDoubleArray();
        double floor = 0;
        for (double value : e) {
            floor = Math.max(floor, Math.abs(value) / 10);
        }
        for (int i = 0; i < e.length; i++) {
            if (!(Math.abs(a[i] - e[i]) <= allowed * Math.max(Math.abs(e[i]), floor))) {
                return "element " + i + " is " + a[i] + ", expected " + e[i];
            }
        }
        return null;
    }
}
