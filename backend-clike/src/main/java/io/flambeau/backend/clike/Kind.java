package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;

/**
 * What kernels are compiled for: the dtypes that are computed in the same type. Which of its dtypes an operand has is
 * told at run time, by the dtype's ordinal.
 */
enum Kind {
    /** BOOL and integers, computed in 64 bits. */
    INTEGER,
    /** F16 and BF16, computed in F32. */
    HALF,
    SINGLE,
    DOUBLE,
    COMPLEX64,
    COMPLEX128,
    /** Elements that are only moved, by their size. */
    RAW;

    static Kind of(DType dtype) {
        return switch (dtype) {
            case BOOL, U8, I8, I16, I32, I64 -> INTEGER;
            case F16, BF16 -> HALF;
            case F32 -> SINGLE;
            case F64 -> DOUBLE;
            case C64 -> COMPLEX64;
            case C128 -> COMPLEX128;
        };
    }
}
