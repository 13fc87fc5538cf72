/* out = f(x, y), elementwise: operands 0, 1 and 2 of the nest. A scalar stands for x (side 1) or y (side 2). */
#define BINARY(name, expression)                                                                                      \
    KERNEL(binary_##name,                                                                                             \
           (CONST_BYTES x, CONST_BYTES y, BYTES out, i32 side, C scalar, const Nest n, GLOBAL_PTR(i64) status,        \
            i64 ticket)) {                                                                                            \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES3(n, i)                                                                                             \
            C a = scalar;                                                                                             \
            C b = scalar;                                                                                             \
            if (side != 1) {                                                                                          \
                a = LD(x, p0, n.dtype[0]);                                                                            \
            }                                                                                                         \
            if (side != 2) {                                                                                          \
                b = LD(y, p1, n.dtype[1]);                                                                            \
            }                                                                                                         \
            ST(out, p2, n.dtype[2], expression);                                                                      \
        }                                                                                                             \
    }
#if IS_INTEGER
INLINE i64 integer_pow(i64 x, i64 y) {
    if (y < 0) {
        return x == 1 ? 1 : x == -1 ? ((y & 1) == 0 ? 1 : -1) : 0;
    }
    i64 power = 1;
    for (; y > 0; y >>= 1, x *= x) {
        if ((y & 1) != 0) {
            power *= x;
        }
    }
    return power;
}
/* A divisor of 0 is a fault; -1 is told apart because the smallest number has no opposite. */
INLINE i64 integer_quotient(i64 x, i64 y, GLOBAL_PTR(i64) status, i64 ticket) {
    if (y == 0) {
        fault(status, ticket, 0);
        return 0;
    }
    return y == -1 ? (i64)(0 - (u64)x) : x / y;
}
INLINE i64 integer_rest(i64 x, i64 y, GLOBAL_PTR(i64) status, i64 ticket) {
    if (y == 0) {
        fault(status, ticket, 0);
        return 0;
    }
    return y == -1 ? 0 : x % y;
}
INLINE i64 integer_remainder(i64 x, i64 y, GLOBAL_PTR(i64) status, i64 ticket) {
    i64 rest = integer_rest(x, y, status, ticket);
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}
INLINE i64 integer_floor_divide(i64 x, i64 y, GLOBAL_PTR(i64) status, i64 ticket) {
    i64 q = integer_quotient(x, y, status, ticket);
    return y != 0 && y != -1 && x % y != 0 && (x < 0) != (y < 0) ? q - 1 : q;
}
BINARY(add, a + b)
BINARY(sub, a - b)
BINARY(mul, a *b)
BINARY(pow, integer_pow(a, b))
BINARY(maximum, a > b ? a : b)
BINARY(minimum, a < b ? a : b)
BINARY(remainder, integer_remainder(a, b, status, ticket))
BINARY(fmod, integer_rest(a, b, status, ticket))
BINARY(floor_divide, integer_floor_divide(a, b, status, ticket))
BINARY(trunc_divide, integer_quotient(a, b, status, ticket))
BINARY(bitwise_and, a &b)
BINARY(bitwise_or, a | b)
BINARY(bitwise_xor, a ^ b)
#elif IS_REAL
INLINE R real_pow(R x, R y) { return x == 1 || y == 0 || (x == -1 && (y == INFINITY_R || y == -INFINITY_R)) ? 1 : pow(x, y); }
INLINE R real_remainder(R x, R y) {
    R rest = fmod(x, y);
    return rest != 0 && (y < 0) != (rest < 0) ? rest + y : rest;
}
INLINE R real_floor_divide(R x, R y) {
    if (y == 0) {
        return x / y;
    }
    R rest = fmod(x, y);
    R q = (x - rest) / y;
    if (rest != 0 && (y < 0) != (rest < 0)) {
        q -= 1;
    }
    if (q == 0) {
        return copysign((R)0, x / y);
    }
    R down = floor(q);
    return q - down > (R)0.5 ? down + 1 : down;
}
/* What is divided in double precision and then rounded is truncated before that: a quotient rounded to float may have
 * passed an integer that the true one has not reached. */
INLINE R real_trunc_divide(R x, R y) {
    R q = trunc(x / y);
#if KIND != 3
    R rest = fma(-q, y, x);
    if (rest == rest && rest != 0 && (rest < 0) != (x < 0)) {
        q -= copysign((R)1, q);
    }
#endif
    return q;
}
BINARY(add, a + b)
BINARY(sub, a - b)
BINARY(mul, a *b)
BINARY(div, a / b)
BINARY(pow, real_pow(a, b))
BINARY(maximum, real_maximum(a, b))
BINARY(minimum, real_minimum(a, b))
BINARY(remainder, real_remainder(a, b))
BINARY(fmod, fmod(a, b))
BINARY(floor_divide, real_floor_divide(a, b))
BINARY(trunc_divide, real_trunc_divide(a, b))
#else
BINARY(add, complex_of(a.x + b.x, a.y + b.y))
BINARY(sub, complex_of(a.x - b.x, a.y - b.y))
BINARY(mul, z_of(zw_mul(zw_of(a), zw_of(b))))
BINARY(div, z_of(zw_div(zw_of(a), zw_of(b))))
BINARY(pow, z_of(zw_pow(zw_of(a), zw_of(b))))
#endif
