/* Attention without the matrix of scores (Dao and others, 2022): a group takes a block of queries, or of keys, and goes
 * through the others block by block, in local memory. Queries [batch, l, e], keys [batch, s, e], values [batch, s, f],
 * contiguous; one value for each query is kept in R: the logarithm of the sum of its exponentials.
 *
 * Note [Wide heads]: of what is wider than WIDTH, local memory holds as many columns at a time. Products of rows are added up
 * over such parts; of a result, one part is made after the other, each from shares that are computed anew.
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
#define DROPPED 8
#define SLOPED 16

typedef struct {
    i64 batch, l, s, e, f;
    i64 q, k, v, mask, out, sums;        /* the first elements */
    i64 threshold, start, seed, counter; /* of the dropout; no counter if that is negative */
    i32 flags, dtype;
} Attention;

/* Loads columns [part, part + WIDTH) of rows [first, first + BLOCK) of [count, width] into a block; zeros outside. */
#define LOAD_BLOCK(block, from, from_at, first, count, width, part)                                                   \
    for (i32 t = LOCAL_ID; t < BLOCK * WIDTH; t += LOCAL_COUNT) {                                                     \
        i64 i = (first) + t / WIDTH;                                                                                  \
        i64 j = (part) + t % WIDTH;                                                                                   \
        bool there = i < (count) && j < (width);                                                                      \
        block[t / WIDTH * LINE + t % WIDTH] = there ? LD(from, (from_at) + i * (width) + j, a.dtype) : 0;             \
    }
/* The same of a whole row, once, before a loop; in the loop, only what is wider than the block. */
#define LOAD_NARROW(block, from, from_at, first, count, width)                                                        \
    if ((width) <= WIDTH) {                                                                                           \
        LOAD_BLOCK(block, from, from_at, first, count, width, 0)                                                      \
    }
#define LOAD_WIDE(block, from, from_at, first, count, width)                                                          \
    if ((width) > WIDTH) {                                                                                            \
        LOAD_BLOCK(block, from, from_at, first, count, width, part)                                                   \
    }
#define LOAD_PART(block, from, from_at, first, count, width)                                                          \
    LOAD_BLOCK(block, from, from_at, first, count, width, part)

INLINE R product_of_rows(LOCAL_PTR(const R) x, LOCAL_PTR(const R) y, i64 width) {
    R sum = 0;
    i32 most = (i32)(width < WIDTH ? width : WIDTH);
    for (i32 i = 0; i < most; i++) {
        sum += x[i] * y[i];
    }
    return sum;
}

