/* Reductions. The nest "kept" has out's axes: operand 0 is x, 1 is out; the nest "along" has x's reduced axes. Three ways:
 * a work-item for each result (_each); a group for each result (_group), or for each of several chunks of a result, whose
 * parts, of the computing type, _parts then combines. */
#if IS_INTEGER
#define LEAST ((i64)0x8000000000000000)
#define GREATEST ((i64)0x7FFFFFFFFFFFFFFF)
#else
#define LEAST (-INFINITY_R)
#define GREATEST INFINITY_R
#endif
/* Totals are of type A; complex ones are formed in double precision, where products overflow less. */
#if IS_COMPLEX
typedef ZW A;
#define NONZERO(a) ((a).x != 0 || (a).y != 0)
#define TOTAL(a) zw_of(a)
#define RESULT(a) z_of(a)
#define FIRST_OF(a) zw(a, 0)
#define ADD_UP(a, b) zw_add(a, b)
#define MULTIPLY_UP(a, b) zw_mul(a, b)
#else
typedef C A;
#define NONZERO(a) ((a) != 0)
#define TOTAL(a) (a)
#define RESULT(a) (a)
#define FIRST_OF(a) NUMBER(a)
#define ADD_UP(a, b) sum_of(a, b)
#define MULTIPLY_UP(a, b) product_of(a, b)
#endif

#define STORE_NUMBER(out, p, dtype, a) ST(out, p, dtype, RESULT(a))
#define STORE_TRUTH(out, p, dtype, a) ((out)[p] = NONZERO(a) ? 1 : 0)
#define SAME(a) TOTAL(a)
#define TRUTH(a) FIRST_OF(NONZERO(a) ? 1 : 0)

#define REDUCE_GROUP(COMBINE)                                                                                         \
    for (i32 half_of = LOCAL_COUNT / 2; half_of > 0; half_of /= 2) {                                                  \
        BARRIER;                                                                                                      \
        if (LOCAL_ID < half_of) {                                                                                     \
            shared[LOCAL_ID] = COMBINE(shared[LOCAL_ID], shared[LOCAL_ID + half_of]);                                 \
        }                                                                                                             \
    }                                                                                                                 \
    BARRIER;

#define REDUCE(name, FIRST, COMBINE, LIFT, STORE)                                                                     \
    KERNEL(reduce_##name##_each, (CONST_BYTES x, BYTES out, const Nest kept, const Nest along)) {                     \
        FOR_EACH(o, kept.count) {                                                                                     \
            PLACES2(kept, o)                                                                                          \
            i64 from = p0;                                                                                            \
            i64 to = p1;                                                                                              \
            A total = FIRST;                                                                                          \
            for (i64 i = 0; i < along.count; i++) {                                                                   \
                PLACES1(along, i)                                                                                     \
                C a = LD(x, from + p0, kept.dtype[0]);                                                                \
                total = COMBINE(total, LIFT(a));                                                                      \
            }                                                                                                         \
            STORE(out, to, kept.dtype[1], total);                                                                     \
        }                                                                                                             \
    }                                                                                                                 \
    KERNEL(reduce_##name##_group, (CONST_BYTES x, BYTES out, BYTES parts, i64 chunks, const Nest kept,                \
                                   const Nest along)) {                                                               \
        LOCAL_ARRAY(A, shared, LOCAL_SIZE);                                                                           \
        i64 chunk = (along.count + chunks - 1) / chunks;                                                              \
        for (i64 w = GROUP_ID; w < kept.count * chunks; w += GROUP_COUNT) {                                           \
            i64 o = w / chunks;                                                                                       \
            i64 begin = (w - o * chunks) * chunk;                                                                     \
            i64 end = begin + chunk < along.count ? begin + chunk : along.count;                                      \
            PLACES2(kept, o)                                                                                          \
            i64 from = p0;                                                                                            \
            i64 to = p1;                                                                                              \
            A total = FIRST;                                                                                          \
            for (i64 i = begin + LOCAL_ID; i < end; i += LOCAL_COUNT) {                                               \
                PLACES1(along, i)                                                                                     \
                C a = LD(x, from + p0, kept.dtype[0]);                                                                \
                total = COMBINE(total, LIFT(a));                                                                      \
            }                                                                                                         \
            shared[LOCAL_ID] = total;                                                                                 \
            REDUCE_GROUP(COMBINE)                                                                                     \
            if (LOCAL_ID == 0) {                                                                                      \
                if (chunks == 1) {                                                                                    \
                    STORE(out, to, kept.dtype[1], shared[0]);                                                         \
                } else {                                                                                              \
                    ((GLOBAL_PTR(A))parts)[w] = shared[0];                                                            \
                }                                                                                                     \
            }                                                                                                         \
            BARRIER;                                                                                                  \
        }                                                                                                             \
    }                                                                                                                 \
    KERNEL(reduce_##name##_parts, (CONST_BYTES parts, BYTES out, i64 chunks, const Nest kept)) {                      \
        FOR_EACH(o, kept.count) {                                                                                     \
            PLACES2(kept, o)                                                                                          \
            A total = FIRST;                                                                                          \
            for (i64 i = 0; i < chunks; i++) {                                                                        \
                total = COMBINE(total, ((GLOBAL_PTR(const A))parts)[o * chunks + i]);                                 \
            }                                                                                                         \
            STORE(out, p1, kept.dtype[1], total);                                                                     \
        }                                                                                                             \
    }

