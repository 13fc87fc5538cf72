/* The words in which kernels are written, for OpenCL C, CUDA C (NVRTC or nvcc, without any header) and C++ on the host.
 *
 * A kernel is KERNEL(name, (parameters)) { body }. Barriers stand in uniform control flow alone: no return before one,
 * none in a branch that work-items may take differently. Local arrays are declared at a kernel's top with LOCAL_ARRAY.
 *
 * On the host, a kernel becomes extern "C" void name(void **arguments), which does one work-item; whoever calls it
 * defines the functions declared below, and lets the items of a group wait for each other in flambeau_barrier. Items of
 * one group run on one thread.
 */
#if defined(__OPENCL_VERSION__)

/* A product and a sum are fused where the text says fma, and nowhere else; other compilers are told by an option. */
#pragma OPENCL FP_CONTRACT OFF
typedef char i8;
typedef uchar u8;
typedef short i16;
typedef ushort u16;
typedef int i32;
typedef uint u32;
typedef long i64;
typedef ulong u64;
#define KERNEL(name, parameters) __kernel void name parameters
#define INLINE static inline
#define GLOBAL_PTR(T) __global T *
#define LOCAL_PTR(T) __local T *
#define LOCAL_ARRAY(T, name, n) __local T name[n]
#define CONSTANT_PTR(T) __constant T *
#define CONSTANT_ARRAY(T, name) __constant T name[]
#define LOCAL_ID ((i32)get_local_id(0))
#define GROUP_ID ((i64)get_group_id(0))
#define LOCAL_COUNT ((i32)get_local_size(0))
#define GROUP_COUNT ((i64)get_num_groups(0))
#define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
#define GLOBAL_BARRIER barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#define COMPARE_AND_SWAP(p, old, value) atomic_cmpxchg((volatile __global i32 *)(p), old, value)
#define BITS_OF_F32(x) as_uint(x)
#define F32_OF_BITS(x) as_float(x)
#define MUL_HIGH(a, b) mul_hi(a, b)
#define LOAD_F16(p, i) vload_half(i, (const __global half *)(p))
#define STORE_F16(p, i, x) vstore_half_rte(x, i, (__global half *)(p))

#elif defined(__CUDACC__)

typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;
#define KERNEL(name, parameters) extern "C" __global__ void name parameters
#define INLINE static __device__ __forceinline__
#define GLOBAL_PTR(T) T *
#define LOCAL_PTR(T) T *
#define LOCAL_ARRAY(T, name, n) __shared__ T name[n]
#define CONSTANT_PTR(T) const T *
#define CONSTANT_ARRAY(T, name) __constant__ T name[]
#define LOCAL_ID ((i32)threadIdx.x)
#define GROUP_ID ((i64)blockIdx.x)
#define LOCAL_COUNT ((i32)blockDim.x)
#define GROUP_COUNT ((i64)gridDim.x)
#define BARRIER __syncthreads()
#define GLOBAL_BARRIER __syncthreads()
#define COMPARE_AND_SWAP(p, old, value) atomicCAS((i32 *)(p), old, value)
#define BITS_OF_F32(x) __float_as_uint(x)
#define F32_OF_BITS(x) __uint_as_float(x)
#define MUL_HIGH(a, b) __umulhi(a, b)
static __device__ __forceinline__ float flambeau_from_f16(u16 bits) {
    float x;
    asm("{ cvt.f32.f16 %0, %1; }" : "=f"(x) : "h"(bits));
    return x;
}
static __device__ __forceinline__ u16 flambeau_to_f16(float x) {
    u16 bits;
    asm("{ cvt.rn.f16.f32 %0, %1; }" : "=h"(bits) : "f"(x));
    return bits;
}
#define LOAD_F16(p, i) flambeau_from_f16(((const u16 *)(p))[i])
#define STORE_F16(p, i, x) (((u16 *)(p))[i] = flambeau_to_f16(x))

