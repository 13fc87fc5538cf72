/* out[b, i, j] = sum over k of x[b, i, k] y[b, k, j]. A group of 16 by 16 work-items makes a tile of out, each item PER by
 * PER elements of it, from tiles of x and y in local memory. */
#if IS_COMPLEX
#define PER 2
#define MULTIPLY_ADD(a, b, c) complex_of((c).x + (a).x * (b).x - (a).y * (b).y, (c).y + (a).x * (b).y + (a).y * (b).x)
#define ZERO complex_of(0, 0)
#elif IS_INTEGER
#define PER 2
#define MULTIPLY_ADD(a, b, c) ((c) + (a) * (b))
#define ZERO 0
#else
#define PER 4
#define MULTIPLY_ADD(a, b, c) fma(a, b, c)
#define ZERO 0
#endif
#define SIDE 16
#define TILE (SIDE * PER)
#define DEPTH 16
/* One more than the width, so that a column's elements lie in different banks. */
#define PITCH (TILE + 1)

typedef struct {
    i64 batch, rows, columns, inner;
    i64 offset[3];
    i64 stride[3][3];
    i32 dtype[4];
} Product;

KERNEL(matmul, (CONST_BYTES x, CONST_BYTES y, BYTES out, const Product p)) {
    LOCAL_ARRAY(C, left, DEPTH *PITCH);
    LOCAL_ARRAY(C, right, DEPTH *PITCH);
    i64 across = (p.columns + TILE - 1) / TILE;
    i64 down = (p.rows + TILE - 1) / TILE;
    i32 ty = LOCAL_ID / SIDE;
    i32 tx = LOCAL_ID % SIDE;
    for (i64 tile = GROUP_ID; tile < p.batch * down * across; tile += GROUP_COUNT) {
        i64 b = tile / (down * across);
        i64 row = tile / across % down * TILE;
        i64 column = tile % across * TILE;
        i64 x0 = p.offset[0] + b * p.stride[0][0];
        i64 y0 = p.offset[1] + b * p.stride[1][0];
        C sum[PER][PER];
        for (i32 r = 0; r < PER; r++) {
            for (i32 c = 0; c < PER; c++) {
                sum[r][c] = ZERO;
            }
        }
        for (i64 k0 = 0; k0 < p.inner; k0 += DEPTH) {
            for (i32 e = LOCAL_ID; e < DEPTH * TILE; e += SIDE * SIDE) {
                /* Neighbouring items read along whichever axis is dense. */
                i32 k = p.stride[0][2] == 1 ? e % DEPTH : e / TILE;
                i32 r = p.stride[0][2] == 1 ? e / DEPTH : e % TILE;
                C a = ZERO;
                if (row + r < p.rows && k0 + k < p.inner) {
                    a = LD(x, x0 + (row + r) * p.stride[0][1] + (k0 + k) * p.stride[0][2], p.dtype[0]);
                }
                left[k * PITCH + r] = a;
                k = p.stride[1][1] == 1 ? e % DEPTH : e / TILE;
                i32 c = p.stride[1][1] == 1 ? e / DEPTH : e % TILE;
                a = ZERO;
                if (column + c < p.columns && k0 + k < p.inner) {
                    a = LD(y, y0 + (k0 + k) * p.stride[1][1] + (column + c) * p.stride[1][2], p.dtype[1]);
                }
                right[k * PITCH + c] = a;
            }
            BARRIER;
            for (i32 k = 0; k < DEPTH; k++) {
                C a[PER];
                C b[PER];
                for (i32 r = 0; r < PER; r++) {
                    a[r] = left[k * PITCH + ty + r * SIDE];
                    b[r] = right[k * PITCH + tx + r * SIDE];
                }
                for (i32 r = 0; r < PER; r++) {
                    for (i32 c = 0; c < PER; c++) {
                        sum[r][c] = MULTIPLY_ADD(a[r], b[c], sum[r][c]);
                    }
                }
            }
            BARRIER;
        }
        for (i32 r = 0; r < PER; r++) {
            for (i32 c = 0; c < PER; c++) {
                i64 i = row + ty + r * SIDE;
                i64 j = column + tx + c * SIDE;
                if (i < p.rows && j < p.columns) {
                    ST(out, p.offset[2] + b * p.stride[2][0] + i * p.stride[2][1] + j * p.stride[2][2], p.dtype[2],
                       sum[r][c]);
                }
            }
        }
    }
}
