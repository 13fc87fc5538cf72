// Products as they are defined, for the fakes of cuBLAS and cuBLASLt.
#pragma once
#include <dlfcn.h>

#include <complex>
#include <functional>

#include "floats.h"

namespace {
enum { SUCCESS = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, NOT_SUPPORTED = 15 };
enum { SINGLE = 68, DOUBLE = 70, TF32 = 77 };

typedef int (*Enqueue)(void *stream, const std::function<int()> &task);

// What the fake driver does when its stream comes to it.
inline int enqueue(void *stream, const std::function<int()> &task) {
    return ((Enqueue) dlsym(dlopen("libcuda.so.1", RTLD_LAZY), "fakeEnqueue"))(stream, task);
}

inline const char *statusText(int status) {
    return status == INVALID_VALUE ? "CUBLAS_STATUS_INVALID_VALUE"
            : status == NOT_SUPPORTED ? "CUBLAS_STATUS_NOT_SUPPORTED"
                                      : "CUBLAS_STATUS_NOT_INITIALIZED";
}

template <typename T> T rounded(T x, bool) { return x; }
template <> float rounded(float x, bool tf32) { return tf32 ? tf32Of(x) : x; }

struct Factor {
    bool transposed;
    const void *data;
    int leading;
    long long step;
};

template <typename T, typename W>
void multiply(int m, int n, int k, Factor a, Factor b, void *out, int leading, long long step, int batch, bool tf32) {
    for (int s = 0; s < batch; s++) {
        auto *x = (const T *) a.data + s * a.step;
        auto *y = (const T *) b.data + s * b.step;
        auto *z = (T *) out + s * step;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                W sum = 0;
                for (int l = 0; l < k; l++) {
                    W p = (W) x[a.transposed ? (long) i * a.leading + l : (long) l * a.leading + i];
                    W q = (W) y[b.transposed ? (long) l * b.leading + j : (long) j * b.leading + l];
                    sum += rounded(p, tf32) * rounded(q, tf32);
                }
                z[(long) j * leading + i] = sum;
            }
        }
    }
}
}  // namespace
