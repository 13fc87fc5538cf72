// CUDA C for g++: the words of the language, the built-in variables and the functions that kernels use.
// Nothing is included: a program should compile in a fraction of a second.
#pragma once
#include "module.h"

extern "C" {
FakeItem fake_item;
}

#define __device__
#define __forceinline__ inline
#define __noinline__
#define __constant__ static
#define __shared__ static
#define __restrict__ __restrict
#define __launch_bounds__(...)
#define threadIdx fake_item.thread
#define blockIdx fake_item.block
#define blockDim fake_item.blockSize
#define gridDim fake_item.gridSize

static inline void __syncthreads() { fake_item.barrier(); }
static inline void __threadfence() {}

// As in CUDA C++, each function is there for double, under another name for float, and overloaded for both.
#define FAKE_MATH1(name)                          \
    extern "C" double name(double) noexcept;      \
    extern "C" float name##f(float) noexcept;     \
    static inline float name(float x) { return name##f(x); }
#define FAKE_MATH2(name)                                    \
    extern "C" double name(double, double) noexcept;        \
    extern "C" float name##f(float, float) noexcept;        \
    static inline float name(float x, float y) { return name##f(x, y); }
FAKE_MATH1(exp) FAKE_MATH1(exp2) FAKE_MATH1(expm1) FAKE_MATH1(log) FAKE_MATH1(log2) FAKE_MATH1(log10)
FAKE_MATH1(log1p) FAKE_MATH1(sqrt) FAKE_MATH1(cbrt) FAKE_MATH1(sin) FAKE_MATH1(cos) FAKE_MATH1(tan) FAKE_MATH1(asin)
FAKE_MATH1(acos) FAKE_MATH1(atan) FAKE_MATH1(sinh) FAKE_MATH1(cosh) FAKE_MATH1(tanh) FAKE_MATH1(asinh)
FAKE_MATH1(acosh) FAKE_MATH1(atanh) FAKE_MATH1(erf) FAKE_MATH1(erfc) FAKE_MATH1(tgamma) FAKE_MATH1(lgamma)
FAKE_MATH1(ceil) FAKE_MATH1(floor) FAKE_MATH1(trunc) FAKE_MATH1(round) FAKE_MATH1(rint) FAKE_MATH1(nearbyint)
FAKE_MATH1(fabs) FAKE_MATH1(logb) FAKE_MATH1(j0) FAKE_MATH1(j1) FAKE_MATH1(y0) FAKE_MATH1(y1)
FAKE_MATH2(pow) FAKE_MATH2(atan2) FAKE_MATH2(fmod) FAKE_MATH2(hypot) FAKE_MATH2(copysign) FAKE_MATH2(nextafter)
FAKE_MATH2(remainder) FAKE_MATH2(fmax) FAKE_MATH2(fmin) FAKE_MATH2(fdim)
extern "C" double fma(double, double, double) noexcept;
extern "C" float fmaf(float, float, float) noexcept;
extern "C" double ldexp(double, int) noexcept;
extern "C" float ldexpf(float, int) noexcept;
extern "C" double frexp(double, int *) noexcept;
extern "C" float frexpf(float, int *) noexcept;
extern "C" int ilogb(double) noexcept;
extern "C" int ilogbf(float) noexcept;
extern "C" void sincos(double, double *, double *) noexcept;
extern "C" void sincosf(float, float *, float *) noexcept;

static inline float fma(float x, float y, float z) { return fmaf(x, y, z); }
static inline float ldexp(float x, int n) { return ldexpf(x, n); }
static inline float rsqrtf(float x) { return 1 / sqrtf(x); }
static inline float rsqrt(float x) { return 1 / sqrtf(x); }
static inline double rsqrt(double x) { return 1 / sqrt(x); }
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x) __builtin_signbit(x)

template <typename T> static inline T max(T a, T b) { return a < b ? b : a; }
template <typename T> static inline T min(T a, T b) { return b < a ? b : a; }
static inline int abs(int x) { return x < 0 ? -x : x; }
static inline long long llabs(long long x) { return x < 0 ? -x : x; }

template <typename To, typename From> static inline To fake_bits(From from) {
    static_assert(sizeof(To) == sizeof(From), "as many bits");
    To to;
    __builtin_memcpy(&to, &from, sizeof to);
    return to;
}
static inline int __float_as_int(float x) { return fake_bits<int>(x); }
static inline unsigned __float_as_uint(float x) { return fake_bits<unsigned>(x); }
static inline float __int_as_float(int x) { return fake_bits<float>(x); }
static inline float __uint_as_float(unsigned x) { return fake_bits<float>(x); }
static inline long long __double_as_longlong(double x) { return fake_bits<long long>(x); }
static inline double __longlong_as_double(long long x) { return fake_bits<double>(x); }

static inline unsigned __umulhi(unsigned a, unsigned b) { return (unsigned) ((unsigned long long) a * b >> 32); }
static inline int __mulhi(int a, int b) { return (int) ((long long) a * b >> 32); }
static inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
    return (unsigned long long) ((unsigned __int128) a * b >> 64);
}
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz(x); }
static inline int __clzll(long long x) { return x == 0 ? 64 : __builtin_clzll(x); }
static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }

