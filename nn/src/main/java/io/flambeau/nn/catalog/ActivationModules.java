package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.layer.AlphaDropout;
import io.flambeau.nn.layer.CELU;
import io.flambeau.nn.layer.Dropout;
import io.flambeau.nn.layer.Dropout1d;
import io.flambeau.nn.layer.Dropout2d;
import io.flambeau.nn.layer.Dropout3d;
import io.flambeau.nn.layer.ELU;
import io.flambeau.nn.layer.FeatureAlphaDropout;
import io.flambeau.nn.layer.GELU;
import io.flambeau.nn.layer.GLU;
import io.flambeau.nn.layer.Hardshrink;
import io.flambeau.nn.layer.Hardsigmoid;
import io.flambeau.nn.layer.Hardswish;
import io.flambeau.nn.layer.Hardtanh;
import io.flambeau.nn.layer.LeakyReLU;
import io.flambeau.nn.layer.LogSigmoid;
import io.flambeau.nn.layer.LogSoftmax;
import io.flambeau.nn.layer.Mish;
import io.flambeau.nn.layer.PReLU;
import io.flambeau.nn.layer.RReLU;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.nn.layer.ReLU6;
import io.flambeau.nn.layer.SELU;
import io.flambeau.nn.layer.SiLU;
import io.flambeau.nn.layer.Sigmoid;
import io.flambeau.nn.layer.Softmax;
import io.flambeau.nn.layer.Softmax2d;
import io.flambeau.nn.layer.Softmin;
import io.flambeau.nn.layer.Softplus;
import io.flambeau.nn.layer.Softshrink;
import io.flambeau.nn.layer.Softsign;
import io.flambeau.nn.layer.Tanh;
import io.flambeau.nn.layer.Tanhshrink;
import io.flambeau.nn.layer.Threshold;
import java.util.List;

/** Activations and dropout. */
final class ActivationModules {
    static final List<ModuleEntry> ENTRIES = List.of(
            module("ReLU(inplace=False)", "new ReLU()", a -> new ReLU()),
            module("ReLU6(inplace=False)", "new ReLU6()", a -> new ReLU6()),
            module("SELU(inplace=False)", "new SELU()", a -> new SELU()),
            module("SiLU(inplace=False)", "new SiLU()", a -> new SiLU()),
            module("Mish(inplace=False)", "new Mish()", a -> new Mish()),
            module("Hardswish(inplace=False)", "new Hardswish()", a -> new Hardswish()),
            module("Hardsigmoid(inplace=False)", "new Hardsigmoid()", a -> new Hardsigmoid()),
            module("Sigmoid()", "new Sigmoid()", a -> new Sigmoid()),
            module("Tanh()", "new Tanh()", a -> new Tanh()),
            module("LogSigmoid()", "new LogSigmoid()", a -> new LogSigmoid()),
            module("Softsign()", "new Softsign()", a -> new Softsign()),
            module("Tanhshrink()", "new Tanhshrink()", a -> new Tanhshrink()),
            module("Softmax2d()", "new Softmax2d()", a -> new Softmax2d()),
            module("ELU(alpha=1.0, inplace=False)", "new ELU(alpha)", a -> new ELU(a.real("alpha"))),
            module("CELU(alpha=1.0, inplace=False)", "new CELU(alpha)", a -> new CELU(a.real("alpha"))),
            module(
                    "LeakyReLU(negative_slope=0.01, inplace=False)",
                    "new LeakyReLU(slope)",
                    a -> new LeakyReLU(a.real("negative_slope"))),
            module(
                    "GELU(approximate='none')",
                    "new GELU(tanh)",
                    a -> new GELU(a.text("approximate").equals("tanh"))),
            module("GLU(dim=-1)", "new GLU(axis)", a -> new GLU(a.axis("dim"))),
            module("Hardshrink(lambd=0.5)", "new Hardshrink(lambda)", a -> new Hardshrink(a.real("lambd"))),
            module("Softshrink(lambd=0.5)", "new Softshrink(lambda)", a -> new Softshrink(a.real("lambd"))),
            module(
                    "Hardtanh(min_val=-1.0, max_val=1.0, inplace=False)",
                    "new Hardtanh(min, max)",
                    a -> new Hardtanh(a.real("min_val"), a.real("max_val"))),
            module(
                    "Softplus(beta=1.0, threshold=20.0)",
                    "new Softplus(beta, threshold)",
                    a -> new Softplus(a.real("beta"), a.real("threshold"))),
            module(
                    "Threshold(threshold, value, inplace=False)",
                    "new Threshold(threshold, value)",
                    a -> new Threshold(a.real("threshold"), a.real("value"))),
            module(
                    "PReLU(num_parameters=1, init=0.25)",
                    "new PReLU(slopes, first)",
                    a -> new PReLU(a.integer("num_parameters"), a.real("init"))),
            module(
                    "RReLU(lower=0.125, upper=0.3333333333333333, inplace=False)",
                    "new RReLU(lower, upper)",
                    a -> new RReLU(a.real("lower"), a.real("upper"))),
            module("Softmax(dim)", "new Softmax(axis)", a -> new Softmax(a.axis("dim"))),
            module("LogSoftmax(dim)", "new LogSoftmax(axis)", a -> new LogSoftmax(a.axis("dim"))),
            module("Softmin(dim)", "new Softmin(axis)", a -> new Softmin(a.axis("dim"))),
            module("Dropout(p=0.5, inplace=False)", "new Dropout(p)", a -> new Dropout(a.real("p"))),
            module("Dropout1d(p=0.5, inplace=False)", "new Dropout1d(p)", a -> new Dropout1d(a.real("p"))),
            module("Dropout2d(p=0.5, inplace=False)", "new Dropout2d(p)", a -> new Dropout2d(a.real("p"))),
            module("Dropout3d(p=0.5, inplace=False)", "new Dropout3d(p)", a -> new Dropout3d(a.real("p"))),
            module("AlphaDropout(p=0.5, inplace=False)", "new AlphaDropout(p)", a -> new AlphaDropout(a.real("p"))),
            module(
                    "FeatureAlphaDropout(p=0.5, inplace=False)",
                    "new FeatureAlphaDropout(p)",
                    a -> new FeatureAlphaDropout(a.real("p"))));

    private ActivationModules() {}
}
