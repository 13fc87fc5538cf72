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
#define STORE_RESULT(out, p, dtype, value)                                                                            \
    if (dtype <= I64) {                                                                                               \
        store_integer(out, p, dtype, (i64)(value));                                                                   \
    } else {                                                                                                          \
        ST(out, p, dtype, value);                                                                                     \
    }
#define POINTWISE1(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, BYTES out, const Nest n)) {                                                          \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES2(n, i)                                                                                             \
            C a = LD(x, p0, n.dtype[0]);                                                                              \
            C value = (C)(expression);                                                                                \
            STORE_RESULT(out, p1, n.dtype[1], value)                                                                  \
        }                                                                                                             \
    }
#define POINTWISE2(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, CONST_BYTES y, BYTES out, const Nest n)) {                                           \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES3(n, i)                                                                                             \
            C a = LD(x, p0, n.dtype[0]);                                                                              \
            C b = LD(y, p1, n.dtype[1]);                                                                              \
            C value = (C)(expression);                                                                                \
            STORE_RESULT(out, p2, n.dtype[2], value)                                                                  \
        }                                                                                                             \
    }
#define POINTWISE3(name, expression)                                                                                  \
    KERNEL(name, (CONST_BYTES x, CONST_BYTES y, CONST_BYTES z, BYTES out, const Nest n)) {                            \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES4(n, i)                                                                                             \
            C a = LD(x, p0, n.dtype[0]);                                                                              \
            C b = LD(y, p1, n.dtype[1]);                                                                              \
            C c = LD(z, p2, n.dtype[2]);                                                                              \
            C value = (C)(expression);                                                                                \
            STORE_RESULT(out, p3, n.dtype[3], value)                                                                  \
        }                                                                                                             \
    }
