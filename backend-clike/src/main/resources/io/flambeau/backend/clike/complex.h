/* Complex numbers, as io.flambeau.tensor.Complex defines them, in double precision where the device has it. */
#if defined(DOUBLES)
typedef double W;
#define W_EXP_HIGH 709
#define W_EXP_HIGHER 1440
#define W_TINY 1e-300
#define W_SCALE 0x1p200
#define W_SCALE_LOG (200 * LN_TWO)
#define W_HUGE 1e300
#define W_UNIT 0x1p-53
#define W_LARGE 1e150
#define W_SMALL 1e-150
#else
typedef float W;
#define W_EXP_HIGH 88
#define W_EXP_HIGHER 176
#define W_TINY 1e-30f
#define W_SCALE 0x1p40f
#define W_SCALE_LOG (40 * LN_TWO)
#define W_HUGE 1e37f
#define W_UNIT 0x1p-24f
#define W_LARGE 1e18f
#define W_SMALL 1e-18f
#endif
#define LN_TWO ((W)0.69314718055994530942)
#define LN_TEN ((W)2.30258509299404568402)
#define PI ((W)3.14159265358979323846)
#define HALF_PI ((W)1.57079632679489661923)
#define W_NAN ((W)NAN)
#define W_INFINITY ((W)INFINITY)
#define FABS(x) fabs(x)

typedef struct {
    W x, y;
} ZW;

INLINE ZW zw(W x, W y) {
    ZW z;
    z.x = x;
    z.y = y;
    return z;
}
INLINE ZW zw_of(Z z) { return zw(z.x, z.y); }
INLINE Z z_of(ZW z) { return complex_of((R)z.x, (R)z.y); }

INLINE bool w_is_infinite(W x) { return x == W_INFINITY || x == -W_INFINITY; }
INLINE bool w_is_finite(W x) { return x - x == 0; }
INLINE W w_sign(W x, W of) { return copysign(x, of); }
INLINE W w_max(W x, W y) { return x != x || x > y ? x : y; }
INLINE W w_min(W x, W y) { return x != x || x < y ? x : y; }

