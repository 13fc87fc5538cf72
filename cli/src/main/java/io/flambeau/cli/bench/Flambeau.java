package io.flambeau.cli.bench;

import io.flambeau.tensor.Tensors;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The library that this is all about. */
enum Flambeau implements Library {
    INSTANCE;

    @Override
    public String title() {
        return "Flambeau";
    }

    @Override
    public Optional<Supplier<Workload>> work(String name) {
        return Stream.of(Group.values())
                .flatMap(group -> group.cases().stream())
                .filter(work -> work.name().equals(name))
                .map(Case::work)
                .findFirst();
    }

    @Override
    public void synchronize() {
        Tensors.synchronize(Tensors.defaultDevice());
    }
}
