package io.flambeau.tensor.catalog;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.internal.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All operations under PyTorch's names: those of the API, and those that other modules provide. */
public final class Catalogs {
    private static final class Holder {
        static final List<Catalog> ALL = load();
        static final Map<String, List<Entry>> BY_NAME = index(ALL);
    }

    private Catalogs() {}

    private static List<Catalog> load() {
        List<Catalog> all = new ArrayList<>(List.of(
                SettingsCatalog.CATALOG,
                CreationCatalog.CATALOG,
                RandomCatalog.CATALOG,
                ShapingCatalog.CATALOG,
                IndexingCatalog.CATALOG,
                ArithmeticCatalog.CATALOG,
                FunctionCatalog.CATALOG,
                ComparisonCatalog.CATALOG,
                ReductionCatalog.CATALOG,
                StatisticsCatalog.CATALOG,
                MatrixCatalog.CATALOG,
                CastCatalog.CATALOG,
                SpecialCatalog.CATALOG,
                LinalgCatalog.CATALOG,
                FactorisationCatalog.CATALOG,
                FourierCatalog.CATALOG,
                MaskedCatalog.CATALOG,
                PropertyCatalog.CATALOG));
        for (CatalogProvider provider : Services.catalogs()) {
            all.addAll(provider.catalogs());
        }
        all.add(Aliases.of(index(all)));
        return List.copyOf(all);
    }

    private static Map<String, List<Entry>> index(List<Catalog> all) {
        Map<String, List<Entry>> byName = new LinkedHashMap<>();
        for (Catalog catalog : all) {
            for (Entry entry : catalog.entries()) {
                byName.computeIfAbsent(entry.name(), name -> new ArrayList<>()).add(entry);
            }
        }
        return byName;
    }

    /** Every family. */
    public static List<Catalog> all() {
        return Holder.ALL;
    }

    /** The call forms of a name, in the order in which they are tried; empty if there is no such operation. */
    public static List<Entry> find(String name) {
        return Holder.BY_NAME.getOrDefault(name, List.of());
    }

    /**
     * Calls an operation by PyTorch's name; the first form that takes the arguments is used.
     *
     * @throws ArgumentException if there is no such operation, or no form of it takes the arguments
     */
    public static @Nullable Object call(
            String name, List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
        ArgumentException refusal = null;
        for (Entry entry : find(name)) {
            Arguments arguments;
            try {
                arguments = entry.signature().bind(positional, named);
            } catch (ArgumentException e) {
                refusal = e;
                continue;
            }
            return entry.call().of(arguments);
        }
        throw refusal != null
                ? refusal
                : new ArgumentException(name, "there is no operation of this name", Fault.BAD_ARGUMENT);
    }
}
