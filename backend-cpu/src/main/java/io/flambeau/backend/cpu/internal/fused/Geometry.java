package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Interleaving;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.conv.Sliding;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a convolution over three spatial axes, the first of which may be 1.
 *
 * <p>Note [Images in phases]: pixels that lie a stride apart are adjacent in the padded image, which is cut into phases
 * along each axis: pixel i is element i / stride of phase i mod stride. So whatever the stride, adjacent places see
 * adjacent elements, and phases that no window sees are not stored. A window's element k = (channel, z, y, x) of an
 * output's place p lies at {@code base(p) + offset(k)}: padding and phases are written once, and nothing after that asks
 * where the border is.
 */
final class Geometry {
    static final int AXES = 3;

    final int channels;
    final int[] size = ones();
    final int[] out = ones();
    final int[] kernel = ones();
    final int[] stride = ones();
    final int[] before = new int[AXES];
    final int[] dilation = ones();
    /** How many pixels windows see along each axis; with others that share the padding. */
    final int[] padded = ones();
    /** How many pixels only windows of others see before the first window. */
    private final int[] origin = new int[AXES];
    /** How many of the padded pixels a phase has. */
    final int[] span = ones();
    /** The number of each remainder's phase, or -1 where no window sees it, and how many phases there are. */
    private final int[][] phase = new int[AXES][];

    private final int[] phases = ones();

    /** From an image to its padding, made when first needed. */
    private volatile @Nullable Runs runs;

    private Geometry(int channels) {
        this.channels = channels;
    }

    private static int[] ones() {
        return new int[] {1, 1, 1};
    }

    /** The windows of images of a shape [N, C, ...] by a kernel [..., sizes]. */
    static Geometry of(Sliding sliding, Shape x, Shape weight) {
        int axes = sliding.axes();
        Geometry g = new Geometry(Math.toIntExact(x.size(1)));
        for (int i = 0; i < axes; i++) {
            int to = AXES - axes + i;
            g.size[to] = Math.toIntExact(x.size(2 + i));
            g.kernel[to] = Math.toIntExact(weight.size(2 + i));
            g.stride[to] = Math.toIntExact(sliding.stride().at(i));
            g.before[to] = Math.toIntExact(sliding.before().at(i));
            g.dilation[to] = Math.toIntExact(sliding.dilation().at(i));
            g.out[to] = Math.toIntExact(sliding.windows(i, g.size[to], g.kernel[to]));
        }
        g.pad();
        return g;
    }

    /**
     * The convolution of cotangents of {@code channels} channels that gives the gradient for the pixels that lie whole
     * strides after {@code first}; the taps that see them lie whole {@link #tapStep}s after {@code tap}.
     */
    Geometry adjoint(int channels, int[] first, int[] tap) {
        Geometry g = new Geometry(channels);
        for (int i = 0; i < AXES; i++) {
            g.size[i] = out[i];
            g.out[i] = Math.ceilDiv(size[i] - first[i], stride[i]);
            g.kernel[i] = (lastTap(i, tap[i]) - tap[i]) / tapStep(i) + 1;
            g.dilation[i] = tapStep(i) * dilation[i] / stride[i];
            int latest = (first[i] + before[i] - tap[i] * dilation[i]) / stride[i];
            g.before[i] = g.dilation[i] * (g.kernel[i] - 1) - latest;
        }
        g.pad();
        return g;
    }

    /**
     * Gives convolutions with stride 1 of the same images the same padding: that which all of their windows need, so that
     * images are padded once for all.
     */
    static void share(List<Geometry> all) {
        for (int i = 0; i < AXES; i++) {
            int axis = i;
            int before = all.stream().mapToInt(g -> g.before[axis]).max().orElse(0);
            int after = all.stream()
                    .mapToInt(g -> g.padded[axis] - g.before[axis])
                    .max()
                    .orElse(0);
            for (Geometry g : all) {
                g.origin[i] = before - g.before[i];
                g.before[i] = before;
                g.padded[i] = before + after;
                g.span[i] = before + after;
            }
        }
    }

    /** The least distance of taps whose distance is a whole number of strides. */
    int tapStep(int axis) {
        int step = 1;
        while (step * dilation[axis] % stride[axis] != 0) {
            step++;
        }
        return step;
    }

    /** The last tap that lies whole steps after one. */
    int lastTap(int axis, int tap) {
        return tap + (kernel[axis] - 1 - tap) / tapStep(axis) * tapStep(axis);
    }

