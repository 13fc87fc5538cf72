package io.flambeau.tck;

import io.flambeau.tensor.op.Op;
import java.util.List;

/** What a backend is for; each profile holds those before it, and Full holds all. */
public enum Profile {
    /** The primitives, views, elementwise functions, activations, normalisations and losses. */
    CORE("op", "activation", "embedding", "index", "linear", "loss", "math", "norm", "random", "step"),
    /** Convolution and pooling. */
    VISION("conv", "pool", "vision"),
    /** Attention. */
    TRANSFORMER("attention"),
    /** Linear algebra, Fourier transforms and everything else. */
    FULL;

    private final List<String> packages;

    Profile(String... packages) {
        this.packages = List.of(packages);
    }

    /** The first profile that holds an operation, by its package. */
    public static Profile of(Op op) {
        String name = op.getClass().getPackageName();
        String last = name.substring(name.lastIndexOf('.') + 1);
        for (Profile profile : values()) {
            if (profile.packages.contains(last)) {
                return profile;
            }
        }
        return FULL;
    }
}
