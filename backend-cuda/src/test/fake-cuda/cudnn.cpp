// A libcudnn without a GPU: convolutions as they are defined, done when the fake driver's stream comes to them. It
// checks what the real one checks: that sizes fit together and that an algorithm gets the scratch memory it asked for.
#include <dlfcn.h>

#include <functional>
#include <vector>

#include "floats.h"

namespace {
enum { SUCCESS = 0, BAD_PARAM = 3, NOT_SUPPORTED = 9 };
enum { FLOAT = 0, DOUBLE = 1, HALF = 2, BRAIN = 9, NO_TF32 = 3 };
constexpr size_t SCRATCH = 4096;
constexpr int ALGORITHM = 1;

typedef int (*Enqueue)(void *stream, const std::function<int()> &task);

struct Handle {
    void *stream;
};

struct Tensor {
    int type;
    std::vector<int> sizes;
    size_t count() const {
        size_t all = 1;
        for (int size : sizes) all *= size;
        return all;
    }
};

struct Convolution {
    std::vector<int> padding, stride, dilation;
    int groups, math, type;
};

struct Performance {
    int algorithm, status;
    float time;
    size_t memory;
    int determinism, math, reserved[3];
};

std::vector<int> numbers(int count, const int *from) { return std::vector<int>(from, from + count); }

bool fits(const Tensor &x, const Tensor &w, const Convolution &c, const Tensor &y) {
    size_t rank = x.sizes.size();
    if (rank < 4 || w.sizes.size() != rank || y.sizes.size() != rank || c.padding.size() != rank - 2 ||
        x.type != w.type || x.type != y.type || c.type != (x.type == DOUBLE ? DOUBLE : FLOAT) ||
        x.sizes[0] != y.sizes[0] || x.sizes[1] != w.sizes[1] * c.groups || w.sizes[0] != y.sizes[1] ||
        w.sizes[0] % c.groups != 0) {
        return false;
    }
    for (size_t i = 0; i < rank - 2; i++) {
        int reach = c.dilation[i] * (w.sizes[i + 2] - 1) + 1;
        if (y.sizes[i + 2] != (x.sizes[i + 2] + 2 * c.padding[i] - reach) / c.stride[i] + 1) {
            return false;
        }
    }
    return true;
}

// Calls with the places in x, w and y of every product of the trilinear form.
template <typename F> void each(const Tensor &x, const Tensor &w, const Convolution &c, const Tensor &y, F f) {
    size_t axes = x.sizes.size() - 2;
    size_t windows = 1, taps = 1;
    for (size_t i = 0; i < axes; i++) {
        windows *= y.sizes[i + 2];
        taps *= w.sizes[i + 2];
    }
    int outputs = w.sizes[0] / c.groups;
    for (int n = 0; n < y.sizes[0]; n++)
        for (int o = 0; o < y.sizes[1]; o++)
            for (size_t window = 0; window < windows; window++)
                for (int k = 0; k < w.sizes[1]; k++)
                    for (size_t tap = 0; tap < taps; tap++) {
                        size_t at = 0, step = 1, restWindow = window, restTap = tap;
                        bool inside = true;
                        for (size_t i = axes; i-- > 0;) {
                            long place = (long) (restWindow % y.sizes[i + 2]) * c.stride[i] - c.padding[i] +
                                         (long) (restTap % w.sizes[i + 2]) * c.dilation[i];
                            inside &= place >= 0 && place < x.sizes[i + 2];
                            at += place * step;
                            step *= x.sizes[i + 2];
                            restWindow /= y.sizes[i + 2];
                            restTap /= w.sizes[i + 2];
                        }
                        if (inside) {
                            size_t channel = (size_t) (o / outputs) * w.sizes[1] + k;
                            f(((size_t) n * x.sizes[1] + channel) * step + at,
                              ((size_t) o * w.sizes[1] + k) * taps + tap,
                              ((size_t) n * y.sizes[1] + o) * windows + window);
                        }
                    }
}

template <typename T, typename W> W read(const T *from, size_t at, bool tf32) { return (W) from[at]; }
template <> float read<float, float>(const float *from, size_t at, bool tf32) {
    return tf32 ? tf32Of(from[at]) : from[at];
}

template <typename T, typename W>
void run(int way, Tensor dx, const void *px, Tensor dw, const void *pw, Convolution c, Tensor dy, const void *py) {
    bool tf32 = c.math != NO_TF32;
    auto *x = (const T *) px;
    auto *w = (const T *) pw;
    auto *y = (const T *) py;
    std::vector<W> sums((way == 0 ? dy : way == 1 ? dx : dw).count());
    each(dx, dw, c, dy, [&](size_t i, size_t j, size_t k) {
        if (way == 0) {
            sums[k] += read<T, W>(x, i, tf32) * read<T, W>(w, j, tf32);
        } else if (way == 1) {
            sums[i] += read<T, W>(y, k, tf32) * read<T, W>(w, j, tf32);
        } else {
            sums[j] += read<T, W>(x, i, tf32) * read<T, W>(y, k, tf32);
        }
    });
    T *out = (T *) (way == 0 ? py : way == 1 ? px : pw);
    for (size_t i = 0; i < sums.size(); i++) {
        out[i] = sums[i];
    }
}

template <typename T> void addChannels(const T *bias, T *y, const Tensor &d) {
    size_t pixels = d.count() / d.sizes[0] / d.sizes[1];
    for (size_t i = 0; i < d.count(); i++) {
        y[i] = y[i] + bias[i / pixels % d.sizes[1]];
    }
}

int later(Handle *handle, const std::function<int()> &task) {
    return ((Enqueue) dlsym(dlopen("libcuda.so.1", RTLD_LAZY), "fakeEnqueue"))(handle->stream, task);
}

int start(int way, Handle *handle, const void *one, const void *zero, const Tensor *x, const void *px, const Tensor *w,
          const void *pw, const Convolution *c, int algorithm, const void *scratch, size_t bytes, const Tensor *y,
          const void *py) {
    bool plain = x->type == DOUBLE ? *(const double *) one == 1 && *(const double *) zero == 0
                                   : *(const float *) one == 1 && *(const float *) zero == 0;
    if (!plain || algorithm != ALGORITHM) {
        return NOT_SUPPORTED;
    }
    if (!fits(*x, *w, *c, *y) || !scratch || bytes < SCRATCH) {
        return BAD_PARAM;
    }
    Tensor dx = *x, dw = *w, dy = *y;
    Convolution dc = *c;
    return later(handle, [=] {
        memset((void *) scratch, 0xFF, SCRATCH);
        switch (dx.type) {
            case FLOAT: run<float, float>(way, dx, px, dw, pw, dc, dy, py); break;
            case DOUBLE: run<double, double>(way, dx, px, dw, pw, dc, dy, py); break;
            case HALF: run<Half, float>(way, dx, px, dw, pw, dc, dy, py); break;
            default: run<Brain, float>(way, dx, px, dw, pw, dc, dy, py);
        }
        return 0;
    });
}

int suggest(const Tensor *x, const Tensor *w, const Convolution *c, const Tensor *y, int wanted, int *count,
            Performance *found) {
    if (wanted < 2 || !fits(*x, *w, *c, *y)) {
        return BAD_PARAM;
    }
    *count = 2;
    found[0] = {0, NOT_SUPPORTED, -1, 0, 1, c->math, {}};
    found[1] = {ALGORITHM, SUCCESS, 1, SCRATCH, 1, c->math, {}};
    return SUCCESS;
}
}  // namespace

