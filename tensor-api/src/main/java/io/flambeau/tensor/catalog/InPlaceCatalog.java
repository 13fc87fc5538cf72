package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.binary;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;

/** The forms with a trailing underscore, which overwrite their input. */
final class InPlaceCatalog {
    static final Catalog CATALOG = Catalog.of(
            "In place",
            unary("abs_", Tensor::abs_),
            unary("neg_", Tensor::neg_),
            unary("sign_", Tensor::sign_),
            unary("ceil_", Tensor::ceil_),
            unary("floor_", Tensor::floor_),
            entry(
                    "round_(input, *, decimals=0)",
                    "x.round_(decimals)",
                    a -> a.tensor("input").round_(a.axis("decimals"))),
            unary("trunc_", Tensor::trunc_),
            unary("square_", Tensor::square_),
            unary("sqrt_", Tensor::sqrt_),
            unary("rsqrt_", Tensor::rsqrt_),
            unary("reciprocal_", Tensor::reciprocal_),
            unary("exp_", Tensor::exp_),
            unary("exp2_", Tensor::exp2_),
            unary("expm1_", Tensor::expm1_),
            unary("log_", Tensor::log_),
            unary("log2_", Tensor::log2_),
            unary("log10_", Tensor::log10_),
            unary("log1p_", Tensor::log1p_),
            unary("sin_", Tensor::sin_),
            unary("cos_", Tensor::cos_),
            unary("tan_", Tensor::tan_),
            unary("asin_", Tensor::asin_),
            unary("acos_", Tensor::acos_),
            unary("atan_", Tensor::atan_),
            unary("sinh_", Tensor::sinh_),
            unary("cosh_", Tensor::cosh_),
            unary("tanh_", Tensor::tanh_),
            unary("asinh_", Tensor::asinh_),
            unary("acosh_", Tensor::acosh_),
            unary("atanh_", Tensor::atanh_),
            unary("sigmoid_", Tensor::sigmoid_),
            unary("erf_", Tensor::erf_),
            unary("relu_", Tensor::relu_),
            unary("bitwise_not_", Tensor::bitwiseNot_),
            unary("sgn_", Tensor::sgn_),
            unary("frac_", Tensor::frac_),
            unary("sinc_", Tensor::sinc_),
            unary("deg2rad_", Tensor::deg2rad_),
            unary("rad2deg_", Tensor::rad2deg_),
            unary("nan_to_num_", Tensor::nanToNum_),
            entry(
                    "logit_(input, eps=None)",
                    "x.logit_(eps)",
                    a -> a.has("eps")
                            ? a.tensor("input").logit_(a.real("eps"))
                            : a.tensor("input").logit_()),
            unary("logical_not_", Tensor::logicalNot_),
            unary("conj_physical_", Tensor::conjPhysical_),
            unary("zero_", Tensor::zero_),
            entry(
                    "add_(input, other, *, alpha=1)",
                    "x.add_(other, alpha)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").add_(a.tensor("other"), a.scalar("alpha"))
                            : a.tensor("input").add_(a.scalar("other").times(a.scalar("alpha")))),
            entry(
                    "sub_(input, other, *, alpha=1)",
                    "x.sub_(other, alpha)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").sub_(a.tensor("other"), a.scalar("alpha"))
                            : a.tensor("input").sub_(a.scalar("other").times(a.scalar("alpha")))),
            entry("div_(input, other, *, rounding_mode=None)", "x.div_(other)", InPlaceCatalog::div),
            binary("mul_", Tensor::mul_, Tensor::mul_),
            binary("pow_", Tensor::pow_, Tensor::pow_),
            binary("floor_divide_", Tensor::floorDivide_, Tensor::floorDivide_),
            binary("remainder_", Tensor::remainder_, Tensor::remainder_),
            binary("fmod_", Tensor::fmod_, Tensor::fmod_),
            binary("bitwise_and_", Tensor::bitwiseAnd_, Tensor::bitwiseAnd_),
            binary("bitwise_or_", Tensor::bitwiseOr_, Tensor::bitwiseOr_),
            binary("bitwise_xor_", Tensor::bitwiseXor_, Tensor::bitwiseXor_),
            binary("atan2_", Tensor::atan2_),
            binary("hypot_", Tensor::hypot_),
            binary("nextafter_", Tensor::nextafter_),
            binary("heaviside_", Tensor::heaviside_),
            entry(
                    "copysign_(input, other)",
                    "x.copysign_(other)",
                    a -> a.isTensor("other")
                            ? a.tensor("input").copysign_(a.tensor("other"))
                            : a.tensor("input").copysign_(a.real("other"))),
            binary("ldexp_", Tensor::ldexp_),
            binary("xlogy_", Tensor::xlogy_),
            binary("gcd_", Tensor::gcd_),
            binary("lcm_", Tensor::lcm_),
            binary("float_power_", Tensor::floatPower_, Tensor::floatPower_),
            binary("logical_and_", Tensor::logicalAnd_),
            binary("logical_or_", Tensor::logicalOr_),
            binary("logical_xor_", Tensor::logicalXor_),
            binary("eq_", Tensor::eq_, Tensor::eq_),
            binary("ne_", Tensor::ne_, Tensor::ne_),
            binary("lt_", Tensor::lt_, Tensor::lt_),
            binary("le_", Tensor::le_, Tensor::le_),
            binary("gt_", Tensor::gt_, Tensor::gt_),
            binary("ge_", Tensor::ge_, Tensor::ge_),
            binary("bitwise_left_shift_", Tensor::bitwiseLeftShift_),
            binary("bitwise_right_shift_", Tensor::bitwiseRightShift_),
            entry("copy_(input, src)", "x.copy_(source)", a -> a.tensor("input").copy_(a.tensor("src"))),
            entry(
                    "fill_(input, value)",
                    "x.fill_(value)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").fill_(a.tensor("value"))
                            : a.tensor("input").fill_(a.scalar("value"))),
            entry(
                    "clamp_(input, min=None, max=None)",
                    "x.clamp_(min, max)",
                    a -> a.isTensor("min") || a.isTensor("max")
                            ? a.tensor("input").clamp_(a.optionalTensor("min"), a.optionalTensor("max"))
                            : a.tensor("input").clamp_(a.optionalScalar("min"), a.optionalScalar("max"))),
            entry(
                    "clamp_min_(input, min)",
                    "x.clampMin_(min)",
                    a -> a.isTensor("min")
                            ? a.tensor("input").clampMin_(a.tensor("min"))
                            : a.tensor("input").clampMin_(a.scalar("min"))),
            entry(
                    "clamp_max_(input, max)",
                    "x.clampMax_(max)",
                    a -> a.isTensor("max")
                            ? a.tensor("input").clampMax_(a.tensor("max"))
                            : a.tensor("input").clampMax_(a.scalar("max"))),
            entry(
                    "lerp_(input, end, weight)",
                    "x.lerp_(end, weight)",
                    a -> a.isTensor("weight")
                            ? a.tensor("input").lerp_(a.tensor("end"), a.tensor("weight"))
                            : a.tensor("input").lerp_(a.tensor("end"), a.scalar("weight"))),
            entry(
                    "addcmul_(input, tensor1, tensor2, *, value=1)",
                    "x.addcmul_(first, second, value)",
                    a -> a.tensor("input").addcmul_(a.tensor("tensor1"), a.tensor("tensor2"), a.scalar("value"))),
            entry(
                    "addcdiv_(input, tensor1, tensor2, *, value=1)",
                    "x.addcdiv_(first, second, value)",
                    a -> a.tensor("input").addcdiv_(a.tensor("tensor1"), a.tensor("tensor2"), a.scalar("value"))),
            MatrixCatalog.added("addmm_", "mat1", "mat2", Tensor::addmm_),
            MatrixCatalog.added("addmv_", "mat", "vec", Tensor::addmv_),
            MatrixCatalog.added("addr_", "vec1", "vec2", Tensor::addr_),
            MatrixCatalog.added("baddbmm_", "batch1", "batch2", Tensor::baddbmm_),
            MatrixCatalog.added("addbmm_", "batch1", "batch2", Tensor::addbmm_),
            entry(
                    "cumsum_(input, dim)",
                    "x.cumsum_(axis)",
                    a -> a.tensor("input").cumsum_(a.axis("dim"))),
            entry(
                    "cumprod_(input, dim)",
                    "x.cumprod_(axis)",
                    a -> a.tensor("input").cumprod_(a.axis("dim"))),
            entry(
                    "tril_(input, diagonal=0)",
                    "x.tril_(offset)",
                    a -> a.tensor("input").tril_(a.integer("diagonal"))),
            entry(
                    "triu_(input, diagonal=0)",
                    "x.triu_(offset)",
                    a -> a.tensor("input").triu_(a.integer("diagonal"))),
            entry(
                    "renorm_(input, p, dim, maxnorm)",
                    "x.renorm_(p, axis, limit)",
                    a -> a.tensor("input").renorm_(a.real("p"), a.axis("dim"), a.real("maxnorm"))),
            entry(
                    "masked_fill_(input, mask, value)",
                    "x.maskedFill_(mask, value)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").maskedFill_(a.tensor("mask"), a.tensor("value"))
                            : a.tensor("input").maskedFill_(a.tensor("mask"), a.scalar("value"))),
            entry(
                    "masked_scatter_(input, mask, source)",
                    "x.maskedScatter_(mask, source)",
                    a -> a.tensor("input").maskedScatter_(a.tensor("mask"), a.tensor("source"))),
            entry(
                    "scatter_add_(input, dim, index, src)",
                    "x.scatterAdd_(axis, index, source)",
                    a -> a.tensor("input").scatterAdd_(a.axis("dim"), a.tensor("index"), a.tensor("src"))),
            entry(
                    "scatter_reduce_(input, dim, index, src, reduce, *, include_self=True)",
                    "x.scatterReduce_(axis, index, source, reduction, includeSelf)",
                    a -> a.tensor("input")
                            .scatterReduce_(
                                    a.axis("dim"),
                                    a.tensor("index"),
                                    a.tensor("src"),
                                    a.text("reduce"),
                                    a.flag("include_self"))),
            entry(
                    "index_add_(input, dim, index, source, *, alpha=1)",
                    "x.indexAdd_(axis, index, source, alpha)",
                    a -> a.tensor("input")
                            .indexAdd_(a.axis("dim"), a.tensor("index"), a.tensor("source"), a.scalar("alpha"))),
            entry(
                    "index_copy_(input, dim, index, source)",
                    "x.indexCopy_(axis, index, source)",
                    a -> a.tensor("input").indexCopy_(a.axis("dim"), a.tensor("index"), a.tensor("source"))),
            entry(
                    "index_fill_(input, dim, index, value)",
                    "x.indexFill_(axis, index, value)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").indexFill_(a.axis("dim"), a.tensor("index"), a.tensor("value"))
                            : a.tensor("input").indexFill_(a.axis("dim"), a.tensor("index"), a.scalar("value"))),
            entry(
                    "index_put_(input, indices, values, accumulate=False)",
                    "x.indexPut_(indices, values, accumulate)",
                    a -> a.tensor("input").indexPut_(a.tensors("indices"), a.tensor("values"), a.flag("accumulate"))),
            entry(
                    "index_reduce_(input, dim, index, source, reduce, *, include_self=True)",
                    "x.indexReduce_(axis, index, source, reduction, includeSelf)",
                    a -> a.tensor("input")
                            .indexReduce_(
                                    a.axis("dim"),
                                    a.tensor("index"),
                                    a.tensor("source"),
                                    a.text("reduce"),
                                    a.flag("include_self"))),
            entry(
                    "scatter_(input, dim, index, src, *, reduce=None)",
                    "x.scatter_(axis, index, source)",
                    a -> a.tensor("input").apply_(x -> IndexingCatalog.scatter(x, a))),
            entry(
                    "fill_diagonal_(input, fill_value)",
                    "x.fillDiagonal_(value)",
                    a -> a.tensor("input").fillDiagonal_(a.scalar("fill_value"))),
            entry("squeeze_(input)", "x.squeeze_()", a -> a.tensor("input").squeeze_()),
            entry(
                    "squeeze_(input, dim)",
                    "x.squeeze_(axes)",
                    a -> a.axes("dim").length == 0
                            ? a.tensor("input")
                            : a.tensor("input").squeeze_(a.axes("dim"))),
            entry(
                    "unsqueeze_(input, dim)",
                    "x.unsqueeze_(axis)",
                    a -> a.tensor("input").unsqueeze_(a.axis("dim"))),
            entry(
                    "transpose_(input, dim0, dim1)",
                    "x.transpose_(first, second)",
                    a -> a.tensor("input").transpose_(a.axis("dim0"), a.axis("dim1"))),
            entry(
                    "swapaxes_(input, axis0, axis1)",
                    "x.swapaxes_(first, second)",
                    a -> a.tensor("input").swapaxes_(a.axis("axis0"), a.axis("axis1"))),
            unary("t_", Tensor::t_),
            entry(
                    "as_strided_(input, size, stride, storage_offset=0)",
                    "x.asStrided_(shape, strides, offset)",
                    a -> a.tensor("input").asStrided_(a.shape("size"), a.sizes("stride"), a.integer("storage_offset"))),
            entry(
                    "put_(input, index, source, accumulate=False)",
                    "x.put_(index, source, accumulate)",
                    a -> a.tensor("input").put_(a.tensor("index"), a.tensor("source"), a.flag("accumulate"))));

    private InPlaceCatalog() {}

    private static Tensor div(Arguments a) {
        if (a.has("rounding_mode")) {
            Tensor x = a.tensor("input");
            Tensor other = a.isTensor("other") ? a.tensor("other") : x.newFull(Shape.SCALAR, a.scalar("other"));
            return x.div_(other, a.text("rounding_mode"));
        }
        return a.isTensor("other")
                ? a.tensor("input").div_(a.tensor("other"))
                : a.tensor("input").div_(a.scalar("other"));
    }
}
