package io.flambeau.tensor;

import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Overwriting;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.Unary;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a tensor that overwrite it, with PyTorch's trailing underscore; each returns the tensor.
 *
 * <p>The shape never changes, the dtype neither: a result of a higher category is refused. Under gradients the history
 * is rewritten; a leaf that requires grad may be written only inside {@link Tensors#noGrad}.
 */
public sealed interface InPlace permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    /**
     * Writes what a function of this tensor gives over it: {@code x.apply_(Special::digamma)}.
     *
     * @param function gives a tensor of this one's shape and of a dtype that it accepts
     */
    default Tensor apply_(UnaryOperator<Tensor> function) {
        return Overwriting.by("apply_", self(), function);
    }

    private Tensor with(Binary op, Tensor other) {
        Tensor x = self();
        DType dtype = op == Binary.DIV ? Promote.floating(Promote.dtype(x, other)) : Promote.dtype(x, other);
        if (!other.shape().equals(x.shape())
                && !Shape.broadcast(op.title() + "_", x.shape(), other.shape()).equals(x.shape())) {
            throw new ShapeException(
                    op.title() + "_",
                    "shape " + other.shape() + " would enlarge " + x.shape() + ", which an in-place operation cannot",
                    Fault.NO_BROADCAST);
        }
        Tensor y = other.rank() == 0 ? other.to(x.device()) : other;
        return Dispatch.into(x, op, x.to(dtype), y.to(dtype).expand(x.shape()));
    }

    private Tensor with(Binary op, Scalar other) {
        Tensor x = self();
        DType dtype = op == Binary.DIV ? Promote.floating(Promote.dtype(x, other)) : Promote.dtype(x, other);
        return Dispatch.into(x, new ScalarBinary(op, other, false), x.to(dtype));
    }

    private Tensor with(Unary op) {
        return Dispatch.into(self(), op, self());
    }

    private Tensor write(String operation, UnaryOperator<Tensor> form, @Nullable Tensor... others) {
        return Overwriting.by(operation, self(), form, others);
    }

    /** Writes the result of any operation on this tensor (and others) over it. */
    default Tensor apply_(Op op, Tensor... in) {
        return Dispatch.into(self(), op, in);
    }

    /** Copies the values of another tensor, broadcast and converted. */
    default Tensor copy_(Tensor source) {
        return Dispatch.assign(self(), source);
    }

    default Tensor fill_(Scalar value) {
        Tensor x = self();
        return Dispatch.into(x, new Fill(x.spec(), value));
    }

    /** Writes the value of a tensor without axes everywhere. */
    default Tensor fill_(Tensor value) {
        if (value.rank() != 0) {
            throw new ShapeException(
                    "fill_", "the value must have no axes, its shape is " + value.shape(), Fault.SHAPE_MISMATCH);
        }
        return Dispatch.assign(self(), value);
    }

    default Tensor fill_(double value) {
        return fill_(Scalar.of(value));
    }

    default Tensor zero_() {
        return fill_(Scalar.ZERO);
    }

    default Tensor abs_() {
        return with(Unary.ABS);
    }

    default Tensor neg_() {
        return with(Unary.NEG);
    }

    default Tensor sign_() {
        return with(Unary.SIGN);
    }

    default Tensor ceil_() {
        return with(Unary.CEIL);
    }

    default Tensor floor_() {
        return with(Unary.FLOOR);
    }

    default Tensor round_() {
        return with(Unary.ROUND);
    }

    default Tensor trunc_() {
        return with(Unary.TRUNC);
    }

    default Tensor square_() {
        return with(Unary.SQUARE);
    }

    default Tensor sqrt_() {
        return with(Unary.SQRT);
    }

    default Tensor rsqrt_() {
        return with(Unary.RSQRT);
    }

    default Tensor reciprocal_() {
        return with(Unary.RECIPROCAL);
    }

    default Tensor exp_() {
        return with(Unary.EXP);
    }

    default Tensor exp2_() {
        return with(Unary.EXP2);
    }

    default Tensor expm1_() {
        return with(Unary.EXPM1);
    }

    default Tensor log_() {
        return with(Unary.LOG);
    }

    default Tensor log2_() {
        return with(Unary.LOG2);
    }

    default Tensor log10_() {
        return with(Unary.LOG10);
    }

    default Tensor log1p_() {
        return with(Unary.LOG1P);
    }

    default Tensor sin_() {
        return with(Unary.SIN);
    }

    default Tensor cos_() {
        return with(Unary.COS);
    }

    default Tensor tan_() {
        return with(Unary.TAN);
    }

    default Tensor asin_() {
        return with(Unary.ASIN);
    }

    default Tensor acos_() {
        return with(Unary.ACOS);
    }

    default Tensor atan_() {
        return with(Unary.ATAN);
    }

    default Tensor sinh_() {
        return with(Unary.SINH);
    }

    default Tensor cosh_() {
        return with(Unary.COSH);
    }

    default Tensor tanh_() {
        return with(Unary.TANH);
    }

    default Tensor asinh_() {
        return with(Unary.ASINH);
    }

    default Tensor acosh_() {
        return with(Unary.ACOSH);
    }

    default Tensor atanh_() {
        return with(Unary.ATANH);
    }

    default Tensor sigmoid_() {
        return with(Unary.SIGMOID);
    }

    default Tensor erf_() {
        return with(Unary.ERF);
    }

    default Tensor relu_() {
        return with(Unary.RELU);
    }

    default Tensor bitwiseNot_() {
        return with(Unary.BITWISE_NOT);
    }

    default Tensor sgn_() {
        return write("sgn_", Tensor::sgn);
    }

    default Tensor frac_() {
        return write("frac_", Tensor::frac);
    }

    default Tensor sinc_() {
        return write("sinc_", Tensor::sinc);
    }

    default Tensor deg2rad_() {
        return write("deg2rad_", Tensor::deg2rad);
    }

    default Tensor rad2deg_() {
        return write("rad2deg_", Tensor::rad2deg);
    }

    default Tensor nanToNum_() {
        return write("nanToNum_", Tensor::nanToNum);
    }

    /** As {@link Functions#nanToNum(double, Double, Double)}, over this tensor. */
    default Tensor nanToNum_(double nan, @Nullable Double positive, @Nullable Double negative) {
        return write("nanToNum_", x -> x.nanToNum(nan, positive, negative));
    }

    default Tensor logit_() {
        return write("logit_", Tensor::logit);
    }

    default Tensor logicalNot_() {
        return write("logicalNot_", Tensor::logicalNot);
    }

    default Tensor round_(int decimals) {
        return write("round_", x -> x.round(decimals));
    }

    default Tensor logit_(double eps) {
        return write("logit_", x -> x.logit(eps));
    }

    default Tensor conjPhysical_() {
        return self().dtype().isComplex() ? with(Unary.CONJ) : self();
    }

    default Tensor add_(Tensor other) {
        return with(Binary.ADD, other);
    }

    default Tensor add_(Tensor other, Scalar alpha) {
        return with(Binary.ADD, Promote.times(other, alpha, self().dtype()));
    }

    default Tensor add_(Scalar other) {
        return with(Binary.ADD, other);
    }

    default Tensor add_(double other) {
        return add_(Scalar.of(other));
    }

    default Tensor add_(long other) {
        return add_(Scalar.of(other));
    }

    default Tensor sub_(Tensor other) {
        return with(Binary.SUB, other);
    }

    default Tensor sub_(Tensor other, Scalar alpha) {
        return with(Binary.SUB, Promote.times(other, alpha, self().dtype()));
    }

    default Tensor sub_(Scalar other) {
        return with(Binary.SUB, other);
    }

    default Tensor sub_(double other) {
        return sub_(Scalar.of(other));
    }

    default Tensor sub_(long other) {
        return sub_(Scalar.of(other));
    }

    default Tensor mul_(Tensor other) {
        return with(Binary.MUL, other);
    }

    default Tensor mul_(Scalar other) {
        return with(Binary.MUL, other);
    }

    default Tensor mul_(double other) {
        return mul_(Scalar.of(other));
    }

    default Tensor mul_(long other) {
        return mul_(Scalar.of(other));
    }

    default Tensor div_(Tensor other) {
        return with(Binary.DIV, other);
    }

    default Tensor copysign_(double other) {
        return write("copysign_", x -> x.copysign(other));
    }

    /** As {@link Arithmetic#div(Tensor, String)}, over this tensor. */
    default Tensor div_(Tensor other, @Nullable String rounding) {
        return rounding == null ? div_(other) : write("div_", x -> x.div(other, rounding), other);
    }

    /** As {@link Arithmetic#div(Scalar, String)}, over this tensor. */
    default Tensor div_(Scalar other, @Nullable String rounding) {
        return rounding == null ? div_(other) : write("div_", x -> x.div(other, rounding));
    }

    default Tensor div_(Scalar other) {
        return with(Binary.DIV, other);
    }

    default Tensor div_(double other) {
        return div_(Scalar.of(other));
    }

    default Tensor pow_(Tensor other) {
        return with(Binary.POW, other);
    }

    default Tensor pow_(Scalar other) {
        return write("pow_", x -> x.pow(other));
    }

    default Tensor floorDivide_(Tensor other) {
        return with(Binary.FLOOR_DIVIDE, other);
    }

    default Tensor floorDivide_(Scalar other) {
        return with(Binary.FLOOR_DIVIDE, other);
    }

    default Tensor remainder_(Tensor other) {
        return with(Binary.REMAINDER, other);
    }

    default Tensor remainder_(Scalar other) {
        return with(Binary.REMAINDER, other);
    }

    default Tensor fmod_(Tensor other) {
        return with(Binary.FMOD, other);
    }

    default Tensor fmod_(Scalar other) {
        return with(Binary.FMOD, other);
    }

    default Tensor bitwiseAnd_(Tensor other) {
        return with(Binary.BITWISE_AND, other);
    }

    default Tensor bitwiseAnd_(Scalar other) {
        return with(Binary.BITWISE_AND, other);
    }

    default Tensor bitwiseOr_(Tensor other) {
        return with(Binary.BITWISE_OR, other);
    }

    default Tensor bitwiseOr_(Scalar other) {
        return with(Binary.BITWISE_OR, other);
    }

    default Tensor bitwiseXor_(Tensor other) {
        return with(Binary.BITWISE_XOR, other);
    }

    default Tensor bitwiseXor_(Scalar other) {
        return with(Binary.BITWISE_XOR, other);
    }

    default Tensor atan2_(Tensor other) {
        return write("atan2_", x -> x.atan2(other), other);
    }

    default Tensor hypot_(Tensor other) {
        return write("hypot_", x -> x.hypot(other), other);
    }

    default Tensor nextafter_(Tensor other) {
        return write("nextafter_", x -> x.nextafter(other), other);
    }

    default Tensor heaviside_(Tensor other) {
        return write("heaviside_", x -> x.heaviside(other), other);
    }

    default Tensor copysign_(Tensor other) {
        return write("copysign_", x -> x.copysign(other), other);
    }

    default Tensor ldexp_(Tensor other) {
        return write("ldexp_", x -> x.ldexp(other), other);
    }

    default Tensor xlogy_(Tensor other) {
        return write("xlogy_", x -> x.xlogy(other), other);
    }

    default Tensor gcd_(Tensor other) {
        return write("gcd_", x -> x.gcd(other), other);
    }

    default Tensor lcm_(Tensor other) {
        return write("lcm_", x -> x.lcm(other), other);
    }

    default Tensor floatPower_(Tensor other) {
        return write("floatPower_", x -> x.floatPower(other), other);
    }

    default Tensor floatPower_(Scalar other) {
        return write("floatPower_", x -> x.floatPower(other));
    }

    default Tensor logicalAnd_(Tensor other) {
        return write("logicalAnd_", x -> x.logicalAnd(other), other);
    }

    default Tensor logicalOr_(Tensor other) {
        return write("logicalOr_", x -> x.logicalOr(other), other);
    }

    default Tensor logicalXor_(Tensor other) {
        return write("logicalXor_", x -> x.logicalXor(other), other);
    }

    default Tensor eq_(Tensor other) {
        return write("eq_", x -> x.eq(other), other);
    }

    default Tensor eq_(Scalar other) {
        return write("eq_", x -> x.eq(other));
    }

    default Tensor ne_(Tensor other) {
        return write("ne_", x -> x.ne(other), other);
    }

    default Tensor ne_(Scalar other) {
        return write("ne_", x -> x.ne(other));
    }

    default Tensor lt_(Tensor other) {
        return write("lt_", x -> x.lt(other), other);
    }

    default Tensor lt_(Scalar other) {
        return write("lt_", x -> x.lt(other));
    }

    default Tensor le_(Tensor other) {
        return write("le_", x -> x.le(other), other);
    }

    default Tensor le_(Scalar other) {
        return write("le_", x -> x.le(other));
    }

    default Tensor gt_(Tensor other) {
        return write("gt_", x -> x.gt(other), other);
    }

    default Tensor gt_(Scalar other) {
        return write("gt_", x -> x.gt(other));
    }

    default Tensor ge_(Tensor other) {
        return write("ge_", x -> x.ge(other), other);
    }

    default Tensor ge_(Scalar other) {
        return write("ge_", x -> x.ge(other));
    }

    default Tensor bitwiseLeftShift_(Tensor other) {
        return write("bitwiseLeftShift_", x -> x.bitwiseLeftShift(other), other);
    }

    default Tensor bitwiseRightShift_(Tensor other) {
        return write("bitwiseRightShift_", x -> x.bitwiseRightShift(other), other);
    }

    default Tensor clamp_(@Nullable Scalar min, @Nullable Scalar max) {
        return write("clamp_", x -> x.clamp(min, max));
    }

    default Tensor clamp_(double min, double max) {
        return clamp_(Scalar.of(min), Scalar.of(max));
    }

    default Tensor clamp_(@Nullable Tensor min, @Nullable Tensor max) {
        return write("clamp_", x -> x.clamp(min, max), min, max);
    }

    default Tensor clampMin_(Scalar bound) {
        return write("clampMin_", x -> x.clampMin(bound));
    }

    default Tensor clampMin_(Tensor bound) {
        return write("clampMin_", x -> x.clampMin(bound), bound);
    }

    default Tensor clampMax_(Scalar bound) {
        return write("clampMax_", x -> x.clampMax(bound));
    }

    default Tensor clampMax_(Tensor bound) {
        return write("clampMax_", x -> x.clampMax(bound), bound);
    }

    default Tensor lerp_(Tensor end, Scalar weight) {
        return write("lerp_", x -> x.lerp(end, weight), end);
    }

    default Tensor lerp_(Tensor end, Tensor weight) {
        return write("lerp_", x -> x.lerp(end, weight), end, weight);
    }

    default Tensor addcmul_(Tensor first, Tensor second, Scalar value) {
        return write("addcmul_", x -> x.addcmul(first, second, value), first, second);
    }

    default Tensor addcdiv_(Tensor first, Tensor second, Scalar value) {
        return write("addcdiv_", x -> x.addcdiv(first, second, value), first, second);
    }

    default Tensor addmm_(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        return write("addmm_", x -> x.addmm(first, second, beta, alpha), first, second);
    }

    default Tensor addmv_(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        return write("addmv_", x -> x.addmv(first, second, beta, alpha), first, second);
    }

    default Tensor addr_(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        return write("addr_", x -> x.addr(first, second, beta, alpha), first, second);
    }

    default Tensor baddbmm_(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        return write("baddbmm_", x -> x.baddbmm(first, second, beta, alpha), first, second);
    }

    default Tensor addbmm_(Tensor first, Tensor second, Scalar beta, Scalar alpha) {
        return write("addbmm_", x -> x.addbmm(first, second, beta, alpha), first, second);
    }

    default Tensor cumsum_(int axis) {
        return write("cumsum_", x -> x.cumsum(axis));
    }

    default Tensor cumprod_(int axis) {
        return write("cumprod_", x -> x.cumprod(axis));
    }

    default Tensor tril_(long offset) {
        return write("tril_", x -> x.tril(offset));
    }

    default Tensor triu_(long offset) {
        return write("triu_", x -> x.triu(offset));
    }

    default Tensor renorm_(double p, int axis, double limit) {
        return write("renorm_", x -> x.renorm(p, axis, limit));
    }
}