extern "C" {
const char *cudnnGetErrorString(int status) {
    return status == BAD_PARAM ? "CUDNN_STATUS_BAD_PARAM" : "CUDNN_STATUS_NOT_SUPPORTED";
}

int cudnnCreate(Handle **handle) {
    *handle = new Handle{nullptr};
    return SUCCESS;
}

int cudnnSetStream(Handle *handle, void *stream) {
    handle->stream = stream;
    return SUCCESS;
}

int cudnnCreateTensorDescriptor(Tensor **d) { return *d = new Tensor(), SUCCESS; }
int cudnnDestroyTensorDescriptor(Tensor *d) { return delete d, SUCCESS; }
int cudnnCreateFilterDescriptor(Tensor **d) { return *d = new Tensor(), SUCCESS; }
int cudnnDestroyFilterDescriptor(Tensor *d) { return delete d, SUCCESS; }
int cudnnCreateConvolutionDescriptor(Convolution **d) { return *d = new Convolution(), SUCCESS; }
int cudnnDestroyConvolutionDescriptor(Convolution *d) { return delete d, SUCCESS; }

int cudnnSetTensorNdDescriptor(Tensor *d, int type, int count, const int *sizes, const int *strides) {
    d->type = type;
    d->sizes = numbers(count, sizes);
    int step = 1;
    for (int i = count; i-- > 0; step *= sizes[i]) {
        if (strides[i] != step) {
            return NOT_SUPPORTED;
        }
    }
    return count >= 4 ? SUCCESS : BAD_PARAM;
}

int cudnnSetFilterNdDescriptor(Tensor *d, int type, int format, int count, const int *sizes) {
    d->type = type;
    d->sizes = numbers(count, sizes);
    return format == 0 && count >= 4 ? SUCCESS : BAD_PARAM;
}

int cudnnSetConvolutionNdDescriptor(Convolution *d, int count, const int *padding, const int *stride,
                                    const int *dilation, int mode, int type) {
    *d = {numbers(count, padding), numbers(count, stride), numbers(count, dilation), 1, 0, type};
    return mode == 1 ? SUCCESS : NOT_SUPPORTED;
}

int cudnnSetConvolutionGroupCount(Convolution *d, int groups) { return d->groups = groups, SUCCESS; }
int cudnnSetConvolutionMathType(Convolution *d, int math) { return d->math = math, SUCCESS; }

int cudnnGetConvolutionForwardAlgorithm_v7(Handle *, Tensor *x, Tensor *w, Convolution *c, Tensor *y, int wanted,
                                           int *count, Performance *found) {
    return suggest(x, w, c, y, wanted, count, found);
}

int cudnnGetConvolutionBackwardDataAlgorithm_v7(Handle *, Tensor *w, Tensor *y, Convolution *c, Tensor *x, int wanted,
                                                int *count, Performance *found) {
    return suggest(x, w, c, y, wanted, count, found);
}

int cudnnGetConvolutionBackwardFilterAlgorithm_v7(Handle *, Tensor *x, Tensor *y, Convolution *c, Tensor *w, int wanted,
                                                  int *count, Performance *found) {
    return suggest(x, w, c, y, wanted, count, found);
}

int cudnnConvolutionForward(Handle *h, const void *one, Tensor *x, const void *px, Tensor *w, const void *pw,
                            Convolution *c, int algorithm, void *scratch, size_t bytes, const void *zero, Tensor *y,
                            void *py) {
    return start(0, h, one, zero, x, px, w, pw, c, algorithm, scratch, bytes, y, py);
}

int cudnnConvolutionBackwardData(Handle *h, const void *one, Tensor *w, const void *pw, Tensor *y, const void *py,
                                 Convolution *c, int algorithm, void *scratch, size_t bytes, const void *zero,
                                 Tensor *x, void *px) {
    return start(1, h, one, zero, x, px, w, pw, c, algorithm, scratch, bytes, y, py);
}

int cudnnConvolutionBackwardFilter(Handle *h, const void *one, Tensor *x, const void *px, Tensor *y, const void *py,
                                   Convolution *c, int algorithm, void *scratch, size_t bytes, const void *zero,
                                   Tensor *w, void *pw) {
    return start(2, h, one, zero, x, px, w, pw, c, algorithm, scratch, bytes, y, py);
}

int cudnnAddTensor(Handle *h, const void *, Tensor *bias, const void *from, const void *, Tensor *y, void *to) {
    if (bias->sizes[1] != y->sizes[1] || bias->count() != (size_t) bias->sizes[1]) {
        return BAD_PARAM;
    }
    Tensor d = *y;
    return later(h, [=] {
        switch (d.type) {
            case FLOAT: addChannels((const float *) from, (float *) to, d); break;
            case DOUBLE: addChannels((const double *) from, (double *) to, d); break;
            case HALF: addChannels((const Half *) from, (Half *) to, d); break;
            default: addChannels((const Brain *) from, (Brain *) to, d);
        }
        return 0;
    });
}
}
