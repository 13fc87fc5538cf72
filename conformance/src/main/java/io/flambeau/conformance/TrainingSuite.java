package io.flambeau.conformance;

import io.flambeau.io.Safetensors;
import io.flambeau.io.SafetensorsFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.nn.Module;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.catalog.OptimizerCatalog;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code files/train/}: whole training runs from given parameters over given batches. Each loss lies within 1e-4 relative
 * over the first 10 steps, and within 1e-2 relative plus 1e-4 over all.
 */
final class TrainingSuite implements Suite {
    @Override
    public String place() {
        return "files/train";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        return Suite.named(place, filter, ".safetensors");
    }

    @Override
    public void check(Path path, Consumer<Outcome> outcomes) {
        String name = path.getFileName().toString().replace(".safetensors", "");
        String id = "train." + name;
        Models.Model model = Models.ALL.get(name);
        if (model == null) {
            outcomes.accept(Outcome.skipped(id, "the model is not there"));
            return;
        }
        try (SafetensorsFile file = Safetensors.open(path);
                Scope _ = Scope.open(id)) {
            String problem = problem(file, Source.of("conformance", path), model);
            outcomes.accept(problem == null ? Outcome.passed(id) : Outcome.failed(id, problem, 0));
        } catch (RuntimeException e) {
            outcomes.accept(Outcome.failed(id, Outcome.describe(e), 0));
        }
    }

    private static @Nullable String problem(SafetensorsFile file, Source source, Models.Model model) {
        Module module = model.maker().get();
        module.loadStateDict(beginning(file, "init."));
        OptimizerCatalog.Entry entry = OptimizerCatalog.find(entry(file, "optimizer"));
        Json.Obj given = (Json.Obj) Json.parse(source, entry(file, "options"));
        Optimizer optimizer =
                entry.maker().apply(module.parameters(), OptimizerSuite.with(entry.options(), given.members()));
        List<Json> losses = ((Json.Arr) Json.parse(source, entry(file, "losses"))).elements();
        int batches =
                (int) file.names().stream().filter(name -> name.endsWith(".x")).count();
        for (int step = 0; step < losses.size(); step++) {
            try (Scope _ = Scope.open("step")) {
                String batch = "batch" + step % batches;
                Tensor loss = model.loss().apply(module.call(file.tensor(batch + ".x")), file.tensor(batch + ".y"));
                double expected = ((Json.Num) losses.get(step)).toDouble();
                double actual = loss.item();
                double allowed = step < 10 ? 1e-4 * Math.abs(expected) : 1e-2 * Math.abs(expected) + 1e-4;
                if (!(Math.abs(actual - expected) <= allowed)) {
                    return "the loss at step " + step + " is " + actual + ", expected " + expected;
                }
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
            }
        }
        return null;
    }

    private static String entry(SafetensorsFile file, String key) {
        return Objects.requireNonNull(file.metadata().get(key), key);
    }

    private static Map<String, Tensor> beginning(SafetensorsFile file, String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), file.tensor(name));
            }
        }
        return tensors;
    }
}
