/* Convolutions of contiguous planes as products of matrices that are never formed (implicit GEMM); see tile.h. The three
 * readings of Note [Three bilinear maps] of Convolution: x [N, G C, H, W], w [G O, C, A, B], y [N, G O, P, Q]. Positions
 * are 32-bit: a plane, a filter and a batch of windows hold fewer than 2^31 elements. */
typedef struct {
    i64 n, groups, channels, outputs;
    i64 x_at, w_at, y_at, bias_at;
    i32 size[2], windows[2], filter[2], stride[2], padding[2], dilation[2];
    i32 dtype, chunks;
} Convolution;

/* An index that fits, so that it is divided in 32 bits, which is several times faster on every device. */
#define SHORT(i) ((i32)(i))

/* The element of x that tap t of channel c sees in window s of sample i; 0 in the padding. */
INLINE C seen(CONST_BYTES x, const Convolution *v, i64 sample, i32 channel, i32 tap, i32 window) {
    i32 row = window / v->windows[1] * v->stride[0] - v->padding[0] + tap / v->filter[1] * v->dilation[0];
    i32 column = window % v->windows[1] * v->stride[1] - v->padding[1] + tap % v->filter[1] * v->dilation[1];
    if (row < 0 || row >= v->size[0] || column < 0 || column >= v->size[1]) {
        return ZERO;
    }
    i64 plane = sample * v->groups * v->channels + channel;
    return LD(x, v->x_at + (plane * v->size[0] + row) * v->size[1] + column, v->dtype);
}

/* The element of y whose window sees place (row, column) of x by a tap; 0 if there is none. */
INLINE C seeing(CONST_BYTES y, const Convolution *v, i64 sample, i32 output, i32 tap, i32 place) {
    i32 row = place / v->size[1] + v->padding[0] - tap / v->filter[1] * v->dilation[0];
    i32 column = place % v->size[1] + v->padding[1] - tap % v->filter[1] * v->dilation[1];
    i32 p = row / v->stride[0];
    i32 q = column / v->stride[1];
    if (row < 0 || column < 0 || p * v->stride[0] != row || q * v->stride[1] != column || p >= v->windows[0] ||
        q >= v->windows[1]) {
        return ZERO;
    }
    i64 plane = sample * v->groups * v->outputs + output;
    return LD(y, v->y_at + (plane * v->windows[0] + p) * v->windows[1] + q, v->dtype);
}

/* y = conv(x, w) + bias: rows are outputs, columns windows of all samples, k channels and taps. */
KERNEL(conv_forward, (CONST_BYTES x, CONST_BYTES w, CONST_BYTES bias, BYTES y, i32 biased, const Convolution v)) {
    TILE_MEMORY
    i32 taps = v.filter[0] * v.filter[1];
    i32 windows = v.windows[0] * v.windows[1];
    i64 inner = v.channels * taps;
    i64 columns = v.n * windows;
    i64 across = (columns + TILE - 1) / TILE;
    i64 down = (v.outputs + TILE - 1) / TILE;
    for (i64 tile = GROUP_ID; tile < v.groups * down * across; tile += GROUP_COUNT) {
        i64 group = tile / (down * across);
        i64 row = tile / across % down * TILE;
        i64 column = tile % across * TILE;
#define LEFT(i, k) LD(w, v.w_at + (group * v.outputs + (i)) * inner + (k), v.dtype)
#define RIGHT(k, j)                                                                                                   \
    seen(x, &v, SHORT(j) / windows, (i32)(group * v.channels) + SHORT(k) / taps, SHORT(k) % taps, SHORT(j) % windows)
#define RESULT(i, j, value)                                                                                           \
    i64 output = group * v.outputs + (i);                                                                             \
    C total = value;                                                                                                  \
    if (biased) {                                                                                                     \
        total += LD(bias, v.bias_at + output, v.dtype);                                                               \
    }                                                                                                                 \
    ST(y, v.y_at + (SHORT(j) / windows * v.groups * v.outputs + output) * windows + SHORT(j) % windows, v.dtype, total);
        MULTIPLY_TILE(row, column, v.outputs, columns, 0, inner, 1, 0)
#undef LEFT
#undef RIGHT
#undef RESULT
    }
}