REDUCE(sum, FIRST_OF(0), ADD_UP, SAME, STORE_NUMBER)
REDUCE(prod, FIRST_OF(1), MULTIPLY_UP, SAME, STORE_NUMBER)
#if !IS_COMPLEX
REDUCE(max, LEAST, MAX_OF, SAME, STORE_NUMBER)
REDUCE(min, GREATEST, MIN_OF, SAME, STORE_NUMBER)
#endif
REDUCE(any, FIRST_OF(0), ADD_UP, TRUTH, STORE_TRUTH)
REDUCE(all, FIRST_OF(1), MULTIPLY_UP, TRUTH, STORE_TRUTH)

#if !IS_COMPLEX
/* Whether a, at place i, comes before b, at place j: NaN before all numbers, then the greater or smaller, the earlier. */
INLINE bool comes_before(i32 max, C a, i64 i, C b, i64 j) {
    if (a != a || b != b) {
        return a != a && (b == b || i < j);
    }
    return a == b ? i < j : max ? a > b : a < b;
}

/* The index (I64) of the first extreme along an axis of n elements, step apart. */
KERNEL(argreduce_each, (CONST_BYTES x, BYTES out, i32 max, i64 n, i64 step, const Nest kept)) {
    FOR_EACH(o, kept.count) {
        PLACES2(kept, o)
        C best = LD(x, p0, kept.dtype[0]);
        i64 at = 0;
        for (i64 i = 1; i < n; i++) {
            C a = LD(x, p0 + i * step, kept.dtype[0]);
            if (comes_before(max, a, i, best, at)) {
                best = a;
                at = i;
            }
        }
        ((GLOBAL_PTR(i64))out)[p1] = at;
    }
}

KERNEL(argreduce_group, (CONST_BYTES x, BYTES out, i32 max, i64 n, i64 step, const Nest kept)) {
    LOCAL_ARRAY(C, shared, LOCAL_SIZE);
    LOCAL_ARRAY(i64, place, LOCAL_SIZE);
    for (i64 o = GROUP_ID; o < kept.count; o += GROUP_COUNT) {
        PLACES2(kept, o)
        i64 at = LOCAL_ID < n ? LOCAL_ID : 0;
        C best = LD(x, p0 + at * step, kept.dtype[0]);
        for (i64 i = LOCAL_ID + LOCAL_COUNT; i < n; i += LOCAL_COUNT) {
            C a = LD(x, p0 + i * step, kept.dtype[0]);
            if (comes_before(max, a, i, best, at)) {
                best = a;
                at = i;
            }
        }
        shared[LOCAL_ID] = best;
        place[LOCAL_ID] = at;
        for (i32 half_of = LOCAL_COUNT / 2; half_of > 0; half_of /= 2) {
            BARRIER;
            if (LOCAL_ID < half_of && comes_before(max, shared[LOCAL_ID + half_of], place[LOCAL_ID + half_of],
                                                   shared[LOCAL_ID], place[LOCAL_ID])) {
                shared[LOCAL_ID] = shared[LOCAL_ID + half_of];
                place[LOCAL_ID] = place[LOCAL_ID + half_of];
            }
        }
        BARRIER;
        if (LOCAL_ID == 0) {
            ((GLOBAL_PTR(i64))out)[p1] = place[0];
        }
        BARRIER;
    }
}
#endif
