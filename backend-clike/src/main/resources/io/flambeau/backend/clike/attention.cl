/* Attention without the matrix of scores (Dao and others, 2022): a group takes a block of queries, or of keys, and goes
 * through the others block by block, in local memory. Queries [batch, l, e], keys [batch, s, e], values [batch, s, f],
 * contiguous; one value for each query is kept in R: the logarithm of the sum of its exponentials.
 */
#if KIND == 3
#define WIDTH 64
#else
#define WIDTH 128
#endif
#define BLOCK 16
#define LINE (WIDTH + 1)
/* The elements of a block that one item adds up. */
#define MINE (BLOCK * WIDTH / LOCAL_SIZE)

#define CAUSAL 1
#define CHOSEN 2
#define ADDED 4

typedef struct {
    i64 batch, l, s, e, f;
    i64 q, k, v, mask, out, sums; /* the first elements */
    i32 flags, dtype;
} Attention;

/* Loads rows [first, first + BLOCK) of [count, width] into a block; zeros behind the end. */
#define LOAD_BLOCK(block, from, from_at, first, count, width)                                                         \
    for (i32 t = LOCAL_ID; t < BLOCK * WIDTH; t += LOCAL_COUNT) {                                                     \
        i32 i = t / WIDTH;                                                                                            \
        i32 j = t % WIDTH;                                                                                            \
        bool there = (first) + i < (count) && j < (width);                                                            \
        block[i * LINE + j] = there ? LD(from, (from_at) + ((first) + i) * (width) + j, a.dtype) : 0;                \
    }

INLINE R product_of_rows(LOCAL_PTR(const R) x, LOCAL_PTR(const R) y, i64 width) {
    R sum = 0;
    for (i32 i = 0; i < (i32)width; i++) {
        sum += x[i] * y[i];
    }
    return sum;
}

/* The score of a query and a key, minus infinity where it may not attend. */
INLINE R score_of(R product, R scale, i64 batch, i64 query, i64 key, CONST_BYTES mask, Attention a) {
    R score = product * scale;
    i64 at = a.mask + (batch * a.l + query) * a.s + key;
    if (query >= a.l || key >= a.s || ((a.flags & CAUSAL) && key > query)) {
        return -INFINITY_R;
    }
    if (a.flags & CHOSEN) {
        return mask[at] ? score : -INFINITY_R;
    }
    return (a.flags & ADDED) ? score + LD(mask, at, a.dtype) : score;
}

#define FOR_BLOCKS(block, batch, first, count)                                                                        \
    for (i64 block = GROUP_ID; block < a.batch * (((count) + BLOCK - 1) / BLOCK); block += GROUP_COUNT)               \
        for (i64 batch = block / (((count) + BLOCK - 1) / BLOCK),                                                     \
                 first = block % (((count) + BLOCK - 1) / BLOCK) * BLOCK, once = 1; once; once = 0)