/* The adjoint in x: rows are channels, columns places of all samples, k outputs and taps. */
KERNEL(conv_input, (CONST_BYTES y, CONST_BYTES w, BYTES x, const Convolution v)) {
    TILE_MEMORY
    i32 taps = v.filter[0] * v.filter[1];
    i32 places = v.size[0] * v.size[1];
    i64 inner = v.outputs * taps;
    i64 columns = v.n * places;
    i64 across = (columns + TILE - 1) / TILE;
    i64 down = (v.channels + TILE - 1) / TILE;
    for (i64 tile = GROUP_ID; tile < v.groups * down * across; tile += GROUP_COUNT) {
        i64 group = tile / (down * across);
        i64 row = tile / across % down * TILE;
        i64 column = tile % across * TILE;
#define LEFT(i, k) LD(w, v.w_at + ((group * v.outputs + SHORT(k) / taps) * v.channels + (i)) * taps + SHORT(k) % taps, v.dtype)
#define RIGHT(k, j)                                                                                                   \
    seeing(y, &v, SHORT(j) / places, (i32)(group * v.outputs) + SHORT(k) / taps, SHORT(k) % taps, SHORT(j) % places)
#define RESULT(i, j, value)                                                                                           \
    i64 channel = group * v.channels + (i);                                                                           \
    ST(x, v.x_at + (SHORT(j) / places * v.groups * v.channels + channel) * places + SHORT(j) % places, v.dtype, value);
        MULTIPLY_TILE(row, column, v.channels, columns, 0, inner, 1, 0)
#undef LEFT
#undef RIGHT
#undef RESULT
    }
}

/* The adjoint in w: rows are outputs, columns channels and taps, k windows of all samples, in chunks whose parts
 * conv_weight_parts adds up. */
KERNEL(conv_weight, (CONST_BYTES x, CONST_BYTES y, BYTES parts, const Convolution v)) {
    TILE_MEMORY
    i32 taps = v.filter[0] * v.filter[1];
    i32 windows = v.windows[0] * v.windows[1];
    i64 inner = v.n * windows;
    i64 columns = v.channels * taps;
    i64 across = (columns + TILE - 1) / TILE;
    i64 down = (v.outputs + TILE - 1) / TILE;
    i64 chunk = (inner + v.chunks - 1) / v.chunks;
    for (i64 tile = GROUP_ID; tile < v.chunks * v.groups * down * across; tile += GROUP_COUNT) {
        i64 part = tile / (v.groups * down * across);
        i64 group = tile / (down * across) % v.groups;
        i64 row = tile / across % down * TILE;
        i64 column = tile % across * TILE;
        i64 begin = part * chunk;
        i64 end = begin + chunk < inner ? begin + chunk : inner;
#define LEFT(i, k)                                                                                                    \
    LD(y, v.y_at + (SHORT(k) / windows * v.groups * v.outputs + group * v.outputs + (i)) * windows + SHORT(k) % windows, \
       v.dtype)
#define RIGHT(k, j)                                                                                                   \
    seen(x, &v, SHORT(k) / windows, (i32)(group * v.channels) + SHORT(j) / taps, SHORT(j) % taps, SHORT(k) % windows)
#define RESULT(i, j, value)                                                                                           \
    ((GLOBAL_PTR(C))parts)[((part * v.groups + group) * v.outputs + (i)) * columns + (j)] = value;
        MULTIPLY_TILE(row, column, v.outputs, columns, begin, end, 1, 1)
#undef LEFT
#undef RIGHT
#undef RESULT
    }
}

KERNEL(conv_weight_parts, (CONST_BYTES parts, BYTES w, i64 count, const Convolution v)) {
    FOR_EACH(i, count) {
        C total = ZERO;
        for (i64 part = 0; part < v.chunks; part++) {
            total += ((GLOBAL_PTR(const C))parts)[part * count + i];
        }
        ST(w, v.w_at + i, v.dtype, total);
    }
}
