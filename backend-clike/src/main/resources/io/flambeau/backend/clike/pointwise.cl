/* out = f(a, b, c), elementwise, of inputs of equal dtype: the last operand of the nest is out. POINTWISE1 … are followed by
 * a line for each function, with its expression. */
#if IS_INTEGER
INLINE i64 GCD(i64 a, i64 b) {
    a = a < 0 ? (i64)(0 - (u64)a) : a;
    b = b < 0 ? (i64)(0 - (u64)b) : b;
    while (a != 0) {
        i64 r = a == -1 ? 0 : b % a;
        b = a;
        a = r;
    }
    return b;
}
#endif
/* Complex numbers are computed as wide as the device can. */
#if IS_COMPLEX
#define V ZW
#define WIDENED(a) zw_of(a)
#define NARROWED(a) z_of(a)
#define REAL_PART(a) (a).x
#define CONVERTED(a) (a)
#else
#define V C
#define WIDENED(a) (a)
#define NARROWED(a) (a)
#define REAL_PART(a) (a)
#define CONVERTED(a) (C)(a)
#endif
#define STORE_RESULT(out, p, dtype, value)                                                                            \
    if (dtype <= I64) {                                                                                               \
        store_integer(out, p, dtype, (i64)REAL_PART(value));                                                          \
    } else if (IS_COMPLEX && dtype < C64) {                                                                           \
        ((GLOBAL_PTR(R))(out))[p] = (R)REAL_PART(value);                                                              \
    } else {                                                                                                          \
        ST(out, p, dtype, NARROWED(value));                                                                           \
    }
#define POINTWISE1(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, BYTES out, const Nest n)) {                                                          \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES2(n, i)                                                                                             \
            V a = WIDENED(LD(x, p0, n.dtype[0]));                                                                        \
            V value = CONVERTED(expression);                                                                          \
            STORE_RESULT(out, p1, n.dtype[1], value)                                                                  \
        }                                                                                                             \
    }
#define POINTWISE2(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, CONST_BYTES y, BYTES out, const Nest n)) {                                           \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES3(n, i)                                                                                             \
            V a = WIDENED(LD(x, p0, n.dtype[0]));                                                                        \
            V b = WIDENED(LD(y, p1, n.dtype[1]));                                                                        \
            V value = CONVERTED(expression);                                                                          \
            STORE_RESULT(out, p2, n.dtype[2], value)                                                                  \
        }                                                                                                             \
    }
#define POINTWISE3(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, CONST_BYTES y, CONST_BYTES z, BYTES out, const Nest n)) {                            \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES4(n, i)                                                                                             \
            V a = WIDENED(LD(x, p0, n.dtype[0]));                                                                        \
            V b = WIDENED(LD(y, p1, n.dtype[1]));                                                                        \
            V c = WIDENED(LD(z, p2, n.dtype[2]));                                                                        \
            V value = CONVERTED(expression);                                                                          \
            STORE_RESULT(out, p3, n.dtype[3], value)                                                                  \
        }                                                                                                             \
    }
