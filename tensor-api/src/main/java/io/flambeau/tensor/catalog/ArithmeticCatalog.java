package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.both;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.pair;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Elementwise arithmetic of two or more operands. */
final class ArithmeticCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Arithmetic",
            scaled("add", Tensor::add, Tensor::add, Tensor::add_, Tensor::add_),
            scaled("sub", Tensor::sub, Tensor::sub, Tensor::sub_, Tensor::sub_),
            entry(
                    "rsub(input, other, *, alpha=1)",
                    "x.rsub(other)",
                    a -> a.isTensor("other")
                            ? a.tensor("other").sub(a.tensor("input"), a.scalar("alpha"))
                            : a.tensor("input").mul(a.scalar("alpha")).rsub(a.scalar("other"))),
            binary("mul", Tensor::mul, Tensor::mul, Tensor::mul_, Tensor::mul_),
            entry("div(input, other, *, rounding_mode=None)", "x.div(other, rounding)", ArithmeticCatalog::div)
                    .inPlace(ArithmeticCatalog::divInPlace),
            binary("true_divide", "x.div(other)", Tensor::div, Tensor::div),
            binary(
                    "floor_divide",
                    Tensor::floorDivide,
                    Tensor::floorDivide,
                    Tensor::floorDivide_,
                    Tensor::floorDivide_),
            binary("remainder", Tensor::remainder, Tensor::remainder, Tensor::remainder_, Tensor::remainder_),
            binary("fmod", Tensor::fmod, Tensor::fmod, Tensor::fmod_, Tensor::fmod_),
            entry(
                            "pow(input: Tensor, exponent)",
                            "x.pow(exponent)",
                            a -> a.isTensor("exponent")
                                    ? a.tensor("input").pow(a.tensor("exponent"))
                                    : a.tensor("input").pow(a.scalar("exponent")))
                    .inPlace(a -> a.isTensor("exponent")
                            ? a.tensor("input").pow_(a.tensor("exponent"))
                            : a.tensor("input").pow_(a.scalar("exponent"))),
            entry(
                    "pow(input: Number, exponent: Tensor)",
                    "exponent.rpow(x)",
                    a -> a.tensor("exponent").rpow(a.scalar("input"))),
            binary("float_power", Tensor::floatPower, Tensor::floatPower, Tensor::floatPower_, Tensor::floatPower_),
            binary("maximum", Tensor::maximum),
            binary("minimum", Tensor::minimum),
            entry(
                    "max(input, other: Tensor)",
                    "x.maximum(other)",
                    a -> a.tensor("input").maximum(a.tensor("other"))),
            entry(
                    "min(input, other: Tensor)",
                    "x.minimum(other)",
                    a -> a.tensor("input").minimum(a.tensor("other"))),
            binary("fmax", Tensor::fmax),
            binary("fmin", Tensor::fmin),
            pair("atan2", Tensor::atan2, Tensor::atan2_),
            pair("hypot", Tensor::hypot, Tensor::hypot_),
            entry(
                            "copysign(input, other)",
                            "x.copysign(other)",
                            a -> a.isTensor("other")
                                    ? a.tensor("input").copysign(a.tensor("other"))
                                    : a.tensor("input").copysign(a.real("other")))
                    .inPlace(a -> a.isTensor("other")
                            ? a.tensor("input").copysign_(a.tensor("other"))
                            : a.tensor("input").copysign_(a.real("other"))),
            entry(
                            "heaviside(input, values)",
                            "x.heaviside(values)",
                            a -> a.tensor("input").heaviside(a.tensor("values")))
                    .inPlace(a -> a.tensor("input").heaviside_(a.tensor("values"))),
            pair("nextafter", Tensor::nextafter, Tensor::nextafter_),
            pair("ldexp", Tensor::ldexp, Tensor::ldexp_),
            binary("logaddexp", Tensor::logaddexp),
            binary("logaddexp2", Tensor::logaddexp2),
            pair("xlogy", Tensor::xlogy, Tensor::xlogy_),
            pair("gcd", Tensor::gcd, Tensor::gcd_),
            pair("lcm", Tensor::lcm, Tensor::lcm_),
            entry("clamp(input, min=None, max=None)", "x.clamp(min, max)", ArithmeticCatalog::clamp)
                    .inPlace(ArithmeticCatalog::clampInPlace),
            bound("min", Tensor::clampMin, Tensor::clampMin, Tensor::clampMin_, Tensor::clampMin_),
            bound("max", Tensor::clampMax, Tensor::clampMax, Tensor::clampMax_, Tensor::clampMax_),
            product("addcmul", Tensor::addcmul, Tensor::addcmul_),
            product("addcdiv", Tensor::addcdiv, Tensor::addcdiv_),
            entry(
                            "lerp(input, end, weight)",
                            "x.lerp(end, weight)",
                            a -> a.isTensor("weight")
                                    ? a.tensor("input").lerp(a.tensor("end"), a.tensor("weight"))
                                    : a.tensor("input").lerp(a.tensor("end"), a.scalar("weight")))
                    .inPlace(a -> a.isTensor("weight")
                            ? a.tensor("input").lerp_(a.tensor("end"), a.tensor("weight"))
                            : a.tensor("input").lerp_(a.tensor("end"), a.scalar("weight"))),
            operator("__radd__", "other.add(x)", Tensor::add, Tensor::add),
            operator("__rsub__", "x.rsub(other)", (x, y) -> y.sub(x), Tensor::rsub),
            operator("__rmul__", "other.mul(x)", Tensor::mul, Tensor::mul),
            operator("__rdiv__", "x.rdiv(other)", (x, y) -> y.div(x), Tensor::rdiv),
            operator("__rmod__", "other.remainder(x)", (x, y) -> y.remainder(x), Tensor::rremainder),
            operator("__rpow__", "x.rpow(other)", (x, y) -> y.pow(x), Tensor::rpow),
            operator("__rmatmul__", "other.matmul(x)", (x, y) -> y.matmul(x), null),
            operator("__rand__", "other.bitwiseAnd(x)", (x, y) -> y.bitwiseAnd(x), Tensor::bitwiseAnd),
            operator("__ror__", "other.bitwiseOr(x)", (x, y) -> y.bitwiseOr(x), Tensor::bitwiseOr),
            operator("__rxor__", "other.bitwiseXor(x)", (x, y) -> y.bitwiseXor(x), Tensor::bitwiseXor));

    private ArithmeticCatalog() {}

    private interface Scaled {
        Tensor apply(Tensor x, Tensor other, Scalar alpha);
    }

    private interface Product {
        Tensor apply(Tensor x, Tensor first, Tensor second, Scalar value);
    }

    /** A sum or difference with a multiple of the other operand. */
    private static Entry scaled(
            String name,
            Scaled tensors,
            BiFunction<Tensor, Scalar, Tensor> scalar,
            Scaled tensorsInPlace,
            BiFunction<Tensor, Scalar, Tensor> scalarInPlace) {
        return entry(
                        name + "(input, other, *, alpha=1)",
                        "x." + name + "(other, alpha)",
                        a -> scaled(a, tensors, scalar))
                .inPlace(a -> scaled(a, tensorsInPlace, scalarInPlace));
    }

    private static Tensor scaled(Arguments a, Scaled tensors, BiFunction<Tensor, Scalar, Tensor> scalar) {
        return a.isTensor("other")
                ? tensors.apply(a.tensor("input"), a.tensor("other"), a.scalar("alpha"))
                : scalar.apply(a.tensor("input"), a.scalar("other").times(a.scalar("alpha")));
    }

    private static Entry product(String name, Product method, Product inPlace) {
        return both(
                name + "(input, tensor1, tensor2, *, value=1)",
                "x." + name + "(first, second, value)",
                method,
                inPlace,
                (m, a) -> m.apply(a.tensor("input"), a.tensor("tensor1"), a.tensor("tensor2"), a.scalar("value")));
    }

    /** One of the bounds of a clamp. */
    private static Entry bound(
            String bound,
            BinaryOperator<Tensor> tensors,
            BiFunction<Tensor, Scalar, Tensor> scalar,
            BinaryOperator<Tensor> tensorsInPlace,
            BiFunction<Tensor, Scalar, Tensor> scalarInPlace) {
        String name = "clamp_" + bound;
        return entry(
                        name + "(input, " + bound + ")",
                        "x." + Entry.camel(name) + "(" + bound + ")",
                        a -> bounded(a, bound, tensors, scalar))
                .inPlace(a -> bounded(a, bound, tensorsInPlace, scalarInPlace));
    }

    private static Tensor bounded(
            Arguments a, String bound, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Scalar, Tensor> scalar) {
        return a.isTensor(bound)
                ? tensors.apply(a.tensor("input"), a.tensor(bound))
                : scalar.apply(a.tensor("input"), a.scalar(bound));
    }

    /** One of Python's reflected operators: its input stands on the right. */
    private static Entry operator(
            String name,
            String java,
            BinaryOperator<Tensor> tensors,
            @Nullable BiFunction<Tensor, Scalar, Tensor> scalar) {
        return entry(
                name + "(input, other)",
                java,
                a -> a.isTensor("other") || scalar == null
                        ? tensors.apply(a.tensor("input"), a.tensor("other"))
                        : scalar.apply(a.tensor("input"), a.scalar("other")));
    }

    private static Tensor div(Arguments a) {
        String rounding = a.has("rounding_mode") ? a.text("rounding_mode") : null;
        if (a.isTensor("other")) {
            return a.tensor("input").div(a.tensor("other"), rounding);
        }
        return a.tensor("input").div(a.scalar("other"), rounding);
    }

    private static Tensor divInPlace(Arguments a) {
        String rounding = a.has("rounding_mode") ? a.text("rounding_mode") : null;
        return a.isTensor("other")
                ? a.tensor("input").div_(a.tensor("other"), rounding)
                : a.tensor("input").div_(a.scalar("other"), rounding);
    }

    private static Tensor clampInPlace(Arguments a) {
        return a.isTensor("min") || a.isTensor("max")
                ? a.tensor("input").clamp_(a.optionalTensor("min"), a.optionalTensor("max"))
                : a.tensor("input").clamp_(a.optionalScalar("min"), a.optionalScalar("max"));
    }

    private static Tensor clamp(Arguments a) {
        if (a.isTensor("min") || a.isTensor("max")) {
            return a.tensor("input").clamp(a.optionalTensor("min"), a.optionalTensor("max"));
        }
        return a.tensor("input").clamp(a.optionalScalar("min"), a.optionalScalar("max"));
    }
}
