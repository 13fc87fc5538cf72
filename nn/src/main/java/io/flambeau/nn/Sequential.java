package io.flambeau.nn;

import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Modules run one after another, under the keys 0, 1, ….
 *
 * <pre>{@code
 * Module xor = new Sequential(new Linear(2, 4), new ReLU(), new Linear(4, 1), new Sigmoid());
 * }</pre>
 */
public final class Sequential extends Module {
    private final List<Module> modules;

    public Sequential(Module... modules) {
        this(List.of(modules));
    }

    public Sequential(List<? extends Module> modules) {
        this.modules = List.copyOf(modules);
        for (int i = 0; i < modules.size(); i++) {
            child(Integer.toString(i), modules.get(i));
        }
    }

    public int size() {
        return modules.size();
    }

    public Module at(int index) {
        return modules.get(index);
    }

    @Override
    protected Tensor forward(Tensor input) {
        Tensor x = input;
        for (Module module : modules) {
            x = module.call(x);
        }
        return x;
    }
}
