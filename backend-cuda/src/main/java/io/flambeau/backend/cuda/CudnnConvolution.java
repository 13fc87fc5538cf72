package io.flambeau.backend.cuda;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of these sizes, or one of its two gradients. The descriptors are made for each call, which costs little;
 * the algorithm is asked for once.
 */
final class CudnnConvolution implements Kernel {
    /** Which of x, the weight and y is computed from the others; see Note [Three bilinear maps] of the operation. */
    enum Way {
        FORWARD("Forward", "cudnnConvolutionForward"),
        INPUT("BackwardData", "cudnnConvolutionBackwardData"),
        WEIGHT("BackwardFilter", "cudnnConvolutionBackwardFilter");

        final String name;
        final String function;

        Way(String name, String function) {
            this.name = name;
            this.function = function;
        }
    }

    /** An algorithm, the arithmetic it wants, and the bytes it needs. */
    private record Choice(int algorithm, int math, long bytes) {}

    private static final int NCHW = 0;
    private static final int CROSS_CORRELATION = 1;
    private static final int TENSOR_CORES = 1;
    private static final int NO_TF32 = 3;
    private static final int ALGORITHMS = 8;
    /** The bytes of cudnnConvolution…AlgoPerf_t, and where its fields lie. */
    private static final int PERFORMANCE = 48;

    private static final int STATUS = 4;
    private static final int MEMORY = 16;
    private static final int MATH = 28;
    private static final long MOST_SCRATCH = 1L << 30;

    private final Cudnn cudnn;
    private final Way way;
    private final DType dtype;
    private final int[] x;
    private final int[] weight;
    private final int[] y;
    private final int[] padding;
    private final int[] stride;
    private final int[] dilation;
    private final int groups;
    private volatile @Nullable Choice choice;

    private CudnnConvolution(Cudnn cudnn, Way way, Sliding sliding, int groups, Spec x, Spec weight, Spec y) {
        this.cudnn = cudnn;
        this.way = way;
        this.dtype = x.dtype();
        this.x = sizes(x.shape());
        this.weight = sizes(weight.shape());
        this.y = sizes(y.shape());
        this.groups = groups;
        padding = spatial(sliding, Part.PADDING);
        stride = spatial(sliding, Part.STRIDE);
        dilation = spatial(sliding, Part.DILATION);
    }

    /** Null where the library has no such convolution. */
    static @Nullable CudnnConvolution of(
            Cudnn cudnn, Way way, Sliding sliding, long groups, Spec x, Spec weight, Spec y) {
        int axes = sliding.axes();
        boolean possible = Cudnn.type(x.dtype()) >= 0
                && axes >= 1
                && axes <= 3
                && sliding.before().equals(sliding.after())
                && fits(x.shape())
                && fits(weight.shape())
                && fits(y.shape());
        return possible ? new CudnnConvolution(cudnn, way, sliding, (int) groups, x, weight, y) : null;
    }

    private static boolean fits(Shape shape) {
        return shape.count() > 0 && shape.count() <= Integer.MAX_VALUE;
    }

    /** The library knows two spatial axes or three: a single one gets one of size 1 before it. */
    private static int[] sizes(Shape shape) {
        boolean single = shape.rank() == 3;
        int[] sizes = new int[single ? 4 : shape.rank()];
        for (int i = 0; i < sizes.length; i++) {
            int from = single && i == 3 ? 2 : i;
            sizes[i] = single && i == 2 ? 1 : (int) shape.size(from);
        }
        return sizes;
    }

    private enum Part {
        PADDING,
        STRIDE,
        DILATION
    }

    private static int[] spatial(Sliding sliding, Part part) {
        int axes = sliding.axes();
        int[] numbers = new int[Math.max(axes, 2)];
        if (axes == 1) {
            numbers[0] = part == Part.PADDING ? 0 : 1;
        }
        for (int i = 0; i < axes; i++) {
            numbers[numbers.length - axes + i] = (int)
                    switch (part) {
                        case PADDING -> sliding.before().at(i);
                        case STRIDE -> sliding.stride().at(i);
                        case DILATION -> sliding.dilation().at(i);
                    };
        }
        return numbers;
    }

    @Override
    public void run(View[] inputs, View[] outputs) {
        CudaDevice device = CudaDevice.of(outputs[0]);
        Cudnn.Session session = cudnn.session(device);
        synchronized (session) {
            cudnn.follow(session);
            try (Descriptors d = new Descriptors()) {
                Choice chosen = choice;
                if (chosen == null) {
                    chosen = d.choose(session);
                    choice = chosen;
                }
                cudnn.call("cudnnSetConvolutionMathType", d.convolution, chosen.math);
                MemorySegment scratch = session.scratch(chosen.bytes);
                MemorySegment first = at(inputs[0]);
                MemorySegment second = at(inputs[1]);
                MemorySegment out = at(outputs[0]);
                MemorySegment handle = session.handle;
                // The library takes the factors in the order x, weight, y, but the weight before y's gradient.
                MemorySegment[] f = switch (way) {
                    case FORWARD -> new MemorySegment[] {d.x, first, d.weight, second, d.y};
                    case INPUT -> new MemorySegment[] {d.weight, second, d.y, first, d.x};
                    case WEIGHT -> new MemorySegment[] {d.x, first, d.y, second, d.weight};
                };
                cudnn.call(
                        way.function,
                        handle,
                        d.one,
                        f[0],
                        f[1],
                        f[2],
                        f[3],
                        d.convolution,
                        chosen.algorithm,
                        scratch,
                        chosen.bytes,
                        d.zero,
                        f[4],
                        out);
                if (inputs.length > 2) {
                    cudnn.call("cudnnAddTensor", handle, d.one, d.bias(), at(inputs[2]), d.one, d.y, out);
                }
            }
        }
    }

