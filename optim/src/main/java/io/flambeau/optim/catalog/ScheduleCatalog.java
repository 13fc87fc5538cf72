package io.flambeau.optim.catalog;

import io.flambeau.optim.Optimizer;
import io.flambeau.optim.schedule.ConstantLr;
import io.flambeau.optim.schedule.CosineAnnealingLr;
import io.flambeau.optim.schedule.CosineAnnealingWarmRestarts;
import io.flambeau.optim.schedule.CyclicLr;
import io.flambeau.optim.schedule.ExponentialLr;
import io.flambeau.optim.schedule.LinearLr;
import io.flambeau.optim.schedule.LrScheduler;
import io.flambeau.optim.schedule.MultiStepLr;
import io.flambeau.optim.schedule.OneCycleLr;
import io.flambeau.optim.schedule.PolynomialLr;
import io.flambeau.optim.schedule.StepLr;
import io.flambeau.optim.schedule.SwaLr;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The schedules that numbers describe, under PyTorch's names. */
public final class ScheduleCatalog {
    private static final Map<String, Entry> ALL = index(
            entry("StepLR(step_size, gamma=0.1)", (o, a) -> new StepLr(o, a.axis("step_size"), a.real("gamma"))),
            entry(
                    "MultiStepLR(milestones, gamma=0.1)",
                    (o, a) -> new MultiStepLr(o, a.real("gamma"), a.axes("milestones"))),
            entry(
                    "ConstantLR(factor=0.3333333333333333, total_iters=5)",
                    (o, a) -> new ConstantLr(o, a.real("factor"), a.axis("total_iters"))),
            entry(
                    "LinearLR(start_factor=0.3333333333333333, end_factor=1.0, total_iters=5)",
                    (o, a) -> new LinearLr(o, a.real("start_factor"), a.real("end_factor"), a.axis("total_iters"))),
            entry("ExponentialLR(gamma)", (o, a) -> new ExponentialLr(o, a.real("gamma"))),
            entry(
                    "PolynomialLR(total_iters=5, power=1.0)",
                    (o, a) -> new PolynomialLr(o, a.axis("total_iters"), a.real("power"))),
            entry(
                    "CosineAnnealingLR(T_max, eta_min=0.0)",
                    (o, a) -> new CosineAnnealingLr(o, a.axis("T_max"), a.real("eta_min"))),
            entry(
                    "CosineAnnealingWarmRestarts(T_0, T_mult=1, eta_min=0.0)",
                    (o, a) -> new CosineAnnealingWarmRestarts(o, a.axis("T_0"), a.axis("T_mult"), a.real("eta_min"))),
            entry(
                    "CyclicLR(base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', gamma=1.0,"
                            + " cycle_momentum=True, base_momentum=0.8, max_momentum=0.9)",
                    ScheduleCatalog::cyclic),
            entry(
                    "OneCycleLR(max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3,"
                            + " anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95,"
                            + " div_factor=25.0, final_div_factor=10000.0, three_phase=False)",
                    ScheduleCatalog::oneCycle),
            entry(
                    "SWALR(swa_lr, anneal_epochs=10, anneal_strategy='cos')",
                    (o, a) -> new SwaLr(
                            o,
                            a.real("swa_lr"),
                            a.axis("anneal_epochs"),
                            a.text("anneal_strategy").equals("cos"))));

    private ScheduleCatalog() {}

    /**
     * A schedule.
     *
     * @param signature PyTorch's class and its arguments after the optimizer
     * @param maker makes one
     */
    public record Entry(Signature signature, BiFunction<Optimizer, Arguments, LrScheduler> maker) {}

    private static Entry entry(String signature, BiFunction<Optimizer, Arguments, LrScheduler> maker) {
        return new Entry(Signature.parse(signature), maker);
    }

    private static Map<String, Entry> index(Entry... entries) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            all.put(entry.signature().name(), entry);
        }
        return all;
    }

    /** Every schedule. */
    public static List<Entry> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * Makes a schedule from PyTorch's arguments.
     *
     * @throws ArgumentException if there is no such schedule, or it does not take the arguments
     */
    public static LrScheduler make(String name, Optimizer optimizer, Map<String, ? extends @Nullable Object> options) {
        Entry entry = ALL.get(name);
        if (entry == null) {
            throw new ArgumentException(
                    name, "there is no schedule of this name, only " + ALL.keySet(), Fault.BAD_ARGUMENT);
        }
        return entry.maker().apply(optimizer, entry.signature().bind(List.of(), options));
    }

    private static LrScheduler cyclic(Optimizer optimizer, Arguments a) {
        CyclicLr.Options options = CyclicLr.options(a.real("base_lr"), a.real("max_lr"), a.axis("step_size_up"))
                .mode(CyclicLr.Mode.valueOf(a.text("mode").toUpperCase(Locale.ROOT)), a.real("gamma"))
                .cycleMomentum(a.flag("cycle_momentum"))
                .momentum(a.real("base_momentum"), a.real("max_momentum"));
        return new CyclicLr(optimizer, a.has("step_size_down") ? options.stepsDown(a.axis("step_size_down")) : options);
    }

    private static LrScheduler oneCycle(Optimizer optimizer, Arguments a) {
        int steps = a.has("total_steps")
                ? a.axis("total_steps")
                : Math.multiplyExact(a.axis("epochs"), a.axis("steps_per_epoch"));
        OneCycleLr.Options options = OneCycleLr.options(a.real("max_lr"), steps)
                .pctStart(a.real("pct_start"))
                .cycleMomentum(a.flag("cycle_momentum"))
                .momentum(a.real("base_momentum"), a.real("max_momentum"))
                .factors(a.real("div_factor"), a.real("final_div_factor"))
                .threePhase(a.flag("three_phase"));
        return new OneCycleLr(optimizer, a.text("anneal_strategy").equals("linear") ? options.linear() : options);
    }
}
