/* out = x in another dtype: operands 0 and 1 of the nest; and iota. */
#if defined(DOUBLES)
typedef double F;
#else
typedef float F;
#endif

/* As Java converts: NaN to 0, what is too large to the nearest. */
INLINE i64 integer_of(R x) {
    if (x != x) {
        return 0;
    }
    return x >= (R)9223372036854775807.0f  ? (i64)0x7FFFFFFFFFFFFFFF
           : x <= (R)-9223372036854775808.0f ? (i64)0x8000000000000000
                                             : (i64)x;
}

INLINE void store_real(BYTES p, i64 i, i32 dtype, F x) {
    switch (dtype) {
    case F16:
        STORE_F16(p, i, (float)x);
        break;
    case BF16:
        store_bf16(p, i, (float)x);
        break;
    case F32:
        ((GLOBAL_PTR(float))p)[i] = (float)x;
        break;
#if defined(DOUBLES)
    case F64:
        ((GLOBAL_PTR(double))p)[i] = x;
        break;
#endif
    }
}

INLINE void store_any(BYTES p, i64 i, i32 dtype, i64 integer, F x, F y) {
    if (dtype <= I64) {
        store_integer(p, i, dtype, integer);
    } else if (dtype <= F64) {
        store_real(p, i, dtype, x);
    } else {
        store_real(p, 2 * i, dtype == C64 ? F32 : F64, x);
        store_real(p, 2 * i + 1, dtype == C64 ? F32 : F64, y);
    }
}

KERNEL(cast, (CONST_BYTES x, BYTES out, const Nest n)) {
    FOR_EACH(i, n.count) {
        PLACES2(n, i)
        C a = LD(x, p0, n.dtype[0]);
#if IS_INTEGER
        store_any(out, p1, n.dtype[1], a, (F)a, 0);
#elif IS_COMPLEX
        i64 integer = n.dtype[1] == BOOL ? a.x != 0 || a.y != 0 : integer_of(a.x);
        store_any(out, p1, n.dtype[1], integer, (F)a.x, (F)a.y);
#else
        store_any(out, p1, n.dtype[1], n.dtype[1] == BOOL ? a != 0 : integer_of(a), (F)a, 0);
#endif
    }
}

#if IS_INTEGER
KERNEL(iota, (BYTES out, i64 start, i64 step, const Nest n)) {
    FOR_EACH(i, n.count) {
        PLACES1(n, i)
        ST(out, p0, n.dtype[0], start + i * step);
    }
}
#else
KERNEL(iota, (BYTES out, F x, F dx, F y, F dy, const Nest n)) {
    FOR_EACH(i, n.count) {
        PLACES1(n, i)
        store_any(out, p0, n.dtype[0], 0, x + (F)i * dx, y + (F)i * dy);
    }
}
#endif
