/* Elements that are moved as they are, one kernel for each size in bytes; and random bits. */
typedef struct {
    i64 low, high;
} B16;
INLINE B16 wide(i64 low, i64 high) {
    B16 b;
    b.low = low;
    b.high = high;
    return b;
}

#define MOVES(bytes, T, PATTERN)                                                                                      \
    KERNEL(copy_##bytes, (CONST_BYTES x, BYTES out, const Nest n)) {                                                  \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES2(n, i)                                                                                             \
            ((GLOBAL_PTR(T))out)[p1] = ((GLOBAL_PTR(const T))x)[p0];                                                  \
        }                                                                                                             \
    }                                                                                                                 \
    KERNEL(fill_##bytes, (BYTES out, i64 low, i64 high, const Nest n)) {                                              \
        T value = PATTERN;                                                                                            \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES1(n, i)                                                                                             \
            ((GLOBAL_PTR(T))out)[p0] = value;                                                                         \
        }                                                                                                             \
    }                                                                                                                 \
    KERNEL(where_##bytes, (CONST_BYTES condition, CONST_BYTES x, CONST_BYTES y, BYTES out, const Nest n)) {           \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES4(n, i)                                                                                             \
            T a = ((GLOBAL_PTR(const T))x)[p1];                                                                       \
            T b = ((GLOBAL_PTR(const T))y)[p2];                                                                       \
            ((GLOBAL_PTR(T))out)[p3] = condition[p0] != 0 ? a : b;                                                    \
        }                                                                                                             \
    }                                                                                                                 \
    /* out[…, i, …] = x[…, index[…, i, …], …]: operands x (0 along the axis), index and out; step is x's stride. */   \
    KERNEL(gather_##bytes, (CONST_BYTES x, CONST_BYTES index, BYTES out, i64 step, i64 size, const Nest n,            \
                            GLOBAL_PTR(i64) status, i64 ticket)) {                                                    \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES3(n, i)                                                                                             \
            i64 at = ((GLOBAL_PTR(const i64))index)[p1];                                                              \
            if (at < 0 || at >= size) {                                                                               \
                fault(status, ticket, at);                                                                            \
            } else {                                                                                                  \
                ((GLOBAL_PTR(T))out)[p2] = ((GLOBAL_PTR(const T))x)[p0 + at * step];                                  \
            }                                                                                                         \
        }                                                                                                             \
    }
MOVES(1, u8, (u8)low)
MOVES(2, u16, (u16)low)
MOVES(4, u32, (u32)low)
MOVES(8, i64, low)
MOVES(16, B16, wide(low, high))

/* Indices that may count from the end of an axis of this size. */
KERNEL(wrap_index, (CONST_BYTES x, BYTES out, i64 size, const Nest n, GLOBAL_PTR(i64) status, i64 ticket)) {
    FOR_EACH(i, n.count) {
        PLACES2(n, i)
        i64 at = ((GLOBAL_PTR(const i64))x)[p0];
        if (at < -size || at >= size) {
            fault(status, ticket, at);
            at = 0;
        }
        ((GLOBAL_PTR(i64))out)[p1] = at < 0 ? at + size : at;
    }
}

/* Random bits, a block of four words a work-item. The counter is at a place of its own, or nowhere if the place is negative. */
KERNEL(random_bits, (BYTES out, CONST_BYTES counter, i64 place, i64 start, i64 seed, i64 first, i64 words)) {
    GLOBAL_PTR(u32) to = (GLOBAL_PTR(u32))out + first;
    i64 offset = start;
    if (place >= 0) {
        offset += ((GLOBAL_PTR(const i64))counter)[place];
    }
    FOR_EACH(i, (words + 3) / 4) {
        U4 bits = philox((u64)(offset + i), (u64)seed);
        i64 at = 4 * i;
        to[at] = bits.a;
        if (at + 1 < words) {
            to[at + 1] = bits.b;
        }
        if (at + 2 < words) {
            to[at + 2] = bits.c;
        }
        if (at + 3 < words) {
            to[at + 3] = bits.d;
        }
    }
}