    private void pad() {
        for (int i = 0; i < AXES; i++) {
            padded[i] = (out[i] - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1;
            span[i] = Math.ceilDiv(padded[i], stride[i]);
            phase[i] = new int[stride[i]];
            Arrays.fill(phase[i], -1);
            for (int t = 0; t < kernel[i]; t++) {
                phase[i][t * dilation[i] % stride[i]] = 0;
            }
            phases[i] = 0;
            for (int r = 0; r < stride[i]; r++) {
                phase[i][r] = phase[i][r] < 0 ? -1 : phases[i]++;
            }
        }
    }

    int places() {
        return out[0] * out[1] * out[2];
    }

    int taps() {
        return kernel[0] * kernel[1] * kernel[2];
    }

    long pixels() {
        return (long) size[0] * size[1] * size[2];
    }

    long paddedPixels() {
        return phasePixels() * phases[0] * phases[1] * phases[2];
    }

    /** The elements of one phase. */
    long phasePixels() {
        return (long) span[0] * span[1] * span[2];
    }

    boolean hasUnitStride() {
        return stride[0] == 1 && stride[1] == 1 && stride[2] == 1;
    }

    /** Whether an image is what windows see of it, as it lies. */
    boolean isUnpadded() {
        boolean whole = hasUnitStride() && !hasPadding();
        for (int i = 0; i < AXES; i++) {
            whole &= before[i] == 0 && padded[i] == size[i];
        }
        return whole;
    }

    /** Whether a window is a pixel, and all that windows see are these. */
    boolean hasPixelWindows() {
        return taps() == 1 && places() == paddedPixels();
    }

    private boolean hasPadding() {
        boolean has = false;
        for (int i = 0; i < AXES; i++) {
            has |= before[i] > 0 || padded[i] > size[i] + before[i];
        }
        return has;
    }

    /** The offset in bytes of each element of a window over so many channels, in the order of the weight. */
    long[] offsets(int count) {
        long[] offsets = new long[count * taps()];
        int k = 0;
        for (int c = 0; c < count; c++) {
            for (int z = 0; z < kernel[0]; z++) {
                for (int y = 0; y < kernel[1]; y++) {
                    for (int x = 0; x < kernel[2]; x++) {
                        offsets[k++] = 4 * (c * paddedPixels() + tap(z, y, x));
                    }
                }
            }
        }
        return offsets;
    }

    /** The element that a tap of the first window sees. */
    private long tap(int z, int y, int x) {
        return pixel(origin[0] + z * dilation[0], origin[1] + y * dilation[1], origin[2] + x * dilation[2]);
    }

    /** The element that holds a pixel. */
    private long pixel(int z, int y, int x) {
        int phases = (phase(0, z) * this.phases[1] + phase(1, y)) * this.phases[2] + phase(2, x);
        return phases * phasePixels() + element(z / stride[0], y / stride[1], x / stride[2]);
    }

    private int phase(int axis, int at) {
        return phase[axis][at % stride[axis]];
    }

    private long element(int z, int y, int x) {
        return ((long) z * span[1] + y) * span[2] + x;
    }

    /** The offset in bytes of each row of places. */
    long[] rows() {
        long[] rows = new long[out[0] * out[1]];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = base(i * out[2]);
        }
        return rows;
    }

    /** The offset in bytes of a place. */
    long base(int place) {
        return 4 * element(place / out[2] / out[1], place / out[2] % out[1], place % out[2]);
    }

    /**
     * Writes images [planes, size] with their padding to {@code to}, {@code step} bytes from plane to plane; cuts what no
     * window sees.
     */
    void pad(long planes, long from, long to, long step) {
        long bytes = paddedPixels() * 4;
        boolean zero = hasPadding() || !hasUnitStride() && taps() > 1;
        Runs copies = runs();
        Workers.ranges(planes, 1, Math.max(1, 4 * Workers.GRAIN / bytes), (first, last) -> {
            for (long p = first; p < last; p++) {
                if (zero) {
                    Mem.zero(to + p * step, bytes);
                }
                copies.copy(isHalved() ? halves(from + p * pixels() * 4) : from + p * pixels() * 4, to + p * step);
            }
        });
    }

    /** Whether every second pixel of a row belongs to one phase and the others to another; then planes are split first. */
    private boolean isHalved() {
        return stride[2] == 2 && kernel[2] > 1 && dilation[2] % 2 == 1 && size[2] % 2 == 0;
    }

    /** The even pixels of a plane's rows, and its odd ones behind them. */
    private long halves(long plane) {
        int half = (int) (pixels() / 2);
        long to = Scratch.get(Scratch.FUSED, 8L * half);
        Interleaving.of().split(half, plane, to, to + 4L * half);
        return to;
    }

    /** The rows of all phases. */
    private Runs runs() {
        Runs made = runs;
        if (made == null) {
            made = makeRuns();
            runs = made;
        }
        return made;
    }

    private Runs makeRuns() {
        Runs.Builder rows = new Runs.Builder();
        for (int z = first(0); z < last(0); z++) {
            for (int y = first(1); y < last(1); y++) {
                for (int x = first(2); x < Math.min(last(2), first(2) + stride[2]); x++) {
                    if (phase(0, z) >= 0 && phase(1, y) >= 0 && phase(2, x) >= 0) {
                        long row = (long) (z - before[0]) * size[1] + y - before[1];
                        int left = x - before[2];
                        long from = isHalved()
                                ? left % 2 * (pixels() / 2) + row * (size[2] / 2) + left / 2
                                : row * size[2] + left;
                        rows.add(from, pixel(z, y, x), Math.ceilDiv(last(2) - x, stride[2]));
                    }
                }
            }
        }
        return rows.build(isHalved() ? 1 : stride[2], 1);
    }

    /** The first pixel of an axis that is not padding, and the one after the last. */
    private int first(int axis) {
        return Math.max(0, before[axis]);
    }

    private int last(int axis) {
        return Math.min(padded[axis], size[axis] + before[axis]);
    }
}
