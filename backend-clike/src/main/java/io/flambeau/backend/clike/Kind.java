package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;

/**
 * What kernels are compiled for: the dtypes that are computed in the same type. Which of its dtypes an operand has is
 * told at run time, by the dtype's ordinal.
 */
enum Kind {
    /** BOOL and integers, computed in 64 bits. */
    INTEGER(8),
    /** F16 and BF16, computed in F32. */
    HALF(4),
    SINGLE(4),
    DOUBLE(8),
    COMPLEX64(8),
    COMPLEX128(16),
    /** Elements that are only moved, by their size. */
    RAW(16);

    /** Bytes of the computing type. */
    final int bytes;

    Kind(int bytes) {
        this.bytes = bytes;
    }

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
