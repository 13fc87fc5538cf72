// A libcublas without a GPU: products as they are defined, done when the fake driver's stream comes to them. It is as
// strict about leading dimensions as the real one.
#include <dlfcn.h>

#include <complex>
#include <functional>

#include "floats.h"

namespace {
enum { SUCCESS = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, NOT_SUPPORTED = 15 };
enum { SINGLE = 68, DOUBLE = 70, TF32 = 77 };

typedef int (*Enqueue)(void *stream, const std::function<int()> &task);

struct Handle {
    void *stream;
};

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

extern "C" {
int cublasCreate_v2(Handle **handle) {
    *handle = new Handle{nullptr};
    return SUCCESS;
}

int cublasSetStream_v2(Handle *handle, void *stream) {
    handle->stream = stream;
    return SUCCESS;
}

const char *cublasGetStatusString(int status) {
    return status == INVALID_VALUE ? "CUBLAS_STATUS_INVALID_VALUE"
            : status == NOT_SUPPORTED ? "CUBLAS_STATUS_NOT_SUPPORTED"
                                      : "CUBLAS_STATUS_NOT_INITIALIZED";
}

int cublasGemmStridedBatchedEx(Handle *handle, int ta, int tb, int m, int n, int k, const void *alpha, const void *a,
                               int typeA, int lda, long long stepA, const void *b, int typeB, int ldb, long long stepB,
                               const void *beta, void *c, int typeC, int ldc, long long stepC, int batch, int compute,
                               int) {
    if (!handle || m < 0 || n < 0 || k < 0 || batch < 0 || lda < (ta ? k : m) || lda < 1 || ldb < (tb ? n : k) ||
        ldb < 1 || ldc < m || ldc < 1) {
        return INVALID_VALUE;
    }
    bool wide = typeC == 1 || typeC == 5;
    bool plain = wide ? *(const double *) alpha == 1 && *(const double *) beta == 0
                      : *(const float *) alpha == 1 && *(const float *) beta == 0;
    if (!plain || typeA != typeB || typeA != typeC || compute != (wide ? DOUBLE : SINGLE) && (compute != TF32 || typeA != 0)) {
        return NOT_SUPPORTED;
    }
    auto enqueue = (Enqueue) dlsym(dlopen("libcuda.so.1", RTLD_LAZY), "fakeEnqueue");
    bool tf32 = compute == TF32;
    return enqueue(handle->stream, [=] {
        Factor x = {ta != 0, a, lda, stepA}, y = {tb != 0, b, ldb, stepB};
        switch (typeA) {
            case 0: multiply<float, float>(m, n, k, x, y, c, ldc, stepC, batch, tf32); break;
            case 1: multiply<double, double>(m, n, k, x, y, c, ldc, stepC, batch, false); break;
            case 2: multiply<Half, float>(m, n, k, x, y, c, ldc, stepC, batch, false); break;
            case 14: multiply<Brain, float>(m, n, k, x, y, c, ldc, stepC, batch, false); break;
            case 4: multiply<std::complex<float>, std::complex<float>>(m, n, k, x, y, c, ldc, stepC, batch, false); break;
            default: multiply<std::complex<double>, std::complex<double>>(m, n, k, x, y, c, ldc, stepC, batch, false);
        }
        return 0;
    });
}
}
