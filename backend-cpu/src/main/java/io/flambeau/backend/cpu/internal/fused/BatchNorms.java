package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.BatchNormInference;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Batch normalisation of [N, C, ...] whose planes are long enough to be rows. */
final class BatchNorms {
    private static final int SHORT = 8;

    private BatchNorms() {}

    /** The sizes of [N, C, plane]. */
    private record Planes(long samples, int channels, int size) {
        static @Nullable Planes of(Spec x) {
            long samples = x.shape().size(0);
            long channels = x.shape().size(1);
            long size = x.shape().count() / (samples * channels);
            return size < SHORT ? null : new Planes(samples, Math.toIntExact(channels), Math.toIntExact(size));
        }

        long at(long base, long sample, long channel) {
            return base + (sample * channels + channel) * size * 4;
        }

        void each(int cost, Workers.Range range) {
            Workers.ranges(channels, 1, Math.max(1, Workers.GRAIN / cost / (samples * size)), range);
        }
    }

    /** A sum over one plane. */
    private interface Sum {
        float of(long plane);
    }

    private static float sum(Planes planes, long base, long channel, Sum sum) {
        Fold.Pairs pairs = new Fold.Pairs();
        for (long i = 0; i < planes.samples; i++) {
            pairs.add(Fold.SUM_F32, Float.floatToRawIntBits(sum.of(planes.at(base, i, channel))));
        }
        return Float.intBitsToFloat((int) pairs.result(Fold.SUM_F32));
    }

    static @Nullable Kernel forward(BatchNorm op, Spec spec) {
        Planes planes = Planes.of(spec);
        if (planes == null) {
            return null;
        }
        return (in, out) -> {
            long x = in[0].address();
            long y = out[0].address();
            long weight = op.weight() ? in[1].address() : 0;
            long bias = op.bias() ? in[in.length - 1].address() : 0;
            int n = planes.size;
            float count = planes.samples * (float) n;
            planes.each(3, (first, last) -> {
                for (long c = first; c < last; c++) {
                    float mean = sum(planes, x, c, plane -> Fold.SUM_F32.floats(n, plane)) / count;
                    float variance = sum(planes, x, c, plane -> Row.SQUARE_SHIFT.sum(n, plane, mean)) / count;
                    Mem.f32(out[1].address() + c * 4, mean);
                    Mem.f32(out[2].address() + c * 4, variance);
                    float scale = Poly.rsqrt(variance + (float) op.eps()) * (weight == 0 ? 1 : Mem.f32(weight + c * 4));
                    standardise(planes, x, y, c, mean, scale, bias == 0 ? 0 : Mem.f32(bias + c * 4));
                }
            });
        };
    }

    private static void standardise(Planes planes, long x, long y, long c, float mean, float scale, float bias) {
        float shift = Math.fma(-mean, scale, bias);
        for (long i = 0; i < planes.samples; i++) {
            Row.AFFINE.map(planes.size, planes.at(x, i, c), planes.at(y, i, c), scale, shift);
        }
    }

    static @Nullable Kernel inference(BatchNormInference op, Spec spec) {
        Planes planes = Planes.of(spec);
        if (planes == null) {
            return null;
        }
        return (in, out) -> planes.each(1, (first, last) -> {
            for (long c = first; c < last; c++) {
                float rstd = Poly.rsqrt(Mem.f32(in[2].address() + c * 4) + (float) op.eps());
                float scale = op.weight() ? rstd * Mem.f32(in[3].address() + c * 4) : rstd;
                float bias = op.bias() ? Mem.f32(in[in.length - 1].address() + c * 4) : 0;
                float mean = Mem.f32(in[1].address() + c * 4);
                standardise(planes, in[0].address(), out[0].address(), c, mean, scale, bias);
            }
        });
    }

    static @Nullable Kernel backward(BatchNormBackward op, Spec spec) {
        Planes planes = Planes.of(spec);
        if (planes == null) {
            return null;
        }
        return (in, out) -> {
            long g = in[0].address();
            long x = in[1].address();
            int n = planes.size;
            float count = planes.samples * (float) n;
            planes.each(4, (first, last) -> {
                for (long c = first; c < last; c++) {
                    float mean = Mem.f32(in[2].address() + c * 4);
                    float rstd = Poly.rsqrt(Mem.f32(in[3].address() + c * 4) + (float) op.eps());
                    float sum = sum(planes, g, c, plane -> Fold.SUM_F32.floats(n, plane));
                    float along =
                            sum(planes, g, c, plane -> Row.CORRELATION.sum(n, plane, plane - g + x, 0, mean, rstd));
                    Mem.f32(out[1].address() + c * 4, along);
                    Mem.f32(out[2].address() + c * 4, sum);
                    // (g - sum / count - along / count (x - mean) rstd) weight rstd, as a combination of g and x.
                    float scale = op.weight() ? rstd * Mem.f32(in[4].address() + c * 4) : rstd;
                    float share = -scale * rstd * (along / count);
                    float shift = -scale * (sum / count) - share * mean;
                    for (long i = 0; i < planes.samples; i++) {
                        long to = planes.at(out[0].address(), i, c);
                        Row.COMBINE.map(n, planes.at(g, i, c), planes.at(x, i, c), 0, to, scale, share, shift);
                    }
                }
            });
        };
    }
}
