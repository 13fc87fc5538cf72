package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.both;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Functions of each element. */
final class FunctionCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Functions of each element",
            unary("neg", Tensor::neg, Tensor::neg_),
            unary("positive", Tensor::positive),
            unary("abs", Tensor::abs, Tensor::abs_),
            unary("sign", Tensor::sign, Tensor::sign_),
            unary("sgn", Tensor::sgn, Tensor::sgn_),
            unary("signbit", Tensor::signbit),
            unary("ceil", Tensor::ceil, Tensor::ceil_),
            unary("floor", Tensor::floor, Tensor::floor_),
            entry(
                            "round(input, *, decimals=0)",
                            "x.round(decimals)",
                            a -> a.tensor("input").round(a.axis("decimals")))
                    .inPlace(a -> a.tensor("input").round_(a.axis("decimals"))),
            unary("trunc", Tensor::trunc, Tensor::trunc_),
            unary("frac", Tensor::frac, Tensor::frac_),
            unary("square", Tensor::square, Tensor::square_),
            unary("sqrt", Tensor::sqrt, Tensor::sqrt_),
            unary("rsqrt", Tensor::rsqrt, Tensor::rsqrt_),
            unary("reciprocal", Tensor::reciprocal, Tensor::reciprocal_),
            unary("exp", Tensor::exp, Tensor::exp_),
            unary("exp2", Tensor::exp2, Tensor::exp2_),
            unary("expm1", Tensor::expm1, Tensor::expm1_),
            unary("log", Tensor::log, Tensor::log_),
            unary("log2", Tensor::log2, Tensor::log2_),
            unary("log10", Tensor::log10, Tensor::log10_),
            unary("log1p", Tensor::log1p, Tensor::log1p_),
            unary("sin", Tensor::sin, Tensor::sin_),
            unary("cos", Tensor::cos, Tensor::cos_),
            unary("tan", Tensor::tan, Tensor::tan_),
            unary("asin", Tensor::asin, Tensor::asin_),
            unary("acos", Tensor::acos, Tensor::acos_),
            unary("atan", Tensor::atan, Tensor::atan_),
            unary("sinh", Tensor::sinh, Tensor::sinh_),
            unary("cosh", Tensor::cosh, Tensor::cosh_),
            unary("tanh", Tensor::tanh, Tensor::tanh_),
            unary("asinh", Tensor::asinh, Tensor::asinh_),
            unary("acosh", Tensor::acosh, Tensor::acosh_),
            unary("atanh", Tensor::atanh, Tensor::atanh_),
            unary("sigmoid", Tensor::sigmoid, Tensor::sigmoid_),
            unary("erf", Tensor::erf, Tensor::erf_),
            unary("relu", Tensor::relu, Tensor::relu_),
            unary("sinc", Tensor::sinc, Tensor::sinc_),
            entry(
                            "logit(input, eps=None)",
                            "x.logit(eps)",
                            a -> a.has("eps")
                                    ? a.tensor("input").logit(a.real("eps"))
                                    : a.tensor("input").logit())
                    .inPlace(a -> a.has("eps")
                            ? a.tensor("input").logit_(a.real("eps"))
                            : a.tensor("input").logit_()),
            unary("deg2rad", Tensor::deg2rad, Tensor::deg2rad_),
            unary("rad2deg", Tensor::rad2deg, Tensor::rad2deg_),
            unary("angle", Tensor::angle),
            unary("conj", Tensor::conj),
            entry("conj_physical(input)", "x.conj()", a -> a.tensor("input").conj()),
            unary("conj_physical_", Tensor::conjPhysical_),
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
            both(
                    "nan_to_num(input, nan=0.0, posinf=None, neginf=None)",
                    "x.nanToNum(nan, posinf, neginf)",
                    Tensor::nanToNum,
                    Tensor::nanToNum_,
                    (Replacing m, Arguments a) -> m.apply(
                            a.tensor("input"), a.real("nan"), a.optionalReal("posinf"), a.optionalReal("neginf"))),
            entry("frexp(input)", "x.frexp()", a -> a.tensor("input").frexp()));

    private FunctionCatalog() {}

    private interface Replacing {
        Tensor apply(Tensor x, double nan, @Nullable Double positive, @Nullable Double negative);
    }
}