// One work-item runs at a time, so that plain memory is atomic.
template <typename T> static inline T atomicExch(T *at, T value) { T old = *at; *at = value; return old; }
template <typename T> static inline T atomicAdd(T *at, T value) { T old = *at; *at = old + value; return old; }
template <typename T> static inline T atomicMax(T *at, T value) { T old = *at; *at = max(old, value); return old; }
template <typename T> static inline T atomicMin(T *at, T value) { T old = *at; *at = min(old, value); return old; }
template <typename T> static inline T atomicAnd(T *at, T value) { T old = *at; *at = old & value; return old; }
template <typename T> static inline T atomicOr(T *at, T value) { T old = *at; *at = old | value; return old; }
template <typename T> static inline T atomicCAS(T *at, T expected, T value) {
    T old = *at;
    if (old == expected) {
        *at = value;
    }
    return old;
}

// Instructions of PTX, for which nvrtc.cpp writes calls.
static inline float fake_ptx_cvt_f32_f16(unsigned short bits) { return (float) fake_bits<_Float16>(bits); }
static inline unsigned short fake_ptx_cvt_rn_f16_f32(float x) { return fake_bits<unsigned short>((_Float16) x); }

// A kernel with its arguments unpacked from the array of pointers that a launch is given.
// Nameless, because the loader would unite the arrays of sizes of all programs with a kernel of the same name.
namespace {
template <int...> struct FakeIndices {};
template <int N, int... I> struct FakeRange : FakeRange<N - 1, N - 1, I...> {};
template <int... I> struct FakeRange<0, I...> { typedef FakeIndices<I...> type; };
template <typename T> struct FakeValue { typedef T type; };
template <typename T> struct FakeValue<const T> { typedef T type; };

template <auto F> struct FakeThunk;
template <typename... A, void (*F)(A...)> struct FakeThunk<F> {
    template <int... I> static void unpack(void *const *arguments, FakeIndices<I...>) {
        F(*(typename FakeValue<A>::type *) arguments[I]...);
    }
    static void call(void *const *arguments) { unpack(arguments, typename FakeRange<sizeof...(A)>::type()); }
    static constexpr unsigned count = sizeof...(A);
    static constexpr unsigned sizes[] = {(unsigned) sizeof(A)..., 0};
};
template <typename... A, void (*F)(A...)> constexpr unsigned FakeThunk<F>::sizes[];
}  // namespace

#define FAKE_KERNEL(f) {#f, FakeThunk<f>::call, FakeThunk<f>::count, FakeThunk<f>::sizes},
