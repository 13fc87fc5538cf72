package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Fold;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.norm.GroupNorm;
import io.flambeau.tensor.spi.Kernel;

/** Group normalisation of [N, C, ...]: a group's channels are adjacent, one row. */
final class GroupNorms {
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
}
