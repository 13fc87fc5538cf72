/* Dropout, GELU, pooling, and the gradient of an embedding. */

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

/* Each place gathers from the windows over it that picked it, in their order. */
KERNEL(max_pool_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES places, i64 places_at, BYTES out, i64 out_at, i32 dtype,
                           const Pooling p)) {
    i64 tall = (p.filter[0] - 1) * p.dilation[0] + 1;
    i64 wide = (p.filter[1] - 1) * p.dilation[1] + 1;
    FOR_EACH(o, p.planes * p.size[0] * p.size[1]) {
        i64 place = o % (p.size[0] * p.size[1]);
        i64 plane = o / (p.size[0] * p.size[1]) * p.windows[0] * p.windows[1];
        i64 y = place / p.size[1] + p.padding[0];
        i64 z = place % p.size[1] + p.padding[1];
        i64 row = y < tall ? 0 : (y - tall) / p.stride[0] + 1;
        R sum = 0;
        for (; row < p.windows[0] && row * p.stride[0] <= y; row++) {
            i64 column = z < wide ? 0 : (z - wide) / p.stride[1] + 1;
            for (; column < p.windows[1] && column * p.stride[1] <= z; column++) {
                i64 window = plane + row * p.windows[1] + column;
                if (((GLOBAL_PTR(const i64))places)[places_at + window] == place) {
                    sum += LD(g, g_at + window, dtype);
                }
            }
        }
        ST(out, out_at + o, dtype, sum);
    }
}

/* The elements of a window [*first, *last) along an axis, counted with the padding; it ends where the padding does. */
INLINE void window_of(Pooling p, i32 axis, i64 at, i64 *first, i64 *last) {
    *first = at * p.stride[axis] - p.padding[axis];
    *last = *first + p.filter[axis];
    *last = *last < p.size[axis] + p.padding[axis] ? *last : p.size[axis] + p.padding[axis];
}
INLINE i64 inside(i64 first, i64 last, i64 size) {
    return (last < size ? last : size) - (first > 0 ? first : 0);
}
/* What a window's sum is divided by. */
INLINE R window_share(Pooling p, i64 row, i64 column, i32 padded, i64 divisor) {
    i64 top, bottom, left, right;
    if (divisor != 0) {
        return (R)divisor;
    }
    window_of(p, 0, row, &top, &bottom);
    window_of(p, 1, column, &left, &right);
    return (R)(padded ? (bottom - top) * (right - left)
                      : inside(top, bottom, p.size[0]) * inside(left, right, p.size[1]));
}

KERNEL(avg_pool, (CONST_BYTES x, i64 x_at, BYTES out, i64 out_at, i32 dtype, i32 padded, i64 divisor,
                  const Pooling p)) {
    FOR_EACH(o, p.planes * p.windows[0] * p.windows[1]) {
        i64 column = o % p.windows[1];
        i64 row = o / p.windows[1] % p.windows[0];
        i64 plane = x_at + o / p.windows[1] / p.windows[0] * p.size[0] * p.size[1];
        i64 top, bottom, left, right;
        window_of(p, 0, row, &top, &bottom);
        window_of(p, 1, column, &left, &right);
        R sum = 0;
        for (i64 y = top > 0 ? top : 0; y < bottom && y < p.size[0]; y++) {
            for (i64 z = left > 0 ? left : 0; z < right && z < p.size[1]; z++) {
                sum += LD(x, plane + y * p.size[1] + z, dtype);
            }
        }
        ST(out, out_at + o, dtype, sum / window_share(p, row, column, padded, divisor));
    }
}

/* Each place gathers from the windows that cover it, in their order. */
KERNEL(avg_pool_backward, (CONST_BYTES g, i64 g_at, BYTES out, i64 out_at, i32 dtype, i32 padded, i64 divisor,
                           const Pooling p)) {
    FOR_EACH(o, p.planes * p.size[0] * p.size[1]) {
        i64 z = o % p.size[1] + p.padding[1];
        i64 y = o / p.size[1] % p.size[0] + p.padding[0];
        i64 plane = g_at + o / p.size[1] / p.size[0] * p.windows[0] * p.windows[1];
        i64 row = y < p.filter[0] ? 0 : (y - p.filter[0]) / p.stride[0] + 1;
        R sum = 0;
        for (; row < p.windows[0] && row * p.stride[0] <= y; row++) {
            i64 column = z < p.filter[1] ? 0 : (z - p.filter[1]) / p.stride[1] + 1;
            for (; column < p.windows[1] && column * p.stride[1] <= z; column++) {
                sum += LD(g, plane + row * p.windows[1] + column, dtype)
                        / window_share(p, row, column, padded, divisor);
            }
        }
        ST(out, out_at + o, dtype, sum);
    }
}

/* A group for each row of the weight: it looks at all indices, a tile at a time, and adds the cotangents of its own in
 * their order, a column to an item. */
KERNEL(embedding_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES index, i64 index_at, BYTES out, i64 out_at, i32 dtype,
                            i64 rows, i64 width, i64 count, i64 padding, i32 by_frequency, GLOBAL_PTR(i64) status,
                            i64 ticket)) {
    LOCAL_ARRAY(i64, tile, LOCAL_SIZE);
    GLOBAL_PTR(const i64) indices = (GLOBAL_PTR(const i64))index + index_at;
    for (i64 row = GROUP_ID; row < rows; row += GROUP_COUNT) {
        for (i64 column = 0; column < width; column += LOCAL_COUNT) {
            i64 mine = column + LOCAL_ID;
            R sum = 0;
            i64 found = 0;
            for (i64 first = 0; first < count; first += LOCAL_COUNT) {
                i64 left = count - first < LOCAL_COUNT ? count - first : LOCAL_COUNT;
                BARRIER;
                if (LOCAL_ID < left) {
                    i64 i = indices[first + LOCAL_ID];
                    tile[LOCAL_ID] = i;
                    if (row == 0 && column == 0 && (i < 0 || i >= rows)) {
                        fault(status, ticket, i);
                    }
                }
                BARRIER;
                for (i64 j = 0; j < left; j++) {
                    if (tile[j] == row) {
                        found++;
                        sum += mine < width ? LD(g, g_at + (first + j) * width + mine, dtype) : 0;
                    }
                }
            }
            if (mine < width) {
                R share = by_frequency && found > 0 ? sum / (R)found : sum;
                ST(out, out_at + row * width + mine, dtype, row == padding ? 0 : share);
            }
        }
    }
}
