/* What goes along rows: scatters, the passes of a sort, and searches. */

/* out[…, index[…, i, …], …] meets source[…, i, …], in the order of i: one work-item for each row of the index. */
#define SECOND_OF(a, b) (b)
#define SCATTER(name, COMBINE)                                                                                        \
    KERNEL(scatter_##name, (CONST_BYTES index, CONST_BYTES source, BYTES out, i64 n, i64 is, i64 ss, i64 os, i64 size, \
                            const Nest rows, GLOBAL_PTR(i64) status, i64 ticket)) {                                   \
        FOR_EACH(row, rows.count) {                                                                                   \
            PLACES3(rows, row)                                                                                        \
            for (i64 i = 0; i < n; i++) {                                                                             \
                i64 at = ((GLOBAL_PTR(const i64))index)[p0 + i * is];                                                 \
                if (at < 0 || at >= size) {                                                                           \
                    fault(status, ticket, at);                                                                        \
                } else {                                                                                              \
                    i64 to = p2 + at * os;                                                                            \
                    C old = LD(out, to, rows.dtype[2]);                                                               \
                    C value = LD(source, p1 + i * ss, rows.dtype[1]);                                                 \
                    ST(out, to, rows.dtype[2], COMBINE(old, value));                                                  \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }
SCATTER(set, SECOND_OF)
SCATTER(add, sum_of)
SCATTER(mul, product_of)
#if !IS_COMPLEX
SCATTER(max, MAX_OF)
SCATTER(min, MIN_OF)

/* Note [Sorting by merging]: rows of places 0 … n - 1 are merged in runs of length 1, 2, 4, …, each place finding its
 * own position: its offset in its run and how many of the sibling run come before it. Every pass reads "from" and writes
 * "to"; ties keep their order, because a left run's place counts what is smaller and a right run's what is not greater. */
INLINE bool is_greater(C a, C b) { return a != a ? b == b : a > b; }

KERNEL(sort_begin, (BYTES to, i64 first, i64 n, i64 count)) {
    FOR_EACH(i, count) { ((GLOBAL_PTR(i64))to)[first + i] = i % n; }
}

KERNEL(sort_merge, (CONST_BYTES x, BYTES scratch, i64 read, i64 write, i64 n, i64 xs, i64 run, i32 descending,
                    const Nest rows)) {
    GLOBAL_PTR(const i64) from = (GLOBAL_PTR(const i64))scratch + read;
    GLOBAL_PTR(i64) to = (GLOBAL_PTR(i64))scratch + write;
    FOR_EACH(e, rows.count * n) {
        i64 row = e / n;
        i64 i = e - row * n;
        PLACES1(rows, row)
        i64 left = i / (2 * run) * (2 * run);
        bool in_left = i - left < run;
        i64 low = in_left ? left + run : left;
        i64 high = low + run;
        low = low < n ? low : n;
        high = high < n ? high : n;
        i64 first = low;
        i64 place = from[e];
        C key = LD(x, p0 + place * xs, rows.dtype[0]);
        while (low < high) {
            i64 middle = low + (high - low) / 2;
            C other = LD(x, p0 + from[row * n + middle] * xs, rows.dtype[0]);
            bool before = descending ? (in_left ? is_greater(other, key) : !is_greater(key, other))
                                     : (in_left ? is_greater(key, other) : !is_greater(other, key));
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        i64 own = in_left ? i - left : i - left - run;
        to[row * n + left + own + (low - first)] = place;
    }
}

KERNEL(sort_end, (CONST_BYTES x, CONST_BYTES from, BYTES values, BYTES indices, i64 first, i64 n, i64 xs, i64 vs, i64 is,
                  const Nest rows)) {
    FOR_EACH(e, rows.count * n) {
        i64 row = e / n;
        i64 i = e - row * n;
        PLACES3(rows, row)
        i64 place = ((GLOBAL_PTR(const i64))from)[first + e];
        ST(values, p1 + i * vs, rows.dtype[1], LD(x, p0 + place * xs, rows.dtype[0]));
        ((GLOBAL_PTR(i64))indices)[p2 + i * is] = place;
    }
}

/* Where values go in ascending sequences, each of which has "each" of them; operands are contiguous. */
KERNEL(search_sorted, (CONST_BYTES sequences, i64 sequences_at, CONST_BYTES values, i64 values_at, BYTES out, i64 out_at,
                       i32 dtype, i64 count, i64 length, i64 each, i32 right)) {
    FOR_EACH(i, count) {
        i64 start = sequences_at + i / each * length;
        C value = LD(values, values_at + i, dtype);
        i64 low = 0;
        i64 high = length;
        while (low < high) {
            i64 middle = low + (high - low) / 2;
            C other = LD(sequences, start + middle, dtype);
            if (right ? !is_greater(other, value) : is_greater(value, other)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        ((GLOBAL_PTR(i64))out)[out_at + i] = low;
    }
}
#endif
