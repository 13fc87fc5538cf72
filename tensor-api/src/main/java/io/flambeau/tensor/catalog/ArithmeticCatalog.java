package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Elementwise arithmetic of two or more operands. */
final class ArithmeticCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Arithmetic",
            entry(
                    "add(input, other, *, alpha=1)",
                    "x.add(other, alpha)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").add(a.tensor("other"), a.scalar("alpha"))
                            : a.tensor("input").add(a.scalar("other").times(a.scalar("alpha")))),
            entry(
                    "sub(input, other, *, alpha=1)",
                    "x.sub(other, alpha)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").sub(a.tensor("other"), a.scalar("alpha"))
                            : a.tensor("input").sub(a.scalar("other").times(a.scalar("alpha")))),
            entry(
                    "rsub(input, other, *, alpha=1)",
                    "x.rsub(other)",
                    a -> a.isTensor("other")
                            ? a.tensor("other").sub(a.tensor("input"), a.scalar("alpha"))
                            : a.tensor("input").mul(a.scalar("alpha")).rsub(a.scalar("other"))),
            binary("mul", Tensor::mul, Tensor::mul),
            entry("div(input, other, *, rounding_mode=None)", "x.div(other, rounding)", ArithmeticCatalog::div),
            binary("true_divide", "x.div(other)", Tensor::div, Tensor::div),
            binary("floor_divide", Tensor::floorDivide, Tensor::floorDivide),
            binary("remainder", Tensor::remainder, Tensor::remainder),
            binary("fmod", Tensor::fmod, Tensor::fmod),
            entry(
                    "pow(input: Tensor, exponent)",
                    "x.pow(exponent)",
                    a -> a.isTensor("exponent")
                            ? a.tensor("input").pow(a.tensor("exponent"))
                            : a.tensor("input").pow(a.scalar("exponent"))),
            entry(
                    "pow(input: Number, exponent: Tensor)",
                    "exponent.rpow(x)",
                    a -> a.tensor("exponent").rpow(a.scalar("input"))),
            binary("float_power", Tensor::floatPower, Tensor::floatPower),
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
            binary("atan2", Tensor::atan2),
            binary("hypot", Tensor::hypot),
            entry(
                    "copysign(input, other)",
                    "x.copysign(other)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").copysign(a.tensor("other"))
                            : a.tensor("input").copysign(a.real("other"))),
            entry(
                    "heaviside(input, values)",
                    "x.heaviside(values)",
                    a -> a.tensor("input").heaviside(a.tensor("values"))),
            binary("nextafter", Tensor::nextafter),
            binary("ldexp", Tensor::ldexp),
            binary("logaddexp", Tensor::logaddexp),
            binary("logaddexp2", Tensor::logaddexp2),
            binary("xlogy", Tensor::xlogy),
            binary("gcd", Tensor::gcd),
            binary("lcm", Tensor::lcm),
            entry("clamp(input, min=None, max=None)", "x.clamp(min, max)", ArithmeticCatalog::clamp),
            entry(
                    "clamp_min(input, min)",
                    "x.clampMin(min)",
                    a -> a.isTensor("min")
                            ? a.tensor("input").clampMin(a.tensor("min"))
                            : a.tensor("input").clampMin(a.scalar("min"))),
            entry(
                    "clamp_max(input, max)",
                    "x.clampMax(max)",
                    a -> a.isTensor("max")
                            ? a.tensor("input").clampMax(a.tensor("max"))
                            : a.tensor("input").clampMax(a.scalar("max"))),
            entry(
                    "addcmul(input, tensor1, tensor2, *, value=1)",
                    "x.addcmul(tensor1, tensor2, value)",
                    a -> a.tensor("input").addcmul(a.tensor("tensor1"), a.tensor("tensor2"), a.scalar("value"))),
            entry(
                    "addcdiv(input, tensor1, tensor2, *, value=1)",
                    "x.addcdiv(tensor1, tensor2, value)",
                    a -> a.tensor("input").addcdiv(a.tensor("tensor1"), a.tensor("tensor2"), a.scalar("value"))),
            entry(
                    "lerp(input, end, weight)",
                    "x.lerp(end, weight)",
                    a -> a.isTensor("weight")
                            ? a.tensor("input").lerp(a.tensor("end"), a.tensor("weight"))
                            : a.tensor("input").lerp(a.tensor("end"), a.scalar("weight"))),
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

    private static Tensor clamp(Arguments a) {
        if (a.isTensor("min") || a.isTensor("max")) {
            return a.tensor("input").clamp(a.optionalTensor("min"), a.optionalTensor("max"));
        }
        return a.tensor("input").clamp(a.optionalScalar("min"), a.optionalScalar("max"));
    }
}
