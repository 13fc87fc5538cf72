package io.flambeau.tensor;

/**
 * The type of a tensor's elements.
 *
 * <p>Promotion follows PyTorch: two dtypes promote to the smallest one of the higher category that holds both
 * (<a href="https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc">type promotion</a>).
 */
public enum DType {
    BOOL("bool", 1, Category.BOOL),
    U8("uint8", 1, Category.INTEGRAL),
    I8("int8", 1, Category.INTEGRAL),
    I16("int16", 2, Category.INTEGRAL),
    I32("int32", 4, Category.INTEGRAL),
    I64("int64", 8, Category.INTEGRAL),
    F16("float16", 2, Category.FLOATING),
    BF16("bfloat16", 2, Category.FLOATING),
    F32("float32", 4, Category.FLOATING),
    F64("float64", 8, Category.FLOATING),
    C64("complex64", 8, Category.COMPLEX),
    C128("complex128", 16, Category.COMPLEX);

    /** The ladder of promotion: a value of a higher category always wins over one of a lower. */
    public enum Category {
        BOOL,
        INTEGRAL,
        FLOATING,
        COMPLEX
    }

    private final String title;
    private final int bytes;
    private final Category category;

    DType(String title, int bytes, Category category) {
        this.title = title;
        this.bytes = bytes;
        this.category = category;
    }

    /** PyTorch's name, for example {@code float32}. */
    public String title() {
        return title;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    public Category category() {
        return category;
    }

    public boolean isFloating() {
        return category == Category.FLOATING;
    }

    public boolean isComplex() {
        return category == Category.COMPLEX;
    }

    /** Whether this is a signed or unsigned integer type; {@code BOOL} is not. */
    public boolean isIntegral() {
        return category == Category.INTEGRAL;
    }

    /** Whether values of this dtype can have gradients: floating and complex ones can. */
    public boolean isDifferentiable() {
        return isFloating() || isComplex();
    }

    /** Whether this is one of the two 16-bit floating types, whose arithmetic is done in F32. */
    public boolean isHalf() {
        return this == F16 || this == BF16;
    }

    /** The dtype of the real part: F32 for C64, F64 for C128, itself otherwise. */
    public DType toReal() {
        return this == C64 ? F32 : this == C128 ? F64 : this;
    }

    /** The complex dtype whose parts hold this dtype: C128 for F64, C64 for the other floating ones. */
    public DType toComplex() {
        return isComplex() ? this : this == F64 ? C128 : C64;
    }

    /** The gap between 1 and the next larger value; 0 for types that are not floating or complex. */
    public double epsilon() {
        return switch (toReal()) {
            case F16 -> 0x1p-10;
            case BF16 -> 0x1p-7;
            case F32 -> 0x1p-23;
            case F64 -> 0x1p-52;
            default -> 0;
        };
    }

    /** The largest finite value. */
    public double max() {
        return switch (toReal()) {
            case BOOL -> 1;
            case U8 -> 255;
            case I8 -> Byte.MAX_VALUE;
            case I16 -> Short.MAX_VALUE;
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
            case F16 -> 65504;
            case BF16 -> 0x1.FEp127;
            case F32 -> Float.MAX_VALUE;
            default -> Double.MAX_VALUE;
        };
    }

    /** The smallest finite value. */
    public double min() {
        return switch (this) {
            case BOOL, U8 -> 0;
            case I8 -> Byte.MIN_VALUE;
            case I16 -> Short.MIN_VALUE;
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
            default -> -max();
        };
    }

    /** The smallest positive normal value of a floating dtype. */
    public double tiny() {
        return switch (toReal()) {
            case F16 -> 0x1p-14;
            case BF16, F32 -> 0x1p-126;
            case F64 -> Double.MIN_NORMAL;
            default -> 1;
        };
    }

    /** The dtype of an operation between two tensors of these dtypes. */
    public static DType promote(DType a, DType b) {
        if (a == b) {
            return a;
        }
        if (a.category != b.category) {
            DType high = a.category.compareTo(b.category) > 0 ? a : b;
            DType low = high == a ? b : a;
            return high == C64 && low == F64 ? C128 : high;
        }
        if (a.category == Category.INTEGRAL && (a == U8 || b == U8)) {
            DType other = a == U8 ? b : a;
            return other == I8 ? I16 : other;
        }
        if (a.isHalf() && b.isHalf()) {
            return F32;
        }
        return a.ordinal() > b.ordinal() ? a : b;
    }

    /** Whether a result of dtype {@code from} may be written into a tensor of this dtype: never to a lower category. */
    public boolean accepts(DType from) {
        return category.compareTo(from.category) >= 0;
    }

    @Override
    public String toString() {
        return title;
    }
}