/* The products of all rows of two blocks, which are loaded part by part. */
#define PRODUCTS(into, x, load_x, y, load_y, width)                                                                   \
    for (i64 part = 0; part < (width); part += WIDTH) {                                                               \
        load_x load_y BARRIER;                                                                                        \
        for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {                                                 \
            R product = product_of_rows(x + t / BLOCK * LINE, y + t % BLOCK * LINE, (width)-part);                    \
            into[t] = part == 0 ? product : into[t] + product;                                                        \
        }                                                                                                             \
        BARRIER;                                                                                                      \
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

/* What the dropout multiplies a share with; see dropout in train.cl. */
INLINE R kept_of(i64 batch, i64 query, i64 key, CONST_BYTES counter, R factor, Attention a) {
    if (!(a.flags & DROPPED)) {
        return 1;
    }
    i64 i = (batch * a.l + query) * a.s + key;
    i64 block = a.start + i / 4;
    if (a.counter >= 0) {
        block += ((GLOBAL_PTR(const i64))counter)[a.counter];
    }
    U4 bits = philox((u64)block, (u64)a.seed);
    i32 j = (i32)(i % 4);
    u32 word = j == 0 ? bits.a : j == 1 ? bits.b : j == 2 ? bits.c : bits.d;
    return (i64)(word & 0xFFFFFFu) >= a.threshold ? factor : 0;
}

#define FOR_BLOCKS(block, batch, first, count)                                                                        \
    for (i64 block = GROUP_ID; block < a.batch * (((count) + BLOCK - 1) / BLOCK); block += GROUP_COUNT)               \
        for (i64 batch = block / (((count) + BLOCK - 1) / BLOCK),                                                     \
                 first = block % (((count) + BLOCK - 1) / BLOCK) * BLOCK, once = 1; once; once = 0)

KERNEL(attention, (CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask, CONST_BYTES counter, BYTES out,
                   BYTES sums, R scale, R factor, const Attention a)) {
    LOCAL_ARRAY(R, queries, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    LOCAL_ARRAY(R, tops, BLOCK);
    LOCAL_ARRAY(R, totals, BLOCK);
    LOCAL_ARRAY(R, faded, BLOCK);
    FOR_BLOCKS(block, batch, first, a.l) {
        i64 q_at = a.q + batch * a.l * a.e;
        i64 k_at = a.k + batch * a.s * a.e;
        LOAD_NARROW(queries, q, q_at, first, a.l, a.e)
        for (i64 column = 0; column < a.f; column += WIDTH) {
            R mine[MINE];
            for (i32 m = 0; m < MINE; m++) {
                mine[m] = 0;
            }
            if (LOCAL_ID < BLOCK) {
                tops[LOCAL_ID] = -INFINITY_R;
                totals[LOCAL_ID] = 0;
            }
            i64 keys = (a.flags & CAUSAL) && first + BLOCK < a.s ? first + BLOCK : a.s;
            for (i64 from = 0; from < keys; from += BLOCK) {
                PRODUCTS(weights, queries, LOAD_WIDE(queries, q, q_at, first, a.l, a.e), others,
                         LOAD_PART(others, k, k_at, from, a.s, a.e), a.e)
                LOAD_BLOCK(others, v, a.v + batch * a.s * a.f, from, a.s, a.f, column)
                for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                    weights[t] = score_of(weights[t], scale, batch, first + t / BLOCK, from + t % BLOCK, mask, a);
                }
                BARRIER;
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
                if (a.flags & DROPPED) {
                    for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                        weights[t] *= kept_of(batch, first + t / BLOCK, from + t % BLOCK, counter, factor, a);
                    }
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
                i64 j = column + t % WIDTH;
                if (first + i < a.l && j < a.f) {
                    R total = tops[i] == -INFINITY_R ? 1 : totals[i];
                    ST(out, a.out + (batch * a.l + first + i) * a.f + j, a.dtype, mine[m] / total);
                }
            }
            if (column == 0 && LOCAL_ID < BLOCK && first + LOCAL_ID < a.l) {
                R total = log(totals[LOCAL_ID]);
                ((GLOBAL_PTR(R))sums)[a.sums + batch * a.l + first + LOCAL_ID] = tops[LOCAL_ID] + total;
            }
            BARRIER;
        }
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
        i64 j = column + t % WIDTH;                                                                                   \
        if (row < (count) && j < (width)) {                                                                           \
            ST(to, (to_at) + (batch * (count) + row) * (width) + j, a.dtype, mine[m]);                                \
        }                                                                                                             \
    }
#define BY_QUERY(i, j) weights[(i) * BLOCK + (j)]
#define BY_KEY(i, j) weights[(j) * BLOCK + (i)]
#define KEPT_BY_KEY(i, j) (weights[(j) * BLOCK + (i)] * kept[(j) * BLOCK + (i)])

/* The gradients of queries, and of the mask if it has one; a.out is that of the cotangent g. */
KERNEL(attention_queries, (CONST_BYTES g, CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask,
                           CONST_BYTES counter, CONST_BYTES sums, CONST_BYTES dots, BYTES to, i64 to_at, BYTES mask_to,
                           i64 mask_to_at, R scale, R factor, const Attention a)) {
    LOCAL_ARRAY(R, queries, BLOCK * LINE);
    LOCAL_ARRAY(R, slopes, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    LOCAL_ARRAY(R, products, BLOCK * BLOCK);
    FOR_BLOCKS(block, batch, first, a.l) {
        i64 q_at = a.q + batch * a.l * a.e;
        i64 k_at = a.k + batch * a.s * a.e;
        i64 v_at = a.v + batch * a.s * a.f;
        i64 g_at = a.out + batch * a.l * a.f;
        LOAD_NARROW(queries, q, q_at, first, a.l, a.e)
        LOAD_NARROW(slopes, g, g_at, first, a.l, a.f)
        for (i64 column = 0; column < a.e; column += WIDTH) {
            R mine[MINE];
            for (i32 m = 0; m < MINE; m++) {
                mine[m] = 0;
            }
            bool all = !(a.flags & CAUSAL) || (a.flags & SLOPED) || first + BLOCK >= a.s;
            i64 keys = all ? a.s : first + BLOCK;
            for (i64 from = 0; from < keys; from += BLOCK) {
                PRODUCTS(weights, queries, LOAD_WIDE(queries, q, q_at, first, a.l, a.e), others,
                         LOAD_PART(others, k, k_at, from, a.s, a.e), a.e)
                PRODUCTS(products, slopes, LOAD_WIDE(slopes, g, g_at, first, a.l, a.f), others,
                         LOAD_PART(others, v, v_at, from, a.s, a.f), a.f)
                LOAD_BLOCK(others, k, k_at, from, a.s, a.e, column)
                for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                    i64 query = first + t / BLOCK;
                    i64 key = from + t % BLOCK;
                    R share = share_of(score_of(weights[t], scale, batch, query, key, mask, a), SUM_OF(query));
                    R slope = share * (products[t] * kept_of(batch, query, key, counter, factor, a) - DOT_OF(query));
                    weights[t] = slope * scale;
                    if ((a.flags & SLOPED) && column == 0 && query < a.l && key < a.s) {
                        ST(mask_to, mask_to_at + (batch * a.l + query) * a.s + key, a.dtype, slope);
                    }
                }
                BARRIER;
                ADD_ROWS(mine, BY_QUERY)
                BARRIER;
            }
            STORE_ROWS(to, to_at, mine, a.l, a.e)
            BARRIER;
        }
    }
}

/* The gradients of keys and values. */
KERNEL(attention_keys, (CONST_BYTES g, CONST_BYTES q, CONST_BYTES k, CONST_BYTES v, CONST_BYTES mask,
                        CONST_BYTES counter, CONST_BYTES sums, CONST_BYTES dots, BYTES k_to, i64 k_to_at, BYTES v_to,
                        i64 v_to_at, R scale, R factor, const Attention a)) {
    LOCAL_ARRAY(R, keys, BLOCK * LINE);
    LOCAL_ARRAY(R, values, BLOCK * LINE);
    LOCAL_ARRAY(R, others, BLOCK * LINE);
    LOCAL_ARRAY(R, weights, BLOCK * BLOCK);
    LOCAL_ARRAY(R, products, BLOCK * BLOCK);
    LOCAL_ARRAY(R, kept, BLOCK * BLOCK);
    FOR_BLOCKS(block, batch, first, a.s) {
        i64 q_at = a.q + batch * a.l * a.e;
        i64 k_at = a.k + batch * a.s * a.e;
        i64 v_at = a.v + batch * a.s * a.f;
        i64 g_at = a.out + batch * a.l * a.f;
        LOAD_NARROW(keys, k, k_at, first, a.s, a.e)
        LOAD_NARROW(values, v, v_at, first, a.s, a.f)
        for (i64 column = 0; column < (a.e > a.f ? a.e : a.f); column += WIDTH) {
            R mine[MINE];
            R mine_too[MINE];
            for (i32 m = 0; m < MINE; m++) {
                mine[m] = 0;
                mine_too[m] = 0;
            }
            for (i64 from = (a.flags & CAUSAL) ? first : 0; from < a.l; from += BLOCK) {
                PRODUCTS(weights, others, LOAD_PART(others, q, q_at, from, a.l, a.e), keys,
                         LOAD_WIDE(keys, k, k_at, first, a.s, a.e), a.e)
                PRODUCTS(products, others, LOAD_PART(others, g, g_at, from, a.l, a.f), values,
                         LOAD_WIDE(values, v, v_at, first, a.s, a.f), a.f)
                LOAD_BLOCK(others, g, g_at, from, a.l, a.f, column)
                for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                    i64 query = from + t / BLOCK;
                    i64 key = first + t % BLOCK;
                    weights[t] = share_of(score_of(weights[t], scale, batch, query, key, mask, a), SUM_OF(query));
                    kept[t] = kept_of(batch, query, key, counter, factor, a);
                }
                BARRIER;
                ADD_ROWS(mine_too, KEPT_BY_KEY)
                BARRIER;
                LOAD_BLOCK(others, q, q_at, from, a.l, a.e, column)
                for (i32 t = LOCAL_ID; t < BLOCK * BLOCK; t += LOCAL_COUNT) {
                    weights[t] *= (products[t] * kept[t] - DOT_OF(from + t / BLOCK)) * scale;
                }
                BARRIER;
                ADD_ROWS(mine, BY_KEY)
                BARRIER;
            }
            STORE_ROWS(k_to, k_to_at, mine, a.s, a.e)
            STORE_ROWS(v_to, v_to_at, mine_too, a.s, a.f)
            BARRIER;
        }
    }
}
