/* out[b, i, j] = sum over k of x[b, i, k] y[b, k, j]; see tile.h. */
typedef struct {
    i64 batch, rows, columns, inner;
    i64 offset[3];
    i64 stride[3][3];
    i32 dtype[4];
} Product;

KERNEL(matmul, (CONST_BYTES x, CONST_BYTES y, BYTES out, const Product p)) {
    TILE_MEMORY
    i64 across = (p.columns + TILE - 1) / TILE;
    i64 down = (p.rows + TILE - 1) / TILE;
    for (i64 tile = GROUP_ID; tile < p.batch * down * across; tile += GROUP_COUNT) {
        i64 b = tile / (down * across);
        i64 row = tile / across % down * TILE;
        i64 column = tile % across * TILE;
        i64 x0 = p.offset[0] + b * p.stride[0][0];
        i64 y0 = p.offset[1] + b * p.stride[1][0];
        i64 out0 = p.offset[2] + b * p.stride[2][0];
#define LEFT(i, k) LD(x, x0 + (i) * p.stride[0][1] + (k) * p.stride[0][2], p.dtype[0])
#define RIGHT(k, j) LD(y, y0 + (k) * p.stride[1][1] + (j) * p.stride[1][2], p.dtype[1])
#define RESULT(i, j, value) ST(out, out0 + (i) * p.stride[2][1] + (j) * p.stride[2][2], p.dtype[2], value);
        MULTIPLY_TILE(row, column, p.rows, p.columns, 0, p.inner, p.stride[0][2] == 1, p.stride[1][1] == 1)
    }
}

#if !IS_COMPLEX && !IS_INTEGER
/* Adds a bias to each row of a product, in place, and cuts what is negative if it is to be activated. */
KERNEL(add_bias, (BYTES out, i64 out_at, CONST_BYTES bias, i64 bias_at, i64 count, i64 columns, i32 activated,
                  i32 dtype)) {
    FOR_EACH(i, count) {
        i64 column = count <= 0x7FFFFFFF ? (i32)i % (i32)columns : i % columns;
        C value = LD(out, out_at + i, dtype) + LD(bias, bias_at + column, dtype);
        ST(out, out_at + i, dtype, activated && value < 0 ? 0 : value);
    }
}
#endif