INLINE ZW zw_add(ZW a, ZW b) { return zw(a.x + b.x, a.y + b.y); }
INLINE ZW zw_sub(ZW a, ZW b) { return zw(a.x - b.x, a.y - b.y); }
INLINE ZW zw_mul(ZW a, ZW b) { return zw(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
INLINE ZW zw_scale(ZW a, W s) { return zw(a.x * s, a.y * s); }
INLINE ZW zw_conj(ZW a) { return zw(a.x, -a.y); }
INLINE ZW zw_neg(ZW a) { return zw(-a.x, -a.y); }
INLINE ZW zw_times_i(ZW a) { return zw(-a.y, a.x); }
INLINE ZW zw_times_minus_i(ZW a) { return zw(a.y, -a.x); }
INLINE bool zw_is_nan(ZW a) { return a.x != a.x || a.y != a.y; }
INLINE W zw_abs(ZW a) { return hypot(a.x, a.y); }
INLINE W zw_angle(ZW a) { return atan2(a.y, a.x); }

INLINE ZW zw_div(ZW a, ZW z) {
    if (FABS(z.x) >= FABS(z.y)) {
        if (z.x == 0 && z.y == 0) {
            return zw(a.x / FABS(z.x), a.y / FABS(z.x));
        }
        W ratio = z.y / z.x;
        W scale = z.x + z.y * ratio;
        return zw((a.x + a.y * ratio) / scale, (a.y - a.x * ratio) / scale);
    }
    W ratio = z.x / z.y;
    W scale = z.x * ratio + z.y;
    return zw((a.x * ratio + a.y) / scale, (a.y * ratio - a.x) / scale);
}

INLINE ZW zw_reciprocal(ZW a) { return zw_div(zw(1, 0), a); }

INLINE ZW zw_sgn(ZW a) {
    W r = zw_abs(a);
    return r == 0 ? zw(0, 0) : zw(a.x / r, a.y / r);
}

INLINE ZW zw_sqrt(ZW a) {
    if (w_is_infinite(a.y)) {
        return zw(W_INFINITY, a.y);
    }
    if (a.x != a.x) {
        return zw(a.x, W_NAN);
    }
    if (w_is_infinite(a.x)) {
        W zero = a.y != a.y ? a.y : 0;
        return a.x > 0 ? zw(a.x, a.y != a.y ? a.y : w_sign(0, a.y)) : zw(zero, w_sign(-a.x, a.y));
    }
    if (a.x == 0 && a.y == 0) {
        return zw(0, a.y);
    }
    /* Scaling by 4^k keeps hypot and the sum clear of overflow and of subnormal loss. */
    i32 k = ilogb(w_max(FABS(a.x), FABS(a.y))) / 2;
    W x = ldexp(a.x, -2 * k);
    W y = ldexp(a.y, -2 * k);
    W t = sqrt((W)0.5 * (hypot(x, y) + FABS(x)));
    W big = ldexp(t, k);
    W small = ldexp(FABS(y) / (2 * t), k);
    return a.x >= 0 ? zw(big, w_sign(small, a.y)) : zw(small, w_sign(big, a.y));
}

INLINE ZW zw_rsqrt(ZW a) { return zw_reciprocal(zw_sqrt(a)); }

INLINE ZW zw_scaled_exp(W x, W c, W s) {
    if (x > W_EXP_HIGH && x < W_EXP_HIGHER) {
        W half_of = exp(x - W_EXP_HIGH);
        W rest = exp((W)W_EXP_HIGH);
        return zw(c * rest * half_of, s * rest * half_of);
    }
    W r = exp(x);
    return zw(r * c, r * s);
}

INLINE ZW zw_exp(ZW a) {
    if (a.y == 0) {
        return zw(exp(a.x), a.y);
    }
    if (w_is_infinite(a.x) && !w_is_finite(a.y)) {
        return a.x < 0 ? zw(0, 0) : zw(a.x, W_NAN);
    }
    return zw_scaled_exp(a.x, cos(a.y), sin(a.y));
}

INLINE ZW zw_exp2(ZW a) { return zw_exp(zw_scale(a, LN_TWO)); }

INLINE ZW zw_expm1(ZW a) {
    if (a.y == 0) {
        return zw(expm1(a.x), a.y);
    }
    W s = sin(a.y / 2);
    return zw(expm1(a.x) * cos(a.y) - 2 * s * s, exp(a.x) * sin(a.y));
}

INLINE W zw_log_abs(W x, W y) {
    if (w_is_infinite(x) || w_is_infinite(y)) {
        return W_INFINITY;
    }
    W a = FABS(x) > FABS(y) || x != x ? FABS(x) : FABS(y);
    W b = FABS(x) > FABS(y) || x != x ? FABS(y) : FABS(x);
    if (x != x || y != y) {
        return W_NAN;
    }
    if (a > (W)0.5 && a < 3 && b < 3) {
        W p = (a - 1) * (a + 1);
        W p_error = fma(a - 1, a + 1, -p);
        W square = b * b;
        W square_error = fma(b, b, -square);
        W sum = p + square;
        W part = sum - p;
        W sum_error = (p - (sum - part)) + (square - part);
        return (W)0.5 * log1p(sum + (p_error + square_error + sum_error));
    }
    if (a > 0 && a < W_TINY) {
        return log(hypot(a * W_SCALE, b * W_SCALE)) - W_SCALE_LOG;
    }
    if (a > W_HUGE) {
        return log(hypot(a * (W)0.0625, b * (W)0.0625)) + 4 * LN_TWO;
    }
    return log(hypot(a, b));
}

INLINE ZW zw_log(ZW a) { return zw(zw_log_abs(a.x, a.y), zw_angle(a)); }
INLINE ZW zw_log2(ZW a) { return zw_scale(zw_log(a), 1 / LN_TWO); }
INLINE ZW zw_log10(ZW a) { return zw_scale(zw_log(a), 1 / LN_TEN); }

INLINE ZW zw_log1p(ZW a) {
    W angle = atan2(a.y, 1 + a.x);
    if (FABS(a.x) < (W)0.5 && FABS(a.y) < (W)0.5) {
        return zw((W)0.5 * log1p(fma(a.y, a.y, a.x * (2 + a.x))), angle);
    }
    return zw(zw_log_abs(1 + a.x, a.y), angle);
}

/* log(exp(a) + exp(b)) without overflow. */
INLINE W w_log_add_exp(W a, W b) {
    return a == b && w_is_infinite(a) ? a : w_max(a, b) + log1p(exp(-FABS(a - b)));
}
INLINE ZW zw_log_add_exp(ZW a, ZW b) {
    bool second = !(a.x >= b.x);
    ZW high = second ? b : a;
    ZW low = second ? a : b;
    if (a.x == b.x && w_is_infinite(a.x)) {
        return a.x < 0 ? a : zw_log(zw_add(zw_exp(a), zw_exp(b)));
    }
    return zw_add(high, zw_log1p(zw_exp(zw_sub(low, high))));
}

INLINE ZW zw_pow(ZW a, ZW w) {
    if (w.x == 0 && w.y == 0) {
        return zw(1, 0);
    }
    if (a.x == 0 && a.y == 0) {
        return w.x > 0 ? zw(0, 0) : zw(W_NAN, W_NAN);
    }
    if (w.y == 0) {
        if (w.x == 1) {
            return a;
        }
        if (w.x == 2) {
            return zw_mul(a, a);
        }
        if (w.x == (W)0.5) {
            return zw_sqrt(a);
        }
        if (w.x == -1) {
            return zw_reciprocal(a);
        }
    }
    return zw_exp(zw_mul(zw_log(a), w));
}

INLINE ZW zw_sinh(ZW a) {
    if (a.y == 0) {
        return zw(sinh(a.x), a.y);
    }
    if (w_is_infinite(a.x) && !w_is_finite(a.y)) {
        return zw(a.x, W_NAN);
    }
    W c = cos(a.y);
    W s = sin(a.y);
    if (FABS(a.x) > 22) {
        ZW e = zw_scaled_exp(FABS(a.x) - LN_TWO, c, s);
        return zw(w_sign(1, a.x) * e.x, e.y);
    }
    return zw(a.x == 0 && c != c ? a.x : sinh(a.x) * c, cosh(a.x) * s);
}

INLINE ZW zw_cosh(ZW a) {
    if (a.y == 0) {
        return zw(cosh(a.x), a.x == 0 ? a.x * a.y : w_sign(1, a.x) * a.y);
    }
    if (w_is_infinite(a.x) && !w_is_finite(a.y)) {
        return zw(W_INFINITY, W_NAN);
    }
    W c = cos(a.y);
    W s = sin(a.y);
    if (FABS(a.x) > 22) {
        ZW e = zw_scaled_exp(FABS(a.x) - LN_TWO, c, s);
        return zw(e.x, w_sign(1, a.x) * e.y);
    }
    return zw(cosh(a.x) * c, a.x == 0 && s != s ? a.x : sinh(a.x) * s);
}

INLINE ZW zw_tanh(ZW a) {
    if (w_is_infinite(a.x)) {
        W zero = w_is_finite(a.y) ? w_sign(0, sin(2 * a.y)) : 0;
        return zw(w_sign(1, a.x), a.y == 0 ? a.y : zero);
    }
    if (a.y == 0) {
        return zw(tanh(a.x), a.y);
    }
    if (FABS(a.x) > 22) {
        return zw(w_sign(1, a.x), 4 * sin(a.y) * cos(a.y) * exp(-2 * FABS(a.x)));
    }
    W t = tan(a.y);
    W beta = 1 + t * t;
    W s = sinh(a.x);
    W rho = sqrt(1 + s * s);
    if (w_is_infinite(t)) {
        return zw(rho / s, 1 / t);
    }
    W denominator = 1 + beta * s * s;
    return zw(beta * rho * s / denominator, t / denominator);
}

INLINE ZW zw_sin(ZW a) { return zw_times_minus_i(zw_sinh(zw_times_i(a))); }
INLINE ZW zw_cos(ZW a) { return zw_cosh(zw_times_i(a)); }
INLINE ZW zw_tan(ZW a) { return zw_times_minus_i(zw_tanh(zw_times_i(a))); }

INLINE bool zw_is_large(ZW a) { return FABS(a.x) > W_LARGE || FABS(a.y) > W_LARGE; }

INLINE ZW zw_asin(ZW a) {
    if (zw_is_large(a)) {
        W l = zw_log_abs(a.x, a.y) + LN_TWO;
        return zw(w_sign(atan2(FABS(a.x), FABS(a.y)), a.x), w_sign(l, a.y));
    }
    ZW l = zw_sqrt(zw(1 - a.x, -a.y));
    ZW r = zw_sqrt(zw(1 + a.x, a.y));
    return zw(atan2(a.x, l.x * r.x - l.y * r.y), asinh(l.x * r.y - l.y * r.x));
}

INLINE ZW zw_acos(ZW a) {
    if (zw_is_large(a)) {
        W l = zw_log_abs(a.x, a.y) + LN_TWO;
        return zw(atan2(FABS(a.y), a.x), w_sign(l, -a.y));
    }
    ZW l = zw_sqrt(zw(1 - a.x, -a.y));
    ZW r = zw_sqrt(zw(1 + a.x, a.y));
    return zw(2 * atan2(l.x, r.x), asinh(r.x * l.y - r.y * l.x));
}

INLINE ZW zw_acosh(ZW z) {
    ZW a = zw_acos(z);
    if (a.y != a.y && a.x == a.x) {
        return zw(a.y, a.x);
    }
    return a.y <= 0 && !(a.y == 0 && w_sign(1, a.y) > 0) ? zw(-a.y, a.x) : zw(a.y, -a.x);
}

INLINE ZW zw_atanh(ZW a) {
    W x = FABS(a.x);
    W y = FABS(a.y);
    if (zw_is_nan(a)) {
        W real = a.x == 0 || w_is_infinite(x) ? w_sign(0, a.x) : W_NAN;
        return zw(real, w_is_infinite(y) ? w_sign(HALF_PI, a.y) : W_NAN);
    }
    W u;
    W v;
    if (x > W_LARGE || y > W_LARGE) {
        if (w_is_infinite(x) || w_is_infinite(y)) {
            u = 0;
        } else {
            u = x >= y ? 1 / (x + y * (y / x)) : x / y / (x * (x / y) + y);
        }
        v = HALF_PI;
    } else if (x == 1 && y == 0) {
        return zw(w_sign(W_INFINITY, a.x), a.y);
    } else {
        W gap = (1 - x) * (1 - x) + y * y;
        u = x == 1 && y < W_SMALL ? log(sqrt(sqrt(4 + y * y)) / sqrt(y)) : (W)0.25 * log1p(4 * x / gap);
        v = (W)0.5 * atan2(2 * y, (1 - x) * (1 + x) - y * y);
    }
    return zw(w_sign(u, a.x), w_sign(v, a.y));
}

INLINE ZW zw_asinh(ZW a) { return zw_times_minus_i(zw_asin(zw_times_i(a))); }
INLINE ZW zw_atan(ZW a) { return zw_times_minus_i(zw_atanh(zw_times_i(a))); }
INLINE ZW zw_sigmoid(ZW a) { return zw_reciprocal(zw_add(zw(1, 0), zw_exp(zw_neg(a)))); }
