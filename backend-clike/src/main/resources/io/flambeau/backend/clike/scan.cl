/* What is accumulated along rows, each element with all before it. A row has n elements, steps apart in x, out and places;
 * the nest has the other axes. An item takes a row ("_each"), or a group does ("_group"): a tile of some elements for each
 * item at a time, which first combines its own, then learns what those before it combine to, then writes. */
#define RUN 8
#define PARAMETERS (CONST_BYTES x, BYTES out, BYTES places, i64 n, i64 xs, i64 os, i64 ps, const Nest rows)
#define READ(i) LD(x, p0 + (i) * xs, rows.dtype[0])
#define WRITE(i, value) ST(out, p1 + (i) * os, rows.dtype[1], value)

#define SCAN(name, S, NOTHING, TAKE, COMBINE, GIVE)                                                                   \
    KERNEL(scan_##name##_each, PARAMETERS) {                                                                          \
        FOR_EACH(row, rows.count) {                                                                                   \
            PLACES3(rows, row)                                                                                        \
            S total = NOTHING;                                                                                        \
            for (i64 i = 0; i < n; i++) {                                                                             \
                total = COMBINE(total, TAKE(i));                                                                      \
                GIVE(i, total);                                                                                       \
            }                                                                                                         \
        }                                                                                                             \
    }                                                                                                                 \
    KERNEL(scan_##name##_group, PARAMETERS) {                                                                         \
        LOCAL_ARRAY(S, shared, LOCAL_SIZE);                                                                           \
        for (i64 row = GROUP_ID; row < rows.count; row += GROUP_COUNT) {                                              \
            PLACES3(rows, row)                                                                                        \
            S carry = NOTHING;                                                                                        \
            for (i64 tile = 0; tile < n; tile += (i64)RUN * LOCAL_COUNT) {                                            \
                i64 first = tile + (i64)RUN * LOCAL_ID;                                                               \
                i64 last = first + RUN < n ? first + RUN : n;                                                         \
                S total = NOTHING;                                                                                    \
                for (i64 i = first; i < last; i++) {                                                                  \
                    total = COMBINE(total, TAKE(i));                                                                  \
                }                                                                                                     \
                shared[LOCAL_ID] = total;                                                                             \
                for (i32 step = 1; step < LOCAL_COUNT; step *= 2) {                                                   \
                    BARRIER;                                                                                          \
                    S before = NOTHING;                                                                               \
                    if (LOCAL_ID >= step) {                                                                           \
                        before = shared[LOCAL_ID - step];                                                             \
                    }                                                                                                 \
                    BARRIER;                                                                                          \
                    total = COMBINE(before, total);                                                                   \
                    shared[LOCAL_ID] = total;                                                                         \
                }                                                                                                     \
                BARRIER;                                                                                              \
                total = carry;                                                                                        \
                if (LOCAL_ID > 0) {                                                                                   \
                    total = COMBINE(carry, shared[LOCAL_ID - 1]);                                                     \
                }                                                                                                     \
                carry = COMBINE(carry, shared[LOCAL_COUNT - 1]);                                                      \
                BARRIER;                                                                                              \
                for (i64 i = first; i < last; i++) {                                                                  \
                    total = COMBINE(total, TAKE(i));                                                                  \
                    GIVE(i, total);                                                                                   \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }
SCAN(sum, C, NUMBER(0), READ, sum_of, WRITE)
SCAN(prod, C, NUMBER(1), READ, product_of, WRITE)

/* Sums of exponentials, in logarithms. */
#if IS_COMPLEX
#define READ_WIDE(i) zw_of(READ(i))
#define WRITE_WIDE(i, value) WRITE(i, z_of(value))
SCAN(logsumexp, ZW, zw(-W_INFINITY, 0), READ_WIDE, zw_log_add_exp, WRITE_WIDE)
#elif IS_REAL
#define READ_WIDE(i) (W) READ(i)
#define WRITE_WIDE(i, value) WRITE(i, (R)(value))
SCAN(logsumexp, W, -W_INFINITY, READ_WIDE, w_log_add_exp, WRITE_WIDE)
#endif

/* Extremes and their places, the last of equal ones; NaN is beyond all. */
#if !IS_COMPLEX
typedef struct {
    C value;
    i64 at;
} Extreme;
INLINE Extreme extreme(C value, i64 at) {
    Extreme e;
    e.value = value;
    e.at = at;
    return e;
}
INLINE Extreme greater_of(Extreme a, Extreme b) {
    return a.at < 0 || (b.at >= 0 && (b.value != b.value || b.value >= a.value)) ? b : a;
}
INLINE Extreme smaller_of(Extreme a, Extreme b) {
    return a.at < 0 || (b.at >= 0 && (b.value != b.value || b.value <= a.value)) ? b : a;
}
#define READ_EXTREME(i) extreme(READ(i), i)
#define WRITE_EXTREME(i, e)                                                                                           \
    WRITE(i, (e).value);                                                                                              \
    ((GLOBAL_PTR(i64))places)[p2 + (i) * ps] = (e).at
SCAN(max, Extreme, extreme(0, -1), READ_EXTREME, greater_of, WRITE_EXTREME)
SCAN(min, Extreme, extreme(0, -1), READ_EXTREME, smaller_of, WRITE_EXTREME)
#endif
