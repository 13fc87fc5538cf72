package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensors;

/** Random numbers, from the standard generator. */
final class RandomCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Random numbers",
            entry("manual_seed(seed)", "Tensors.manualSeed(seed)", a -> {
                Tensors.manualSeed(a.integer("seed"));
                return null;
            }),
            entry(
                    "rand(*size, dtype=None)",
                    "Tensors.rand(generator, sizes)",
                    a -> Tensors.rand(Generator.standard(), spec(a))),
            entry(
                    "randn(*size, dtype=None)",
                    "Tensors.randn(generator, sizes)",
                    a -> Tensors.randn(Generator.standard(), spec(a))),
            entry("rand_like(input)", "x.randLike()", a -> a.tensor("input").randLike()),
            entry("randn_like(input)", "x.randnLike()", a -> a.tensor("input").randnLike()),
            entry(
                    "randint(low, high, size, *, dtype=None)",
                    "Tensors.randint(generator, low, high, sizes)",
                    a -> Tensors.randint(a.integer("low"), a.integer("high"), a.sizes("size"))
                            .to(a.dtype("dtype", DType.I64))),
            entry("randperm(n)", "Tensors.randperm(generator, n)", a -> Tensors.randperm(a.integer("n"))),
            entry(
                    "normal(mean: Tensor, std: Tensor)",
                    "Tensors.normal(generator, mean, std)",
                    a -> Tensors.normal(Generator.standard(), a.tensor("mean"), a.tensor("std"))),
            entry(
                    "normal(mean, std, size)",
                    "Tensors.normal(mean, std, sizes)",
                    a -> Tensors.normal(a.real("mean"), a.real("std"), a.sizes("size"))),
            entry(
                    "bernoulli(input)",
                    "x.bernoulli(generator)",
                    a -> a.tensor("input").bernoulli()),
            entry(
                    "poisson(input)",
                    "x.poisson(generator)",
                    a -> a.tensor("input").poisson()),
            entry(
                    "multinomial(input, num_samples, replacement=False)",
                    "x.multinomial(count, replacement, generator)",
                    a -> a.tensor("input").multinomial(a.integer("num_samples"), a.flag("replacement"))),
            entry(
                    "uniform_(input, from=0.0, to=1.0)",
                    "x.uniform_(low, high)",
                    a -> a.tensor("input").uniform_(a.real("from"), a.real("to"))),
            entry(
                    "normal_(input, mean=0.0, std=1.0)",
                    "x.normal_(mean, std)",
                    a -> a.tensor("input").normal_(a.real("mean"), a.real("std"))),
            entry(
                    "bernoulli_(input, p=0.5)",
                    "x.bernoulli_(p)",
                    a -> a.tensor("input").bernoulli_(a.real("p"))),
            entry(
                    "exponential_(input, lambd=1.0)",
                    "x.exponential_(rate)",
                    a -> a.tensor("input").exponential_(a.real("lambd"))),
            entry(
                    "log_normal_(input, mean=1.0, std=2.0)",
                    "x.logNormal_(mean, std, generator)",
                    a -> a.tensor("input").logNormal_(a.real("mean"), a.real("std"), Generator.standard())),
            entry(
                    "geometric_(input, p)",
                    "x.geometric_(p, generator)",
                    a -> a.tensor("input").geometric_(a.real("p"), Generator.standard())),
            entry(
                    "cauchy_(input, median=0.0, sigma=1.0)",
                    "x.cauchy_(median, scale, generator)",
                    a -> a.tensor("input").cauchy_(a.real("median"), a.real("sigma"), Generator.standard())),
            entry(
                    "random_(input, from, to)",
                    "x.random_(low, high, generator)",
                    a -> a.tensor("input").random_(a.integer("from"), a.integer("to"), Generator.standard())));

    private RandomCatalog() {}

    private static Spec spec(Arguments a) {
        return new Spec(a.shape("size"), a.dtype("dtype", Tensors.defaultDtype()), Tensors.defaultDevice());
    }
}
