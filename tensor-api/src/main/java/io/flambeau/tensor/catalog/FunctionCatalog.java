package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Functions of each element. */
final class FunctionCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Functions of each element",
            unary("neg", Tensor::neg),
            unary("positive", Tensor::positive),
            unary("abs", Tensor::abs),
            unary("sign", Tensor::sign),
            unary("sgn", Tensor::sgn),
            unary("signbit", Tensor::signbit),
            unary("ceil", Tensor::ceil),
            unary("floor", Tensor::floor),
            entry(
                    "round(input, *, decimals=0)",
                    "x.round(decimals)",
                    a -> a.tensor("input").round(a.axis("decimals"))),
            unary("trunc", Tensor::trunc),
            unary("frac", Tensor::frac),
            unary("square", Tensor::square),
            unary("sqrt", Tensor::sqrt),
            unary("rsqrt", Tensor::rsqrt),
            unary("reciprocal", Tensor::reciprocal),
            unary("exp", Tensor::exp),
            unary("exp2", Tensor::exp2),
            unary("expm1", Tensor::expm1),
            unary("log", Tensor::log),
            unary("log2", Tensor::log2),
            unary("log10", Tensor::log10),
            unary("log1p", Tensor::log1p),
            unary("sin", Tensor::sin),
            unary("cos", Tensor::cos),
            unary("tan", Tensor::tan),
            unary("asin", Tensor::asin),
            unary("acos", Tensor::acos),
            unary("atan", Tensor::atan),
            unary("sinh", Tensor::sinh),
            unary("cosh", Tensor::cosh),
            unary("tanh", Tensor::tanh),
            unary("asinh", Tensor::asinh),
            unary("acosh", Tensor::acosh),
            unary("atanh", Tensor::atanh),
            unary("sigmoid", Tensor::sigmoid),
            unary("erf", Tensor::erf),
            unary("relu", Tensor::relu),
            unary("sinc", Tensor::sinc),
            entry(
                    "logit(input, eps=None)",
                    "x.logit(eps)",
                    a -> a.has("eps")
                            ? a.tensor("input").logit(a.real("eps"))
                            : a.tensor("input").logit()),
            unary("deg2rad", Tensor::deg2rad),
            unary("rad2deg", Tensor::rad2deg),
            unary("angle", Tensor::angle),
            unary("conj", Tensor::conj),
            entry("conj_physical(input)", "x.conj()", a -> a.tensor("input").conj()),
            unary("real", Tensor::real),
            unary("imag", Tensor::imag),
            entry(
                    "complex(real, imag)",
                    "Tensors.complex(real, imag)",
                    a -> Tensors.complex(a.tensor("real"), a.tensor("imag"))),
            entry(
                    "polar(abs, angle)",
                    "Tensors.polar(abs, angle)",
                    a -> Tensors.polar(a.tensor("abs"), a.tensor("angle"))),
            entry(
                    "nan_to_num(input, nan=0.0, posinf=None, neginf=None)",
                    "x.nanToNum(nan, posinf, neginf)",
                    a -> a.tensor("input").nanToNum(a.real("nan"), a.optionalReal("posinf"), a.optionalReal("neginf"))),
            entry("frexp(input)", "x.frexp()", a -> a.tensor("input").frexp()));

    private FunctionCatalog() {}
}
