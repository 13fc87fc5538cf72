package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.op.conv.Sliding;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.op.norm.LayerNorm;
import io.flambeau.tensor.op.norm.LayerNormBackward;
import io.flambeau.tensor.op.norm.LogSoftmax;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.op.norm.SoftmaxBackward;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once compiled, kernels keep their vectors in registers, also where other operations ran before. */
class HeapTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A call's tensors, views and messages; vectors on the heap would take a megabyte. */
    private static final long LIMIT = 64 * 1024;

    @BeforeAll
    static void others() {
        Tensor x = Tensors.randn(100, 200);
        for (int i = 0; i < 60; i++) {
            for (DType dtype : new DType[] {DType.F32, DType.F64, DType.F16, DType.I64}) {
                Tensor a = x.to(dtype);
                for (Unary op : Unary.values()) {
                    if (op.isDefined(dtype)) {
                        run(op, a);
                    }
                }
                run(Binary.ADD, a, a);
                run(Binary.MAXIMUM, a, a);
                for (int axes = 1; axes < 4; axes++) {
                    run(new Reduce(Reduce.Kind.SUM, axes), a);
                    run(new Reduce(Reduce.Kind.MAX, axes), a);
                }
            }
            run(new ActivationBackward(new Gelu(true)), x, x);
            run(new Softmax(1), x);
            run(new LayerNorm(1, false, false, 1e-5), x);
        }
    }

    private static void run(Op op, Tensor... in) {
        try (Scope _ = Scope.open("step")) {
            Tensor.bindAll(op, in);
        }
    }

    private static void staysOffTheHeap(Op op, Tensor... in) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 100 && bytes > LIMIT; round++) {
            long before = THREADS.getTotalThreadAllocatedBytes();
            for (int call = 0; call < 50; call++) {
                run(op, in);
            }
            bytes = (THREADS.getTotalThreadAllocatedBytes() - before) / 50;
        }
        assertThat(bytes).as("bytes of a call of %s", op).isLessThan(LIMIT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reduce.Kind.class,
            names = {"SUM", "PROD", "MAX", "MIN"})
    void reductions(Reduce.Kind kind) {
        for (DType dtype : new DType[] {DType.F32, DType.F64}) {
            Tensor x = Tensors.randn(200, 1030).to(dtype);
            for (int axes = 1; axes < 4; axes++) {
                staysOffTheHeap(new Reduce(kind, axes), x);
            }
        }
        staysOffTheHeap(new Reduce(kind, 2), Tensors.randn(20, 10_300));
    }

    @Test
    void norms() {
        Tensor x = Tensors.randn(200, 1030);
        Tensor weight = Tensors.randn(1030);
        staysOffTheHeap(new Softmax(1), x);
        staysOffTheHeap(new LogSoftmax(1), x);
        staysOffTheHeap(new SoftmaxBackward(1), x, x);
        staysOffTheHeap(new LayerNorm(1, true, true, 1e-5), x, weight, weight);
        Tensor rows = Tensors.ones(200, 1);
        staysOffTheHeap(new LayerNormBackward(1, true, 1e-5), x, x, rows, rows, weight);
    }

    @Test
    void normsOfChannels() {
        Tensor x = Tensors.randn(4, 8, 80, 81);
        Tensor channel = Tensors.ones(8);
        staysOffTheHeap(new BatchNorm(true, true, 1e-5), x, channel, channel);
        staysOffTheHeap(new BatchNormBackward(true, 1e-5), x, x, channel, channel, channel);
        staysOffTheHeap(new GroupNorm(2, true, true, 1e-5), x, channel, channel);
        Tensor groups = Tensors.ones(4, 2);
        staysOffTheHeap(new GroupNormBackward(2, true, 1e-5), x, x, groups, groups, channel);
    }

    /** One of each way: minimal filters, packed windows with and without stride, few channels, groups. */
    @Test
    void convolutions() {
        int[][] cases = {{32, 32, 1, 1}, {32, 48, 2, 1}, {3, 48, 1, 1}, {32, 32, 1, 32}, {32, 32, 1, 4}};
        for (int[] c : cases) {
            Axes pad = Axes.of(1L, 1L);
            Sliding sliding = new Sliding(Axes.of((long) c[2], (long) c[2]), pad, pad, pad);
            Tensor x = Tensors.randn(4, c[0], 32, 32);
            Tensor w = Tensors.randn(c[1], c[0] / c[3], 3, 3);
            Tensor y = Tensors.randn(4, c[1], 32 / c[2], 32 / c[2]);
            staysOffTheHeap(new Convolution(sliding, c[3], false), x, w);
            staysOffTheHeap(new ConvolutionInput(sliding, c[3], Axes.of(32L, 32L)), y, w);
            staysOffTheHeap(new ConvolutionWeight(sliding, c[3], Axes.of(3L, 3L)), x, y);
        }
    }
}
