package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.norm.BatchNorm;
import io.flambeau.tensor.op.norm.BatchNormBackward;
import io.flambeau.tensor.op.norm.BatchNormInference;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/** Batch normalisation of [N, C, ...] whose planes are not of a few elements only. */
final class BatchNorms {
    private static final int SHORT = 8;

    /** Planes of fewer elements are gathered to one row for each channel. */
    private static final int GATHERED = 128;

    private BatchNorms() {}

    /** The sizes of [N, C, plane]. */
    private record Planes(int samples, int channels, int size, long[] apart, long[] adjacent) {
        static @Nullable Planes of(Spec x) {
            int samples = Math.toIntExact(x.shape().size(0));
            int channels = Math.toIntExact(x.shape().size(1));
            int size = Math.toIntExact(x.shape().count() / samples / channels);
            if (size < SHORT) {
                return null;
            }
            long[] apart = new long[samples];
            long[] adjacent = new long[samples];
            for (int i = 0; i < samples; i++) {
                apart[i] = (long) i * channels * size * 4;
                adjacent[i] = (long) i * size * 4;
            }
            return new Planes(samples, channels, size, apart, adjacent);
        }

        void each(int cost, Workers.Range range) {
            Workers.ranges(channels, 1, Math.max(1, Workers.GRAIN / cost / ((long) samples * size)), range);
        }

        boolean isGathered() {
            return size < GATHERED && samples > 1;
        }

        /** Working memory for some channels of this thread. */
        long buffer(int count) {
            return isGathered() ? Scratch.get(Scratch.STAGE, (long) count * samples * size * 4) : 0;
        }

        private long at(long base, long channel) {
            return base + channel * size * 4;
        }

        Lines planes(long base, long channel) {
            return new Lines(at(base, channel), samples, size, (long) channels * size * 4);
        }

        /** A channel to read: where it is, or gathered in the buffer. */
        Lines read(long base, long channel, long buffer) {
            if (!isGathered()) {
                return planes(base, channel);
            }
            Rows.of().copy(samples, apart, 0, at(base, channel), size, buffer, size * 4L);
            return new Lines(buffer, 1, samples * size, 0);
        }

        /** Where to write a channel: in its place, or over what was gathered, which {@link #done} then brings there. */
        Lines target(long base, long channel, Lines gathered) {
            return isGathered() ? gathered : planes(base, channel);
        }

        void done(Lines target, long base, long channel) {
            if (isGathered()) {
                Rows.of()
                        .copy(
                                samples,
                                adjacent,
                                0,
                                target.address,
                                size,
                                at(base, channel),
                                (long) channels * size * 4);
            }
        }
    }

    /** The elements of a channel: {@code count} rows of {@code size}, {@code pitch} bytes apart. */
    private record Lines(long address, int count, int size, long pitch) {
        long at(int i) {
            return address + i * pitch;
        }

        float sum(Sum sum) {
            return sum(0, count, sum);
        }

        /** Rows meet as the blocks of a row do. */
        private static float sum(int from, int count, Sum sum) {
            if (count == 1) {
                return sum.of(from);
            }
            int left = Integer.highestOneBit(count - 1);
            return sum(from, left, sum) + sum(from + left, count - left, sum);
        }
    }

    /** A sum over one row. */
    private interface Sum {
        float of(int row);
    }

    static @Nullable Kernel forward(BatchNorm op, Spec spec) {
        Planes planes = Planes.of(spec);
        if (planes == null) {
            return null;
        }
        return (in, out) -> {
            long y = out[0].address();
            long weight = op.weight() ? in[1].address() : 0;
            long bias = op.bias() ? in[in.length - 1].address() : 0;
            float count = planes.samples * (float) planes.size;
            planes.each(3, (first, last) -> {
                long buffer = planes.buffer(1);
                for (long c = first; c < last; c++) {
                    Lines x = planes.read(in[0].address(), c, buffer);
                    float mean = x.sum(i -> Fold.SUM_F32.floats(x.size, x.at(i))) / count;
                    float variance = x.sum(i -> Row.SQUARE_SHIFT.sum(x.size, x.at(i), mean)) / count;
                    Mem.f32(out[1].address() + c * 4, mean);
                    Mem.f32(out[2].address() + c * 4, variance);
                    float scale = Poly.rsqrt(variance + (float) op.eps()) * (weight == 0 ? 1 : Mem.f32(weight + c * 4));
                    Lines to = planes.target(y, c, x);
                    standardise(x, to, mean, scale, bias == 0 ? 0 : Mem.f32(bias + c * 4));
                    planes.done(to, y, c);
                }
            });
        };
    }

    private static void standardise(Lines x, Lines y, float mean, float scale, float bias) {
        float shift = Math.fma(-mean, scale, bias);
        for (int i = 0; i < x.count; i++) {
            Row.AFFINE.map(x.size, x.at(i), y.at(i), scale, shift);
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
                Lines x = planes.planes(in[0].address(), c);
                standardise(x, planes.planes(out[0].address(), c), mean, scale, bias);
            }
        });
    }

    static @Nullable Kernel backward(BatchNormBackward op, Spec spec) {
        Planes planes = Planes.of(spec);
        if (planes == null) {
            return null;
        }
        return (in, out) -> {
            float count = planes.samples * (float) planes.size;
            planes.each(4, (first, last) -> {
                long buffer = planes.buffer(2);
                for (long c = first; c < last; c++) {
                    Lines g = planes.read(in[0].address(), c, buffer);
                    Lines x = planes.read(in[1].address(), c, buffer + (long) planes.samples * planes.size * 4);
                    int n = g.size;
                    float mean = Mem.f32(in[2].address() + c * 4);
                    float rstd = Poly.rsqrt(Mem.f32(in[3].address() + c * 4) + (float) op.eps());
                    float sum = g.sum(i -> Fold.SUM_F32.floats(n, g.at(i)));
                    float along = g.sum(i -> Row.CORRELATION.sum(n, g.at(i), x.at(i), 0, mean, rstd));
                    Mem.f32(out[1].address() + c * 4, along);
                    Mem.f32(out[2].address() + c * 4, sum);
                    // (g - sum / count - along / count (x - mean) rstd) weight rstd, as a combination of g and x.
                    float scale = op.weight() ? rstd * Mem.f32(in[4].address() + c * 4) : rstd;
                    float share = -scale * rstd * (along / count);
                    float shift = -scale * (sum / count) - share * mean;
                    Lines to = planes.target(out[0].address(), c, g);
                    for (int i = 0; i < g.count; i++) {
                        Row.COMBINE.map(n, g.at(i), x.at(i), 0, to.at(i), scale, share, shift);
                    }
                    planes.done(to, out[0].address(), c);
                }
            });
        };
    }
}