#else

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <utility>
typedef int8_t i8;
typedef uint8_t u8;
typedef int16_t i16;
typedef uint16_t u16;
typedef int32_t i32;
typedef uint32_t u32;
typedef long long i64;
typedef unsigned long long u64;
extern "C" {
i32 flambeau_local_id(void);
i64 flambeau_group_id(void);
i32 flambeau_local_count(void);
i64 flambeau_group_count(void);
void flambeau_barrier(void);
}
template <class... A, size_t... I>
static inline void flambeau_call(void (*f)(A...), void **p, std::index_sequence<I...>) {
    f(*(A *)p[I]...);
}
template <class... A> static inline void flambeau_call(void (*f)(A...), void **p) {
    flambeau_call(f, p, std::index_sequence_for<A...>());
}
#define KERNEL(name, parameters)                                                                                      \
    static void name##_item parameters;                                                                               \
    extern "C" void name(void **p) { flambeau_call(name##_item, p); }                                                 \
    static void name##_item parameters
#define INLINE static inline
#define GLOBAL_PTR(T) T *
#define LOCAL_PTR(T) T *
#define LOCAL_ARRAY(T, name, n) static thread_local T name[n]
#define CONSTANT_PTR(T) const T *
#define CONSTANT_ARRAY(T, name) static const T name[]
#define LOCAL_ID flambeau_local_id()
#define GROUP_ID flambeau_group_id()
#define LOCAL_COUNT flambeau_local_count()
#define GROUP_COUNT flambeau_group_count()
#define BARRIER flambeau_barrier()
#define GLOBAL_BARRIER flambeau_barrier()
static inline i32 flambeau_compare_and_swap(i32 *p, i32 old, i32 value) {
    i32 was = *p;
    if (was == old) {
        *p = value;
    }
    return was;
}
#define COMPARE_AND_SWAP(p, old, value) flambeau_compare_and_swap((i32 *)(p), old, value)
static inline u32 BITS_OF_F32(float x) {
    u32 bits;
    memcpy(&bits, &x, 4);
    return bits;
}
static inline float F32_OF_BITS(u32 bits) {
    float x;
    memcpy(&x, &bits, 4);
    return x;
}
#define MUL_HIGH(a, b) ((u32)((u64)(a) * (u64)(b) >> 32))
static inline float rsqrt(float x) { return 1 / sqrtf(x); }
static inline double rsqrt(double x) { return 1 / sqrt(x); }
/* Exact for every bit pattern: the exponent is moved by a multiplication, which also makes subnormals normal. */
static inline float flambeau_from_f16(u16 bits) {
    float x = F32_OF_BITS((u32)(bits & 0x7FFF) << 13) * 0x1p112f;
    u32 magnitude = BITS_OF_F32(x);
    if ((bits & 0x7C00) == 0x7C00) {
        magnitude = 0x7F800000u | (u32)(bits & 0x3FF) << 13;
    }
    return F32_OF_BITS(magnitude | (u32)(bits & 0x8000) << 16);
}
/* To nearest, ties to even. Below 2^-14 the spacing is 2^-24: adding 0.5 (whose last place that is) rounds. */
static inline u16 flambeau_to_f16(float x) {
    u32 bits = BITS_OF_F32(x);
    u32 sign = bits >> 16 & 0x8000;
    u32 magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) {
        return (u16)(sign | 0x7E00);
    }
    if (magnitude < 0x38800000) {
        return (u16)(sign | (BITS_OF_F32(F32_OF_BITS(magnitude) + 0.5f) - 0x3F000000));
    }
    u32 rounded = magnitude + 0xFFF + (magnitude >> 13 & 1);
    return (u16)(sign | (rounded >= 0x47800000 ? 0x7C00 : (rounded - 0x38000000) >> 13));
}
#define LOAD_F16(p, i) flambeau_from_f16(((const u16 *)(p))[i])
#define STORE_F16(p, i, x) (((u16 *)(p))[i] = flambeau_to_f16(x))

#endif
