package io.flambeau.optim.catalog;

import io.flambeau.optim.Adadelta;
import io.flambeau.optim.Adafactor;
import io.flambeau.optim.Adagrad;
import io.flambeau.optim.Adam;
import io.flambeau.optim.AdamW;
import io.flambeau.optim.Adamax;
import io.flambeau.optim.Asgd;
import io.flambeau.optim.Lbfgs;
import io.flambeau.optim.Muon;
import io.flambeau.optim.NAdam;
import io.flambeau.optim.Optimizer;
import io.flambeau.optim.Options;
import io.flambeau.optim.RAdam;
import io.flambeau.optim.RmsProp;
import io.flambeau.optim.Rprop;
import io.flambeau.optim.Sgd;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** All optimizers under PyTorch's names. */
public final class OptimizerCatalog {
    /**
     * An optimizer.
     *
     * @param name PyTorch's class
     * @param options PyTorch's defaults, under PyTorch's names
     * @param maker makes one
     */
    public record Entry(String name, Options options, BiFunction<List<Tensor>, Options, Optimizer> maker) {}

    private static final Map<String, Entry> ALL = index(
            new Entry("SGD", Sgd.options(), Sgd::new),
            new Entry("Adam", Adam.options(), Adam::new),
            new Entry("AdamW", AdamW.options(), AdamW::new),
            new Entry("Adagrad", Adagrad.options(), Adagrad::new),
            new Entry("Adadelta", Adadelta.options(), Adadelta::new),
            new Entry("Adamax", Adamax.options(), Adamax::new),
            new Entry("NAdam", NAdam.options(), NAdam::new),
            new Entry("RAdam", RAdam.options(), RAdam::new),
            new Entry("RMSprop", RmsProp.options(), RmsProp::new),
            new Entry("Rprop", Rprop.options(), Rprop::new),
            new Entry("ASGD", Asgd.options(), Asgd::new),
            new Entry("Adafactor", Adafactor.options(), Adafactor::new),
            new Entry("Muon", Muon.options(), Muon::new),
            new Entry("LBFGS", Lbfgs.options(), Lbfgs::new));

    private OptimizerCatalog() {}

    private static Map<String, Entry> index(Entry... entries) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            all.put(entry.name(), entry);
        }
        return all;
    }

    /** Every optimizer. */
    public static List<Entry> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * The optimizer of PyTorch's name.
     *
     * @throws ArgumentException if there is none
     */
    public static Entry find(String name) {
        Entry entry = ALL.get(name);
        if (entry == null) {
            throw new ArgumentException(
                    name, "there is no optimizer of this name, only " + ALL.keySet(), Fault.BAD_ARGUMENT);
        }
        return entry;
    }
}
