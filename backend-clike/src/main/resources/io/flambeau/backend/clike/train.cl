/* Dropout, GELU, the steps of optimizers, and max pooling. */

/* Elements stay where the low 24 of their random bits are not below the threshold; see random_bits for the counter. */
KERNEL(dropout, (CONST_BYTES x, BYTES out, R scale, i64 threshold, CONST_BYTES counter, i64 place, i64 start, i64 seed,
                 const Nest n)) {
    i64 offset = start;
    if (place >= 0) {
        offset += ((GLOBAL_PTR(const i64))counter)[place];
    }
    FOR_EACH(block, (n.count + 3) / 4) {
        U4 bits = philox((u64)(offset + block), (u64)seed);
        for (i32 j = 0; j < 4; j++) {
            i64 i = 4 * block + j;
            u32 word = j == 0 ? bits.a : j == 1 ? bits.b : j == 2 ? bits.c : bits.d;
            if (i < n.count) {
                PLACES2(n, i)
                R value = LD(x, p0, n.dtype[0]) * scale;
                ST(out, p1, n.dtype[1], (i64)(word & 0xFFFFFFu) >= threshold ? value : 0);
            }
        }
    }
}

/* Half of 1 + erf(x / sqrt(2)), or its approximation by a hyperbolic tangent. */
INLINE R gelu_share(R x, i32 approximate) {
    R inner;
    if (approximate) {
        inner = real_tanh((x * x * (R)0.044715 + 1) * x * (R)0.7978845608028654);
    } else {
        inner = erf(x * (R)0.7071067811865476);
    }
    return (inner + 1) * (R)0.5;
}

KERNEL(gelu, (CONST_BYTES x, BYTES out, i32 approximate, const Nest n)) {
    FOR_EACH(i, n.count) {
        PLACES2(n, i)
        R a = LD(x, p0, n.dtype[0]);
        ST(out, p1, n.dtype[1], a * gelu_share(a, approximate));
    }
}

KERNEL(gelu_backward, (CONST_BYTES g, CONST_BYTES x, BYTES out, i32 approximate, const Nest n)) {
    FOR_EACH(i, n.count) {
        PLACES3(n, i)
        R a = LD(x, p1, n.dtype[1]);
        R density;
        if (approximate) {
            R t = real_tanh((a * a * (R)0.044715 + 1) * a * (R)0.7978845608028654);
            density = (1 - t * t) * (a * a * (R)0.134145 + 1) * (R)0.3989422804014327;
        } else {
            density = exp(a * a * (R)-0.5) * (R)0.3989422804014327;
        }
        ST(out, p2, n.dtype[2], LD(g, p0, n.dtype[0]) * (gelu_share(a, approximate) + a * density));
    }
}

/* A nest of eight operands: parameter, gradient and states before, then parameter and states after. */
typedef struct {
    i64 count;
    i64 offset[8];
    i64 size[AXES];
    i64 stride[8][AXES];
    i32 dtype[8];
    i32 rank;
    i32 unused;
} WideNest;

#define EACH8(n, r, d)                                                                                                \
    EACH4(n, r, d)                                                                                                    \
    p4 += (r) * (n).stride[4][d];                                                                                     \
    p5 += (r) * (n).stride[5][d];                                                                                     \
    p6 += (r) * (n).stride[6][d];
#define PLACES7(n, i)                                                                                                 \
    i64 p4 = (n).offset[4], p5 = (n).offset[5], p6 = (n).offset[6];                                                   \
    PLACES(n, i, EACH8)

#define MAXIMIZE 1
#define DECAY 2
#define DECOUPLED 4
#define MOMENTUM 4
#define FIRST 8
#define NESTEROV 16
#define COEFFICIENT(i) LD(c, c_at + (i) * c_step, dtype)

/* See AdamStep for the coefficients. */
KERNEL(adam, (CONST_BYTES c, i64 c_at, i64 c_step, CONST_BYTES p, CONST_BYTES g, CONST_BYTES m, CONST_BYTES v,
              BYTES p_out, BYTES m_out, BYTES v_out, i32 flags, i32 dtype, const WideNest n)) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2), c3 = COEFFICIENT(3), c4 = COEFFICIENT(4),
      c5 = COEFFICIENT(5), c6 = COEFFICIENT(6);
    FOR_EACH(i, n.count) {
        PLACES7(n, i)
        R parameter = LD(p, p0, dtype);
        R slope = LD(g, p1, dtype);
        slope = (flags & MAXIMIZE) ? -slope : slope;
        if ((flags & DECAY) && (flags & DECOUPLED)) {
            parameter *= c0;
        } else if (flags & DECAY) {
            slope += parameter * c0;
        }
        R first = LD(m, p2, dtype);
        first += (slope - first) * c1;
        R second = LD(v, p3, dtype) * c2 + slope * slope * c3;
        ST(p_out, p4, dtype, parameter + first / (sqrt(second) / c4 + c5) * c6);
        ST(m_out, p5, dtype, first);
        ST(v_out, p6, dtype, second);
    }
}

/* See SgdStep for the coefficients; without momentum, m and m_out are p and p_out and are not touched. */
KERNEL(sgd, (CONST_BYTES c, i64 c_at, i64 c_step, CONST_BYTES p, CONST_BYTES g, CONST_BYTES m, BYTES p_out,
             BYTES m_out, i32 flags, i32 dtype, const WideNest n)) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2), c3 = COEFFICIENT(3);
    FOR_EACH(i, n.count) {
        PLACES7(n, i)
        R parameter = LD(p, p0, dtype);
        R slope = LD(g, p1, dtype);
        slope = (flags & MAXIMIZE) ? -slope : slope;
        if (flags & DECAY) {
            slope += parameter * c1;
        }
        R direction = slope;
        if (flags & MOMENTUM) {
            R velocity = slope;
            if (!(flags & FIRST)) {
                velocity = LD(m, p2, dtype) * c2 + slope * c3;
            }
            direction = (flags & NESTEROV) ? slope + velocity * c2 : velocity;
            ST(m_out, p4, dtype, velocity);
        }
        ST(p_out, p3, dtype, parameter + direction * c0);
    }
}

typedef struct {
    i64 planes;
    i64 size[2], windows[2], filter[2], stride[2], padding[2], dilation[2];
} Pooling;

/* The greatest element of each window of contiguous planes, and its place in its plane; the first NaN wins. */
KERNEL(max_pool, (CONST_BYTES x, i64 x_at, BYTES out, i64 out_at, BYTES places, i64 places_at, i32 dtype,
                  const Pooling p)) {
    FOR_EACH(o, p.planes * p.windows[0] * p.windows[1]) {
        i64 column = o % p.windows[1];
        i64 row = o / p.windows[1] % p.windows[0];
        i64 plane = x_at + o / p.windows[1] / p.windows[0] * p.size[0] * p.size[1];
        R best = 0;
        i64 at = -1;
        for (i64 i = 0; i < p.filter[0]; i++) {
            i64 y = row * p.stride[0] - p.padding[0] + i * p.dilation[0];
            for (i64 j = 0; j < p.filter[1]; j++) {
                i64 z = column * p.stride[1] - p.padding[1] + j * p.dilation[1];
                if (y >= 0 && y < p.size[0] && z >= 0 && z < p.size[1]) {
                    R a = LD(x, plane + y * p.size[1] + z, dtype);
                    if (at < 0 || a > best || (a != a && best == best)) {
                        best = a;
                        at = y * p.size[1] + z;
                    }
                }
            }
        }
        ST(out, out_at + o, dtype, best);
        ((GLOBAL_PTR(i64))places)[places_at + o] = at;
    }
}
