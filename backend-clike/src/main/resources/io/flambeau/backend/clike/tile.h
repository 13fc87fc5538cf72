/* A matrix product by tiles: a group of 16 by 16 work-items makes a tile of the result, each item PER by PER elements of
 * it, from tiles of both factors in local memory. What an element of a factor is, and where one of the result goes, the
 * kernel says: LEFT(row, k) and RIGHT(k, column) give elements inside the sizes, RESULT(row, column, value) takes one. */
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

#define TILE_MEMORY                                                                                                   \
    LOCAL_ARRAY(C, left, DEPTH *PITCH);                                                                               \
    LOCAL_ARRAY(C, right, DEPTH *PITCH);

/* The sums over k from "begin" to "end" for the tile at (row, column); the flags say along which axis a factor is dense, so
 * that neighbouring items read neighbours. */
#define MULTIPLY_TILE(row, column, rows, columns, begin, end, left_along_k, right_along_k)                            \
    {                                                                                                                 \
        i32 ty = LOCAL_ID / SIDE;                                                                                     \
        i32 tx = LOCAL_ID % SIDE;                                                                                     \
        C sum[PER][PER];                                                                                              \
        for (i32 r = 0; r < PER; r++) {                                                                               \
            for (i32 c = 0; c < PER; c++) {                                                                           \
                sum[r][c] = ZERO;                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
        for (i64 k0 = (begin); k0 < (end); k0 += DEPTH) {                                                             \
            for (i32 e = LOCAL_ID; e < DEPTH * TILE; e += SIDE * SIDE) {                                              \
                i32 k = (left_along_k) ? e % DEPTH : e / TILE;                                                        \
                i32 r = (left_along_k) ? e / DEPTH : e % TILE;                                                        \
                C a = ZERO;                                                                                           \
                if ((row) + r < (rows) && k0 + k < (end)) {                                                           \
                    a = LEFT((row) + r, k0 + k);                                                                      \
                }                                                                                                     \
                left[k * PITCH + r] = a;                                                                              \
                k = (right_along_k) ? e % DEPTH : e / TILE;                                                           \
                r = (right_along_k) ? e / DEPTH : e % TILE;                                                           \
                a = ZERO;                                                                                             \
                if ((column) + r < (columns) && k0 + k < (end)) {                                                     \
                    a = RIGHT(k0 + k, (column) + r);                                                                  \
                }                                                                                                     \
                right[k * PITCH + r] = a;                                                                             \
            }                                                                                                         \
            BARRIER;                                                                                                  \
            for (i32 k = 0; k < DEPTH; k++) {                                                                         \
                C a[PER];                                                                                             \
                C b[PER];                                                                                             \
                for (i32 r = 0; r < PER; r++) {                                                                       \
                    a[r] = left[k * PITCH + ty + r * SIDE];                                                           \
                    b[r] = right[k * PITCH + tx + r * SIDE];                                                          \
                }                                                                                                     \
                for (i32 r = 0; r < PER; r++) {                                                                       \
                    for (i32 c = 0; c < PER; c++) {                                                                   \
                        sum[r][c] = MULTIPLY_ADD(a[r], b[c], sum[r][c]);                                              \
                    }                                                                                                 \
                }                                                                                                     \
            }                                                                                                         \
            BARRIER;                                                                                                  \
        }                                                                                                             \
        for (i32 r = 0; r < PER; r++) {                                                                               \
            for (i32 c = 0; c < PER; c++) {                                                                           \
                i64 i = (row) + ty + r * SIDE;                                                                        \
                i64 j = (column) + tx + c * SIDE;                                                                     \
                if (i < (rows) && j < (columns)) {                                                                    \
                    RESULT(i, j, sum[r][c])                                                                           \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }
