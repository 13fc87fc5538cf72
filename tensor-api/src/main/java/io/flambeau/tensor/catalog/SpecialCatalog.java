package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.Special;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.math.OrthogonalPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Special functions. */
final class SpecialCatalog {
    static final Catalog CATALOG = new Catalog("Special functions", entries());

    private SpecialCatalog() {}

    private static List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        one(all, Special::erfc, "erfc", "special.erfc");
        one(all, Special::erfcx, "special.erfcx");
        one(all, Special::erfinv, "erfinv", "special.erfinv");
        one(all, Special::ndtr, "special.ndtr");
        one(all, Special::ndtri, "special.ndtri");
        one(all, Special::logNdtr, "special.log_ndtr");
        one(all, Special::lgamma, "lgamma", "special.gammaln");
        one(all, Special::digamma, "digamma", "special.digamma", "special.psi");
        one(all, Special::entr, "special.entr");
        one(all, Special::besselJ0, "special.bessel_j0");
        one(all, Special::besselJ1, "special.bessel_j1");
        one(all, Special::besselY0, "special.bessel_y0");
        one(all, Special::besselY1, "special.bessel_y1");
        one(all, Special::i0, "i0", "special.i0", "special.modified_bessel_i0");
        one(all, Special::i0e, "special.i0e");
        one(all, Special::i1, "special.i1", "special.modified_bessel_i1");
        one(all, Special::i1e, "special.i1e");
        one(all, Special::modifiedBesselK0, "special.modified_bessel_k0");
        one(all, Special::modifiedBesselK1, "special.modified_bessel_k1");
        one(all, Special::scaledModifiedBesselK0, "special.scaled_modified_bessel_k0");
        one(all, Special::scaledModifiedBesselK1, "special.scaled_modified_bessel_k1");
        one(all, Special::sphericalBesselJ0, "special.spherical_bessel_j0");
        one(all, Special::airyAi, "special.airy_ai");
        two(all, Special::xlog1py, "input", "other", "special.xlog1py");
        two(all, Special::zeta, "input", "other", "special.zeta");
        two(all, Special::gammainc, "input", "other", "special.gammainc", "igamma");
        two(all, Special::gammaincc, "input", "other", "special.gammaincc", "igammac");
        for (OrthogonalPolynomial family : OrthogonalPolynomial.values()) {
            String name = "special." + family.name().toLowerCase(Locale.ROOT);
            all.add(entry(
                    name + "(input, n)",
                    "Special.polynomial(" + family.name() + ", x, n)",
                    a -> Special.polynomial(family, a.tensor("input"), a.tensor("n"))));
        }
        for (String name : new String[] {"polygamma", "special.polygamma"}) {
            all.add(entry(
                    name + "(n, input)",
                    "Special.polygamma(n, x)",
                    a -> Special.polygamma(a.axis("n"), a.tensor("input"))));
        }
        all.add(entry(
                "polygamma_(input, n)",
                "x.apply_(input -> Special.polygamma(n, input))",
                a -> a.tensor("input").apply_(x -> Special.polygamma(a.axis("n"), x))));
        all.add(entry(
                "mvlgamma_(input, p)",
                "x.apply_(input -> Special.mvlgamma(input, p))",
                a -> a.tensor("input").apply_(x -> Special.mvlgamma(x, a.axis("p")))));
        for (String name : new String[] {"mvlgamma", "special.multigammaln"}) {
            all.add(entry(
                    name + "(input, p)",
                    "Special.mvlgamma(x, p)",
                    a -> Special.mvlgamma(a.tensor("input"), a.axis("p"))));
        }
        return List.copyOf(all);
    }

    /** A function and its names, of which the first is ours. */
    private static void one(List<Entry> all, UnaryOperator<Tensor> f, String... names) {
        for (String name : names) {
            String java = "Special." + Entry.camel(names[0]) + "(x)";
            all.add(entry(name + "(input)", java, a -> f.apply(a.tensor("input"))));
        }
        if (!names[0].contains(".")) {
            String java = "x.apply_(Special::" + Entry.camel(names[0]) + ")";
            all.add(entry(names[0] + "_(input)", java, a -> a.tensor("input").apply_(f)));
        }
    }

    /** As above, of two operands. */
    private static void two(List<Entry> all, BinaryOperator<Tensor> f, String first, String second, String... names) {
        for (String name : names) {
            String java = "Special." + Entry.camel(names[0]) + "(" + first + ", " + second + ")";
            String signature = name + "(" + first + ", " + second + ")";
            all.add(entry(signature, java, a -> f.apply(a.tensor(first), a.tensor(second))));
            if (!name.contains(".")) {
                all.add(entry(
                        name + "_(" + first + ", " + second + ")",
                        "x.apply_(" + first + " -> " + java + ")",
                        a -> a.tensor(first).apply_(x -> f.apply(x, a.tensor(second)))));
            }
        }
    }
}