KERNEL(attention, (CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask, BYTES out, BYTES sums, R scale,
                   const Attention a)) {
    LOCAL_ARRAY(R, queries, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    LOCAL_ARRAY(R, tops, BLOCK);
    LOCAL_ARRAY(R, totals, BLOCK);
    LOCAL_ARRAY(R, faded, BLOCK);
    FOR_BLOCKS(block, batch, first, a.l) {
        R mine[MINE];
        for (i32 m = 0; m < MINE; m++) {
            mine[m] = 0;
        }
        LOAD_BLOCK(queries, q, a.q + batch * a.l * a.e, first, a.l, a.e)
        if (LOCAL_ID < BLOCK) {
            tops[LOCAL_ID] = -INFINITY_R;
            totals[LOCAL_ID] = 0;
        }
        i64 keys = (a.flags & CAUSAL) && first + BLOCK < a.s ? first + BLOCK : a.s;
        for (i64 from = 0; from < keys; from += BLOCK) {
            LOAD_BLOCK(others, k, a.k + batch * a.s * a.e, from, a.s, a.e)
            BARRIER;
            for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                i32 i = t / BLOCK;
                i32 j = t % BLOCK;
                R product = product_of_rows(queries + i * LINE, others + j * LINE, a.e);
                weights[t] = score_of(product, scale, batch, first + i, from + j, mask, a);
            }
            BARRIER;
            LOAD_BLOCK(others, v, a.v + batch * a.s * a.f, from, a.s, a.f)
            if (LOCAL_ID < BLOCK) {
                LOCAL_PTR(R) row = weights + LOCAL_ID * BLOCK;
                R before = tops[LOCAL_ID];
                R top = before;
                for (i32 j = 0; j < BLOCK; j++) {
                    top = real_maximum(top, row[j]);
                }
                R shift = top == -INFINITY_R ? 0 : top;
                R fade = exp(before - shift);
                R total = totals[LOCAL_ID] * fade;
                for (i32 j = 0; j < BLOCK; j++) {
                    row[j] = exp(row[j] - shift);
                    total += row[j];
                }
                tops[LOCAL_ID] = top;
                totals[LOCAL_ID] = total;
                faded[LOCAL_ID] = fade;
            }
            BARRIER;
            i32 present = (i32)(a.s - from < BLOCK ? a.s - from : BLOCK);
            for (i32 m = 0; m < MINE; m++) {
                i32 t = LOCAL_ID + m * LOCAL_SIZE;
                i32 i = t / WIDTH;
                R sum = mine[m] * faded[i];
                for (i32 j = 0; j < present; j++) {
                    sum += weights[i * BLOCK + j] * others[j * LINE + t % WIDTH];
                }
                mine[m] = sum;
            }
            BARRIER;
        }
        for (i32 m = 0; m < MINE; m++) {
            i32 t = LOCAL_ID + m * LOCAL_SIZE;
            i32 i = t / WIDTH;
            i32 j = t % WIDTH;
            if (first + i < a.l && j < a.f) {
                R total = tops[i] == -INFINITY_R ? 1 : totals[i];
                ST(out, a.out + (batch * a.l + first + i) * a.f + j, a.dtype, mine[m] / total);
            }
        }
        if (LOCAL_ID < BLOCK && first + LOCAL_ID < a.l) {
            R total = log(totals[LOCAL_ID]);
            ((GLOBAL_PTR(R))sums)[a.sums + batch * a.l + first + LOCAL_ID] = tops[LOCAL_ID] + total;
        }
        BARRIER;
    }
}

/* For each query the product of cotangent and result. */
KERNEL(attention_dots, (CONST_BYTES g, i64 g_at, CONST_BYTES out, i64 out_at, BYTES dots, i64 count, i64 width,
                        i32 dtype)) {
    FOR_EACH(row, count) {
        R sum = 0;
        for (i64 i = row * width; i < (row + 1) * width; i++) {
            sum += LD(g, g_at + i, dtype) * LD(out, out_at + i, dtype);
        }
        ((GLOBAL_PTR(R))dots)[row] = sum;
    }
}

/* The share of a key in a query, from its score; 0 where the query attends to nothing. */
INLINE R share_of(R score, R sum) { return score == -INFINITY_R ? 0 : exp(score - sum); }
#define SUM_OF(query) ((query) < a.l ? ((GLOBAL_PTR(const R))sums)[a.sums + batch * a.l + (query)] : 0)
#define DOT_OF(query) ((query) < a.l ? ((GLOBAL_PTR(const R))dots)[batch * a.l + (query)] : 0)

/* Adds rows of "others" by the weights of a block to "mine"; WEIGHT(i, j) is that of row j for element i. */
#define ADD_ROWS(mine, WEIGHT)                                                                                        \
    for (i32 m = 0; m < MINE; m++) {                                                                                  \
        i32 t = LOCAL_ID + m * LOCAL_SIZE;                                                                            \
        R sum = mine[m];                                                                                              \
        for (i32 j = 0; j < BLOCK; j++) {                                                                             \
            sum += WEIGHT(t / WIDTH, j) * others[j * LINE + t % WIDTH];                                              \
        }                                                                                                             \
        mine[m] = sum;                                                                                                \
    }
#define STORE_ROWS(to, to_at, mine, count, width)                                                                     \
    for (i32 m = 0; m < MINE; m++) {                                                                                  \
        i32 t = LOCAL_ID + m * LOCAL_SIZE;                                                                            \
        i64 row = first + t / WIDTH;                                                                                  \
        if (row < (count) && t % WIDTH < (width)) {                                                                   \
            ST(to, (to_at) + (batch * (count) + row) * (width) + t % WIDTH, a.dtype, mine[m]);                        \
        }                                                                                                             \
    }
#define BY_QUERY(i, j) weights[(i) * BLOCK + (j)]
#define BY_KEY(i, j) weights[(j) * BLOCK + (i)]

