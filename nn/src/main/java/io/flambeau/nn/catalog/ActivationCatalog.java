package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;
import static io.flambeau.nn.catalog.Values.unary;

import io.flambeau.nn.F;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;

/** Activations and dropout. */
final class ActivationCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Activations",
            unary("relu", F::relu),
            unary("relu6", F::relu6),
            unary("selu", F::selu),
            unary("silu", F::silu),
            unary("mish", F::mish),
            unary("hardswish", F::hardswish),
            unary("hardsigmoid", F::hardsigmoid),
            unary("logsigmoid", F::logsigmoid),
            unary("sigmoid", F::sigmoid),
            unary("tanh", F::tanh),
            unary("tanhshrink", F::tanhshrink),
            unary("softsign", F::softsign),
            entry(
                    "hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)",
                    "hardtanh(x, min, max)",
                    a -> F.hardtanh(a.tensor("input"), a.real("min_val"), a.real("max_val"))),
            entry(
                    "leaky_relu(input, negative_slope=0.01, inplace=False)",
                    "leakyRelu(x, negativeSlope)",
                    a -> F.leakyRelu(a.tensor("input"), a.real("negative_slope"))),
            entry(
                    "elu(input, alpha=1.0, inplace=False)",
                    "elu(x, alpha)",
                    a -> F.elu(a.tensor("input"), a.real("alpha"))),
            entry(
                    "celu(input, alpha=1.0, inplace=False)",
                    "celu(x, alpha)",
                    a -> F.celu(a.tensor("input"), a.real("alpha"))),
            entry(
                    "gelu(input, *, approximate='none')",
                    "gelu(x, approximate)",
                    a -> F.gelu(a.tensor("input"), a.text("approximate"))),
            entry("prelu(input, weight)", "prelu(x, weight)", a -> F.prelu(a.tensor("input"), a.tensor("weight"))),
            entry(
                    "rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)",
                    "rrelu(x, lower, upper, training)",
                    a -> F.rrelu(a.tensor("input"), a.real("lower"), a.real("upper"), a.flag("training"))),
            entry(
                    "softplus(input, beta=1.0, threshold=20.0)",
                    "softplus(x, beta, threshold)",
                    a -> F.softplus(a.tensor("input"), a.real("beta"), a.real("threshold"))),
            entry(
                    "hardshrink(input, lambd=0.5)",
                    "hardshrink(x, lambda)",
                    a -> F.hardshrink(a.tensor("input"), a.real("lambd"))),
            entry(
                    "softshrink(input, lambd=0.5)",
                    "softshrink(x, lambda)",
                    a -> F.softshrink(a.tensor("input"), a.real("lambd"))),
            entry(
                    "threshold(input, threshold, value, inplace=False)",
                    "threshold(x, threshold, value)",
                    a -> F.threshold(a.tensor("input"), a.real("threshold"), a.real("value"))),
            entry("glu(input, dim=-1)", "glu(x, axis)", a -> F.glu(a.tensor("input"), a.axis("dim"))),
            entry("softmax(input, dim, dtype=None)", "softmax(x, axis)", a -> F.softmax(cast(a), a.axis("dim"))),
            entry(
                    "log_softmax(input, dim, dtype=None)",
                    "logSoftmax(x, axis)",
                    a -> F.logSoftmax(cast(a), a.axis("dim"))),
            entry(
                    "softmin(input, dim, dtype=None)",
                    "softmin(x, axis)",
                    a -> a.has("dtype")
                            ? F.softmin(a.tensor("input"), a.axis("dim"), a.dtype("dtype"))
                            : F.softmin(a.tensor("input"), a.axis("dim"))),
            entry(
                    "gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)",
                    "gumbelSoftmax(logits, tau, hard, axis)",
                    a -> F.gumbelSoftmax(a.tensor("logits"), a.real("tau"), a.flag("hard"), a.axis("dim"))),
            entry(
                    "dropout(input, p=0.5, training=True, inplace=False)",
                    "dropout(x, p, training)",
                    a -> F.dropout(a.tensor("input"), a.real("p"), a.flag("training"))),
            entry(
                    "dropout1d(input, p=0.5, training=True, inplace=False)",
                    "dropout1d(x, p, training)",
                    a -> F.dropout1d(a.tensor("input"), a.real("p"), a.flag("training"))),
            entry(
                    "dropout2d(input, p=0.5, training=True, inplace=False)",
                    "dropout2d(x, p, training)",
                    a -> F.dropout2d(a.tensor("input"), a.real("p"), a.flag("training"))),
            entry(
                    "dropout3d(input, p=0.5, training=True, inplace=False)",
                    "dropout3d(x, p, training)",
                    a -> F.dropout3d(a.tensor("input"), a.real("p"), a.flag("training"))),
            entry(
                    "alpha_dropout(input, p=0.5, training=False, inplace=False)",
                    "alphaDropout(x, p, training)",
                    a -> F.alphaDropout(a.tensor("input"), a.real("p"), a.flag("training"))),
            entry(
                    "feature_alpha_dropout(input, p=0.5, training=False, inplace=False)",
                    "featureAlphaDropout(x, p, training)",
                    a -> F.featureAlphaDropout(a.tensor("input"), a.real("p"), a.flag("training"))));

    private ActivationCatalog() {}

    private static Tensor cast(Arguments a) {
        Tensor x = a.tensor("input");
        return x.to(a.dtype("dtype", x.dtype()));
    }
}
