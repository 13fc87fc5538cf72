// A libcublasLt without a GPU: products with their epilogues as they are defined. It refuses what it was not told: a type
// of the bias, an alignment that an address does not keep, an algorithm of another plan.
#include <cstdint>
#include <cstring>

#include "product.h"

namespace {
enum { TRANSPOSE_A = 3, EPILOGUE = 7, BIAS_POINTER = 8, BIAS_TYPE = 26, BIAS = 4, RELU_BIAS = 6 };
enum { WORKSPACE = 1, ALIGNMENT = 5 };

struct Description {
    int compute, scale;
    int32_t transposeA = 0, epilogue = 1, biasType = -1;
    const void *bias = nullptr;
};

struct Layout {
    int type;
    uint64_t rows, columns;
    int64_t leading;
};

struct Preference {
    uint64_t workspace = 0;
    uint32_t alignment[4] = {256, 256, 256, 256};
};

struct Algorithm {
    uint64_t magic, m, n, alignment[4], rest;
};

struct Result {
    Algorithm algorithm;
    size_t workspace;
    int state;
    float waves;
    int reserved[4];
};

template <typename T, typename W> int run(const Description &d, const Layout &a, const Layout &b, const void *x,
                                          const void *y, void *out, int64_t leading, const void *bias) {
    int m = (int) a.columns, n = (int) b.columns, k = (int) a.rows;
    bool tf32 = d.compute == TF32;
    multiply<T, W>(m, n, k, {true, x, (int) a.leading, 0}, {false, y, (int) b.leading, 0}, out, (int) leading, 0, 1, tf32);
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
            T *at = (T *) out + j * leading + i;
            W value = (W) *at + (W) ((const T *) bias)[i];
            *at = d.epilogue == RELU_BIAS && value < 0 ? 0 : value;
        }
    }
    return 0;
}
}  // namespace

extern "C" {
int cublasLtCreate(void **handle) {
    *handle = new int(1);
    return SUCCESS;
}

const char *cublasLtGetStatusString(int status) { return statusText(status); }

int cublasLtMatmulDescCreate(Description **made, int compute, int scale) {
    *made = new Description{compute, scale};
    return SUCCESS;
}

int cublasLtMatmulDescSetAttribute(Description *d, int attribute, const void *value, size_t bytes) {
    void *to = attribute == TRANSPOSE_A ? (void *) &d->transposeA
            : attribute == EPILOGUE ? (void *) &d->epilogue
            : attribute == BIAS_TYPE ? (void *) &d->biasType
                                     : (void *) &d->bias;
    if (bytes != (attribute == BIAS_POINTER ? 8 : 4)) {
        return INVALID_VALUE;
    }
    memcpy(to, value, bytes);
    return SUCCESS;
}

int cublasLtMatrixLayoutCreate(Layout **made, int type, uint64_t rows, uint64_t columns, int64_t leading) {
    *made = new Layout{type, rows, columns, leading};
    return leading < (int64_t) rows ? INVALID_VALUE : SUCCESS;
}

int cublasLtMatmulPreferenceCreate(Preference **made) {
    *made = new Preference();
    return SUCCESS;
}

int cublasLtMatmulPreferenceDestroy(Preference *preference) {
    delete preference;
    return SUCCESS;
}

int cublasLtMatmulPreferenceSetAttribute(Preference *p, int attribute, const void *value, size_t bytes) {
    if (attribute == WORKSPACE && bytes == 8) {
        memcpy(&p->workspace, value, 8);
    } else if (attribute >= ALIGNMENT && attribute < ALIGNMENT + 4 && bytes == 4) {
        memcpy(&p->alignment[attribute - ALIGNMENT], value, 4);
    } else {
        return INVALID_VALUE;
    }
    return SUCCESS;
}

// Nothing for products of a single column, so that callers show what they do then.
int cublasLtMatmulAlgoGetHeuristic(void *handle, Description *d, Layout *a, Layout *b, Layout *c, Layout *out,
                                   Preference *p, int most, Result *found, int *count) {
    if (!handle || most < 1 || c != out || !d->transposeA || a->rows != b->rows || out->rows != a->columns ||
        out->columns != b->columns) {
        return INVALID_VALUE;
    }
    if (a->columns == 1 || d->biasType != out->type) {
        *count = 0;
        return NOT_SUPPORTED;
    }
    *found = Result{};
    found->algorithm = {0xF1A3, out->rows, out->columns, {p->alignment[0], p->alignment[1], p->alignment[2],
                        p->alignment[3]}, 0};
    found->workspace = p->workspace;
    *count = 1;
    return SUCCESS;
}

int cublasLtMatmul(void *handle, Description *d, const void *alpha, const void *x, Layout *a, const void *y, Layout *b,
                   const void *beta, const void *c, Layout *, void *out, Layout *to, const Algorithm *algorithm,
                   void *workspace, size_t bytes, void *stream) {
    const void *addresses[] = {x, y, c, out};
    bool fits = handle && algorithm->magic == 0xF1A3 && algorithm->m == to->rows && algorithm->n == to->columns &&
                workspace && bytes > 0 && d->bias && (d->epilogue == BIAS || d->epilogue == RELU_BIAS);
    for (int i = 0; i < 4; i++) {
        fits = fits && (uint64_t) addresses[i] % algorithm->alignment[i] == 0;
    }
    bool plain = d->scale == 1 ? *(const double *) alpha == 1 && *(const double *) beta == 0
                               : *(const float *) alpha == 1 && *(const float *) beta == 0;
    if (!fits || !plain || d->compute != (d->scale == 1 ? DOUBLE : SINGLE) && d->compute != TF32) {
        return INVALID_VALUE;
    }
    const void *bias = d->bias;
    return enqueue(stream, [=, d = *d, a = *a, b = *b, leading = to->leading] {
        switch (a.type) {
            case 0: return run<float, float>(d, a, b, x, y, out, leading, bias);
            case 1: return run<double, double>(d, a, b, x, y, out, leading, bias);
            case 2: return run<Half, float>(d, a, b, x, y, out, leading, bias);
            default: return run<Brain, float>(d, a, b, x, y, out, leading, bias);
        }
    });
}
}