/* The gradient of queries; a.out is that of the cotangent g. */
KERNEL(attention_queries, (CONST_BYTES g, CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask,
                           CONST_BYTES sums, CONST_BYTES dots, BYTES to, i64 to_at, R scale, const Attention a)) {
    LOCAL_ARRAY(R, queries, BLOCK * LINE);
    LOCAL_ARRAY(R, slopes, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    FOR_BLOCKS(block, batch, first, a.l) {
        R mine[MINE];
        for (i32 m = 0; m < MINE; m++) {
            mine[m] = 0;
        }
        LOAD_BLOCK(queries, q, a.q + batch * a.l * a.e, first, a.l, a.e)
        LOAD_BLOCK(slopes, g, a.out + batch * a.l * a.f, first, a.l, a.f)
        i64 keys = (a.flags & CAUSAL) && first + BLOCK < a.s ? first + BLOCK : a.s;
        for (i64 from = 0; from < keys; from += BLOCK) {
            LOAD_BLOCK(others, k, a.k + batch * a.s * a.e, from, a.s, a.e)
            BARRIER;
            for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                i64 query = first + t / BLOCK;
                R product = product_of_rows(queries + t / BLOCK * LINE, others + t % BLOCK * LINE, a.e);
                weights[t] = share_of(score_of(product, scale, batch, query, from + t % BLOCK, mask, a), SUM_OF(query));
            }
            BARRIER;
            LOAD_BLOCK(others, v, a.v + batch * a.s * a.f, from, a.s, a.f)
            BARRIER;
            for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                R product = product_of_rows(slopes + t / BLOCK * LINE, others + t % BLOCK * LINE, a.f);
                weights[t] *= (product - DOT_OF(first + t / BLOCK)) * scale;
            }
            BARRIER;
            LOAD_BLOCK(others, k, a.k + batch * a.s * a.e, from, a.s, a.e)
            BARRIER;
            ADD_ROWS(mine, BY_QUERY)
            BARRIER;
        }
        STORE_ROWS(to, to_at, mine, a.l, a.e)
        BARRIER;
    }
}

/* The gradients of keys and values. */
KERNEL(attention_keys, (CONST_BYTES g, CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask, CONST_BYTES sums,
                        CONST_BYTES dots, BYTES k_to, i64 k_to_at, BYTES v_to, i64 v_to_at, R scale,
                        const Attention a)) {
    LOCAL_ARRAY(R, keys, BLOCK * LINE);
    LOCAL_ARRAY(R, values, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    FOR_BLOCKS(block, batch, first, a.s) {
        R mine[MINE];
        R mine_too[MINE];
        for (i32 m = 0; m < MINE; m++) {
            mine[m] = 0;
            mine_too[m] = 0;
        }
        LOAD_BLOCK(keys, k, a.k + batch * a.s * a.e, first, a.s, a.e)
        LOAD_BLOCK(values, v, a.v + batch * a.s * a.f, first, a.s, a.f)
        for (i64 from = (a.flags & CAUSAL) ? first : 0; from < a.l; from += BLOCK) {
            LOAD_BLOCK(others, q, a.q + batch * a.l * a.e, from, a.l, a.e)
            BARRIER;
            for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                i64 query = from + t / BLOCK;
                R product = product_of_rows(others + t / BLOCK * LINE, keys + t % BLOCK * LINE, a.e);
                weights[t] = share_of(score_of(product, scale, batch, query, first + t % BLOCK, mask, a), SUM_OF(query));
            }
            BARRIER;
            LOAD_BLOCK(others, g, a.out + batch * a.l * a.f, from, a.l, a.f)
            BARRIER;
            ADD_ROWS(mine_too, BY_KEY)
            BARRIER;
            for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                R product = product_of_rows(others + t / BLOCK * LINE, values + t % BLOCK * LINE, a.f);
                weights[t] *= (product - DOT_OF(from + t / BLOCK)) * scale;
            }
            BARRIER;
            LOAD_BLOCK(others, q, a.q + batch * a.l * a.e, from, a.l, a.e)
            BARRIER;
            ADD_ROWS(mine, BY_KEY)
            BARRIER;
        }
        STORE_ROWS(k_to, k_to_at, mine, a.s, a.e)
        STORE_ROWS(v_to, v_to_at, mine_too, a.s, a.f)
        BARRIER;
    }
}
