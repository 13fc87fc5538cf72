package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Reductions;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.op.norm.GroupNormBackward;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Group normalisation of [N, C, ...]: a group's channels are adjacent, one row. */
final class GroupNorms {
    /** Planes of fewer elements are left to the decomposition. */
    private static final int SHORT = 8;

    private GroupNorms() {}

    static Kernel forward(GroupNorm op, Shape x) {
        long channels = x.size(1);
        int each = Math.toIntExact(channels / op.groups());
        int plane = Math.toIntExact(x.range(2, x.rank()).count());
        long n = (long) each * plane;
        return (in, out) -> {
            long weight = op.weight() ? in[1].address() : 0;
            long bias = op.bias() ? in[in.length - 1].address() : 0;
            Workers.ranges(x.size(0) * op.groups(), 1, Math.max(1, Workers.GRAIN / 3 / n), (first, last) -> {
                for (long i = first; i < last; i++) {
                    long from = in[0].address() + i * n * 4;
                    float mean = Fold.SUM_F32.floats(n, from) / n;
                    float rstd = Poly.rsqrt(Row.SQUARE_SHIFT.sum(n, from, mean) / n + (float) op.eps());
                    Mem.f32(out[1].address() + i * 4, mean);
                    Mem.f32(out[2].address() + i * 4, rstd);
                    for (int c = 0; c < each; c++) {
                        long channel = i % op.groups() * each + c;
                        float scale = weight == 0 ? rstd : rstd * Mem.f32(weight + channel * 4);
                        float shift = Math.fma(-mean, scale, bias == 0 ? 0 : Mem.f32(bias + channel * 4));
                        long at = c * plane * 4L;
                        Row.AFFINE.map(plane, from + at, out[0].address() + i * n * 4 + at, scale, shift);
                    }
                }
            });
        };
    }

    /** Inputs are the cotangent, x, mean, 1 / sqrt(variance + eps), and the weight if any. */
    static @Nullable Kernel backward(GroupNormBackward op, Shape x) {
        long channels = x.size(1);
        int each = Math.toIntExact(channels / op.groups());
        int plane = Math.toIntExact(x.range(2, x.rank()).count());
        if (plane < SHORT) {
            return null;
        }
        long n = (long) each * plane;
        return (in, out) -> {
            long weight = op.weight() ? in[4].address() : 0;
            // For each sample and channel, its share of the gradients of weight and bias.
            long planes = x.size(0) * channels;
            long along = Scratch.get(Scratch.FUSED, 2 * planes * 4);
            long sum = along + planes * 4;
            Workers.ranges(x.size(0) * op.groups(), 1, Math.max(1, Workers.GRAIN / 4 / n), (first, last) -> {
                for (long i = first; i < last; i++) {
                    float mean = Mem.f32(in[2].address() + i * 4);
                    float rstd = Mem.f32(in[3].address() + i * 4);
                    long slopes = Scratch.get(Scratch.COLUMNS, 2L * each * 4);
                    for (int c = 0; c < each; c++) {
                        long channel = i * each + c;
                        long g = in[0].address() + channel * plane * 4;
                        float a = Row.CORRELATION.sum(plane, g, in[1].address() + channel * plane * 4, 0, mean, rstd);
                        float s = Fold.SUM_F32.floats(plane, g);
                        Mem.f32(along + channel * 4, a);
                        Mem.f32(sum + channel * 4, s);
                        float w = weight == 0 ? 1 : Mem.f32(weight + channel % channels * 4);
                        Mem.f32(slopes + c * 4L, a * w);
                        Mem.f32(slopes + (each + c) * 4L, s * w);
                    }
                    // (slope - sum - along (x - mean) rstd) rstd, as a combination of g and x.
                    float share = -(Fold.SUM_F32.floats(each, slopes) / n) * rstd * rstd;
                    float shift = -(Fold.SUM_F32.floats(each, slopes + each * 4L) / n) * rstd - share * mean;
                    for (int c = 0; c < each; c++) {
                        long channel = i * each + c;
                        float scale = weight == 0 ? rstd : rstd * Mem.f32(weight + channel % channels * 4);
                        long at = channel * plane * 4;
                        Row.COMBINE.map(
                                plane,
                                in[0].address() + at,
                                in[1].address() + at,
                                0,
                                out[0].address() + at,
                                scale,
                                share,
                                shift);
                    }
                }
            });
            long[] sizes = {x.size(0), channels};
            Reduce samples = new Reduce(Reduce.Kind.SUM, 1);
            Reductions.run(samples, Strided.dense(along, Element.F32, sizes), vector(out[1].address(), channels));
            Reductions.run(samples, Strided.dense(sum, Element.F32, sizes), vector(out[2].address(), channels));
        };
    }

    private static Strided vector(long address, long n) {
        return Strided.dense(address, Element.F32, new long[] {1, n});
    }
}
