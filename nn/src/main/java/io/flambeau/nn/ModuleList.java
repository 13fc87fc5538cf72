package io.flambeau.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Modules under the keys 0, 1, …, called by whoever holds them. */
public final class ModuleList<M extends Module> extends Module implements Iterable<M> {
    private final List<M> modules = new ArrayList<>();

    public ModuleList(List<? extends M> modules) {
        for (M module : modules) {
            add(module);
        }
    }

    @SafeVarargs
    public ModuleList(M... modules) {
        for (M module : modules) {
            add(module);
        }
    }

    /** Adds a module at the end. Returns this list. */
    public ModuleList<M> add(M module) {
        child(Integer.toString(modules.size()), module);
        modules.add(module);
        return this;
    }

    public int size() {
        return modules.size();
    }

    public M at(int index) {
        return modules.get(index);
    }

    @Override
    public Iterator<M> iterator() {
        return modules.iterator();
    }
}
