// A libcublas without a GPU: products as they are defined, done when the fake driver's stream comes to them. It is as
// strict about leading dimensions as the real one.
#include "product.h"

namespace {
struct Handle {
    void *stream;
};
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
    return statusText(status);
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