    private static MemorySegment at(View view) {
        return MemorySegment.ofAddress(view.address());
    }

    /** The library's descriptions of this convolution, and the scalars 1 and 0. */
    private final class Descriptors implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        final MemorySegment one = scalar(1);
        final MemorySegment zero = scalar(0);
        final MemorySegment x;
        final MemorySegment weight;
        final MemorySegment y;
        final MemorySegment convolution;
        private @Nullable MemorySegment bias;

        Descriptors() {
            x = tensor(CudnnConvolution.this.x);
            y = tensor(CudnnConvolution.this.y);
            weight = made("cudnnCreateFilterDescriptor");
            int[] sizes = CudnnConvolution.this.weight;
            cudnn.call("cudnnSetFilterNdDescriptor", weight, Cudnn.type(dtype), NCHW, sizes.length, ints(sizes));
            convolution = made("cudnnCreateConvolutionDescriptor");
            cudnn.call(
                    "cudnnSetConvolutionNdDescriptor",
                    convolution,
                    padding.length,
                    ints(padding),
                    ints(stride),
                    ints(dilation),
                    CROSS_CORRELATION,
                    Cudnn.type(dtype == DType.F64 ? DType.F64 : DType.F32));
            cudnn.call("cudnnSetConvolutionGroupCount", convolution, groups);
            boolean half = dtype == DType.F16 || dtype == DType.BF16;
            int math = half ? TENSOR_CORES : Cuda.allowsTf32Convolutions() ? 0 : NO_TF32;
            cudnn.call("cudnnSetConvolutionMathType", convolution, math);
        }

        private MemorySegment scalar(int value) {
            MemorySegment scalar = arena.allocate(8, 8);
            if (dtype == DType.F64) {
                scalar.set(ValueLayout.JAVA_DOUBLE, 0, value);
            } else {
                scalar.set(ValueLayout.JAVA_FLOAT, 0, value);
            }
            return scalar;
        }

        private MemorySegment ints(int[] values) {
            return arena.allocateFrom(ValueLayout.JAVA_INT, values);
        }

        private MemorySegment made(String function) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            cudnn.call(function, out);
            return out.get(ValueLayout.ADDRESS, 0);
        }

        private MemorySegment tensor(int[] sizes) {
            MemorySegment tensor = made("cudnnCreateTensorDescriptor");
            int[] strides = new int[sizes.length];
            for (int i = sizes.length - 1, step = 1; i >= 0; step *= sizes[i--]) {
                strides[i] = step;
            }
            cudnn.call(
                    "cudnnSetTensorNdDescriptor", tensor, Cudnn.type(dtype), sizes.length, ints(sizes), ints(strides));
            return tensor;
        }

        /** One number for each channel of y. */
        MemorySegment bias() {
            int[] sizes = new int[CudnnConvolution.this.y.length];
            java.util.Arrays.fill(sizes, 1);
            sizes[1] = CudnnConvolution.this.y[1];
            bias = tensor(sizes);
            return bias;
        }

        /** The algorithm that the library holds for the fastest of those that need no more memory than allowed. */
        Choice choose(Cudnn.Session session) {
            MemorySegment[] f = switch (way) {
                case FORWARD -> new MemorySegment[] {x, weight, y};
                case INPUT -> new MemorySegment[] {weight, y, x};
                case WEIGHT -> new MemorySegment[] {x, y, weight};
            };
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment found = arena.allocate((long) ALGORITHMS * PERFORMANCE, 8);
            cudnn.call(
                    "cudnnGetConvolution" + way.name + "Algorithm_v7",
                    session.handle,
                    f[0],
                    f[1],
                    convolution,
                    f[2],
                    ALGORITHMS,
                    count,
                    found);
            for (int i = 0; i < count.get(ValueLayout.JAVA_INT, 0); i++) {
                MemorySegment each = found.asSlice((long) i * PERFORMANCE, PERFORMANCE);
                long bytes = each.get(ValueLayout.JAVA_LONG, MEMORY);
                if (each.get(ValueLayout.JAVA_INT, STATUS) == 0 && bytes <= MOST_SCRATCH) {
                    return new Choice(each.get(ValueLayout.JAVA_INT, 0), each.get(ValueLayout.JAVA_INT, MATH), bytes);
                }
            }
            throw new DeviceException(
                    "convolution",
                    cudnn + " has no algorithm for x " + java.util.Arrays.toString(CudnnConvolution.this.x)
                            + " and weight " + java.util.Arrays.toString(CudnnConvolution.this.weight)
                            + "; use -Dflambeau.cuda.cudnn=false",
                    Fault.BACKEND_FAILED);
        }

        @Override
        public void close() {
            cudnn.call("cudnnDestroyTensorDescriptor", x);
            cudnn.call("cudnnDestroyTensorDescriptor", y);
            if (bias != null) {
                cudnn.call("cudnnDestroyTensorDescriptor", bias);
            }
            cudnn.call("cudnnDestroyFilterDescriptor", weight);
            cudnn.call("cudnnDestroyConvolutionDescriptor", convolution);
            arena.close();
        }
    }
}
