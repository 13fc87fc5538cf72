package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Modules under keys of the user's choice. */
public final class ModuleDict<M extends Module> extends Module {
    private final Map<String, M> modules = new LinkedHashMap<>();

    public ModuleDict(Map<String, ? extends M> modules) {
        modules.forEach((name, module) -> this.modules.put(name, child(name, module)));
    }

    public M at(String name) {
        M module = modules.get(name);
        if (module == null) {
            throw new ArgumentException(
                    "ModuleDict", "there is no '" + name + "', only " + modules.keySet(), Fault.BAD_ARGUMENT);
        }
        return module;
    }

    public Map<String, M> asMap() {
        return Collections.unmodifiableMap(modules);
    }
}
