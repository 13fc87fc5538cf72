package io.flambeau.conformance;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Sgd;
import io.flambeau.optim.catalog.ScheduleCatalog;
import io.flambeau.optim.schedule.LrScheduler;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code lr_scheduler.json}: the learning rate at each step, to 12 digits. */
final class ScheduleSuite implements Suite {
    @Override
    public String place() {
        return "lr_scheduler.json";
    }

    @Override
    public List<Path> files(Path place, String filter) {
        return "lr_scheduler".startsWith(filter) ? List.of(place) : List.of();
    }

    @Override
    public void check(Path file, Consumer<Outcome> outcomes) {
        Json.Arr cases;
        try {
            cases = (Json.Arr) Json.parse(Source.of("conformance", file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Json element : cases.elements()) {
            Fields fields = new Fields(((Json.Obj) element).members());
            String id = "lr_scheduler." + fields.text("scheduler");
            try {
                String problem = problem(fields);
                outcomes.accept(problem == null ? Outcome.passed(id) : Outcome.failed(id, problem, 0));
            } catch (RuntimeException e) {
                outcomes.accept(Outcome.failed(id, Outcome.describe(e), 0));
            }
        }
    }

    private static @Nullable String problem(Fields fields) {
        double base = fields.number("base_lr");
        Optimizer optimizer = new Sgd(
                List.of(Tensors.zeros(1).requiresGrad(true)),
                Sgd.options().lr(base).momentum(0.9));
        LrScheduler schedule =
                ScheduleCatalog.make(fields.text("scheduler"), optimizer, Plain.of(fields.map("options")));
        List<Json> expected = fields.list("lr");
        for (int step = 0; step < expected.size(); step++) {
            double e = ((Json.Num) expected.get(step)).toDouble();
            double a = optimizer.groups().getFirst().lr();
            if (!(Math.abs(a - e) <= 1e-12 * Math.abs(e) + 1e-15)) {
                return "the rate at step " + step + " is " + a + ", expected " + e;
            }
            optimizer.step();
            if (step + 1 < expected.size()) {
                schedule.step();
            }
        }
        return null;
    }
}
