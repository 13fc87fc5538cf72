/* Elements and where they lie. KIND (see Kind) decides R, the real computing type, and C, the computing type; LD reads an
 * element of any of the kind's dtypes as a C, ST writes one. The dtype, DType's ordinal, is told at run time.
 */
#define BYTES GLOBAL_PTR(u8)
#define CONST_BYTES GLOBAL_PTR(const u8)
#define BOOL 0
#define U8 1
#define I8 2
#define I16 3
#define I32 4
#define I64 5
#define F16 6
#define BF16 7
#define F32 8
#define F64 9
#define C64 10
#define C128 11

#define RAW 6
#define IS_INTEGER (KIND == 0)
#define IS_HALF (KIND == 1)
#define IS_REAL (KIND >= 1 && KIND <= 3)
#define IS_COMPLEX (KIND == 4 || KIND == 5)

#if KIND == 3 || KIND == 5
typedef double R;
#else
typedef float R;
#endif
typedef struct {
    R x, y;
} Z;
#if IS_INTEGER
typedef i64 C;
#elif IS_COMPLEX
typedef Z C;
#else
typedef R C;
#endif

#define NAN_R ((R)NAN)
#define INFINITY_R ((R)INFINITY)
#if !defined(NAN)
#define NAN F32_OF_BITS(0x7FC00000u)
#endif
#if !defined(INFINITY)
#define INFINITY F32_OF_BITS(0x7F800000u)
#endif

/* Sizes and strides of up to four operands, axes merged where all allow it; strides and offsets count elements. */
#define AXES 8
#define OPERANDS 4
typedef struct {
    i64 count;
    i64 offset[OPERANDS];
    i64 size[AXES];
    i64 stride[OPERANDS][AXES];
    i32 dtype[OPERANDS];
    i32 rank;
    i32 unused;
} Nest;

INLINE u64 quotient(u64 a, u64 b) { return ((a | b) >> 32) == 0 ? (u64)((u32)a / (u32)b) : a / b; }

/* Declares p0 … of the first operands of a nest for element i. */
#define PLACES(n, i, EACH)                                                                                            \
    i64 p0 = (n).offset[0], p1 = (n).offset[1], p2 = (n).offset[2], p3 = (n).offset[3];                               \
    {                                                                                                                 \
        u64 left = (u64)(i);                                                                                          \
        for (i32 d = (n).rank - 1; d > 0; d--) {                                                                      \
            u64 q = quotient(left, (u64)(n).size[d]);                                                                 \
            i64 r = (i64)(left - q * (u64)(n).size[d]);                                                               \
            EACH(n, r, d)                                                                                             \
            left = q;                                                                                                 \
        }                                                                                                             \
        EACH(n, (i64)left, 0)                                                                                         \
    }                                                                                                                 \
    (void)p0, (void)p1, (void)p2, (void)p3;
#define EACH1(n, r, d) p0 += (r) * (n).stride[0][d];
#define EACH2(n, r, d) EACH1(n, r, d) p1 += (r) * (n).stride[1][d];
#define EACH3(n, r, d) EACH2(n, r, d) p2 += (r) * (n).stride[2][d];
#define EACH4(n, r, d) EACH3(n, r, d) p3 += (r) * (n).stride[3][d];
#define PLACES1(n, i) PLACES(n, i, EACH1)
#define PLACES2(n, i) PLACES(n, i, EACH2)
#define PLACES3(n, i) PLACES(n, i, EACH3)
#define PLACES4(n, i) PLACES(n, i, EACH4)

/* Every work-item takes every so many elements. */
#define ITEM_ID (GROUP_ID * LOCAL_COUNT + LOCAL_ID)
#define ITEM_COUNT (GROUP_COUNT * LOCAL_COUNT)
#define FOR_EACH(i, count) for (i64 i = ITEM_ID; i < (count); i += ITEM_COUNT)

INLINE float load_bf16(CONST_BYTES p, i64 i) { return F32_OF_BITS((u32)((GLOBAL_PTR(const u16))p)[i] << 16); }

INLINE void store_bf16(BYTES p, i64 i, float x) {
    u32 bits = BITS_OF_F32(x);
    bits = x != x ? (bits >> 16 | 0x40) : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    ((GLOBAL_PTR(u16))p)[i] = (u16)bits;
}

INLINE i64 load_integer(CONST_BYTES p, i64 i, i32 dtype) {
    switch (dtype) {
    case I8:
        return ((GLOBAL_PTR(const i8))p)[i];
    case I16:
        return ((GLOBAL_PTR(const i16))p)[i];
    case I32:
        return ((GLOBAL_PTR(const i32))p)[i];
    case I64:
        return ((GLOBAL_PTR(const i64))p)[i];
    default:
        return p[i];
    }
}

INLINE void store_integer(BYTES p, i64 i, i32 dtype, i64 x) {
    switch (dtype) {
    case BOOL:
        p[i] = x != 0;
        break;
    case I16:
        ((GLOBAL_PTR(i16))p)[i] = (i16)x;
        break;
    case I32:
        ((GLOBAL_PTR(i32))p)[i] = (i32)x;
        break;
    case I64:
        ((GLOBAL_PTR(i64))p)[i] = x;
        break;
    default:
        p[i] = (u8)x;
    }
}

#if IS_INTEGER
#define LD(p, i, dtype) load_integer(p, i, dtype)
#define ST(p, i, dtype, x) store_integer(p, i, dtype, x)
#elif IS_HALF
INLINE float load_half_type(CONST_BYTES p, i64 i, i32 dtype) { return dtype == F16 ? LOAD_F16(p, i) : load_bf16(p, i); }
INLINE void store_half_type(BYTES p, i64 i, i32 dtype, float x) {
    if (dtype == F16) {
        STORE_F16(p, i, x);
    } else {
        store_bf16(p, i, x);
    }
}
#define LD(p, i, dtype) load_half_type(p, i, dtype)
#define ST(p, i, dtype, x) store_half_type(p, i, dtype, x)
#elif KIND != RAW
#define LD(p, i, dtype) (((GLOBAL_PTR(const C))(p))[i])
#define ST(p, i, dtype, x) (((GLOBAL_PTR(C))(p))[i] = (x))
#endif

INLINE Z complex_of(R x, R y) {
    Z z;
    z.x = x;
    z.y = y;
    return z;
}

/* The greater of two zeros is the positive one. */
INLINE R real_maximum(R x, R y) { return x != x ? x : y != y ? y : x > y ? x : y > x ? y : copysign((R)1, x) > 0 ? x : y; }
INLINE R real_minimum(R x, R y) { return x != x ? x : y != y ? y : x < y ? x : y < x ? y : copysign((R)1, x) < 0 ? x : y; }

/* Exactly 1 beyond, where some devices come close only, and 1 - tanh(x)^2 must be 0. */
INLINE R real_tanh(R x) { return fabs(x) > 20 ? copysign((R)1, x) : tanh(x); }

#if IS_INTEGER
#define MAX_OF(a, b) ((a) > (b) ? (a) : (b))
#define MIN_OF(a, b) ((a) < (b) ? (a) : (b))
#define NUMBER(a) ((i64)(a))
#elif IS_REAL
#define MAX_OF(a, b) real_maximum(a, b)
#define MIN_OF(a, b) real_minimum(a, b)
#define NUMBER(a) ((R)(a))
#elif IS_COMPLEX
#define NUMBER(a) complex_of(a, 0)
#endif
#if IS_COMPLEX
INLINE C sum_of(C a, C b) { return complex_of(a.x + b.x, a.y + b.y); }
INLINE C product_of(C a, C b) { return complex_of(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
#elif KIND != RAW
INLINE C sum_of(C a, C b) { return a + b; }
INLINE C product_of(C a, C b) { return a * b; }
#endif

/* Philox4x32-10: block i of the stream that Note [The random stream] of io.flambeau.tensor.op.Random lays out. */
typedef struct {
    u32 a, b, c, d;
} U4;
INLINE U4 philox(u64 block, u64 seed) {
    u32 c0 = (u32)block, c1 = (u32)(block >> 32), c2 = 0, c3 = 0;
    u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
    for (i32 round = 0; round < 10; round++) {
        u32 high0 = MUL_HIGH(0xD2511F53u, c0), low0 = 0xD2511F53u * c0;
        u32 high1 = MUL_HIGH(0xCD9E8D57u, c2), low1 = 0xCD9E8D57u * c2;
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    U4 words;
    words.a = c0;
    words.b = c1;
    words.c = c2;
    words.d = c3;
    return words;
}

/* Notes the first fault of a device: what it was told to be (ticket), and the value that was wrong. Read by the host. */
INLINE void fault(GLOBAL_PTR(i64) status, i64 ticket, i64 value) {
    if (COMPARE_AND_SWAP(status, 0, 1) == 0) {
        status[1] = ticket;
        status[2] = value;
    }
}
