package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Packing;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Rows;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient for a convolution's weight: windows times cotangents, over blocks of places whose windows the second cache
 * holds.
 *
 * <p>Note [Who sums a weight's gradient]: few sums are made by parts that are slices of the blocks, each for itself, and
 * added in order. Many are made by parts that are slices of the channels and share the packed cotangents. So threads wait
 * for each other once or twice, not with every block.
 */
final class WeightGradient {
    /** Places of a block, at least where images have so many. */
    private static final int PLACES = 512;

    /** Floats of the windows of a block. */
    private static final int WINDOWS = 1 << 16;

    /** Floats of packed cotangents. */
    private static final long COTANGENTS = 1 << 20;

    /** Bytes of sums that every part may have for itself. */
    private static final long OWN = 64 << 10;

    private static final int PARTS = 16;

    /** So many rows of places of some images. */
    private record Block(long image, int images, int row, int rows) {}

    private final Geometry g;
    private final int groups;
    private final int outputs;
    private final int inner;
    private final int each;
    /** Elements of a window. */
    private final int elements;

    private final int places;
    private final long[] offsets;
    private final long[] rows;
    /** Channels of a slice of them. */
    private final int slice;

    private final Block[] blocks;

    WeightGradient(Geometry g, long samples, int groups, int outputs) {
        this.g = g;
        this.groups = groups;
        this.outputs = outputs;
        inner = g.channels / groups;
        each = outputs / groups;
        elements = inner * g.taps();
        places = g.places();
        offsets = g.offsets(inner);
        rows = g.rows();
        slice = Math.max(Math.ceilDiv(inner, PARTS), Math.min(8, Math.ceilDiv(inner, 4)));
        int together = isSmall() ? elements : slice * g.taps();
        blocks = blocks(samples, Math.max(PLACES, WINDOWS / together));
    }

    private boolean isSmall() {
        return bytes() <= OWN;
    }

    /** The bytes of the sums of a group. */
    private long bytes() {
        return (long) elements * each * 4;
    }

    private Block[] blocks(long samples, int most) {
        int joined = Math.max(1, PLACES / places);
        int step = joined > 1 ? rows.length : Math.max(1, most / g.out[2]);
        int bands = Math.ceilDiv(rows.length, step);
        List<Block> all = new ArrayList<>();
        for (long i = 0; i < samples; i += joined) {
            for (int band = 0; band < bands; band++) {
                int first = rows.length * band / bands;
                int last = rows.length * (band + 1) / bands;
                all.add(new Block(i, (int) Math.min(joined, samples - i), first, last - first));
            }
        }
        return all.toArray(new Block[0]);
    }

    private int width(Block block) {
        return block.images * block.rows * g.out[2];
    }

    void run(long x, long cotangents, long to) {
        for (int group = 0; group < groups; group++) {
            long target = to + group * bytes();
            if (isSmall()) {
                slices(group, x, cotangents, target);
            } else {
                channels(group, x, cotangents, target);
            }
        }
    }

    /** The images of a block, padded: those of the block before where they are the same. */
    private Windows windows(int at, int from, Windows before, long x, int channel, int count) {
        Block block = blocks[at];
        if (at > from && blocks[at - 1].image == block.image) {
            return before;
        }
        return Windows.of(g, g.hasPixelWindows(), x, block.image, block.images, channel, count, false);
    }

    /** The cotangents of the block's first image from its first place on, [outputs, places]. */
    private long cotangents(Block block, int group, long cotangents) {
        return cotangents + ((block.image * outputs + group * each) * places + (long) block.row * g.out[2]) * 4;
    }

    /** Parts are slices of the blocks; of windows and cotangents, the fewer are turned to be packed. */
    private void slices(int group, long x, long cotangents, long to) {
        int parts = Math.min(PARTS, blocks.length);
        long bytes = bytes();
        long memory = Scratch.get(Scratch.SHARED, parts * bytes);
        Workers.run(parts, part -> {
            int from = (int) ((long) blocks.length * part / parts);
            int end = (int) ((long) blocks.length * (part + 1) / parts);
            long sums = memory + part * bytes;
            Windows windows = null;
            for (int i = from; i < end; i++) {
                Block block = blocks[i];
                windows = windows(i, from, windows, x, group * inner, inner);
                Matrix seen = windows.rows(g, offsets, elements, rows, block.row, block.rows);
                Matrix slopes = slopes(block, cotangents(block, group, cotangents));
                if (elements > each) {
                    Matrix c = new Matrix(sums, each, 1);
                    Gemm.F32.run(elements, each, width(block), seen, slopes.transposed(), c, i > from, null);
                } else {
                    Matrix c = new Matrix(sums, elements, 1);
                    Gemm.F32.run(each, elements, width(block), slopes, seen.transposed(), c, i > from, null);
                }
            }
        });
        long count = bytes / 4;
        Workers.ranges(count, 16, Workers.GRAIN, (first, last) -> {
            for (int part = 1; part < parts; part++) {
                long at = memory + first * 4;
                Row.ADD.map((int) (last - first), at, at + part * bytes, at, 0, 0);
            }
        });
        if (elements > each) {
            turn(memory, 0, elements, to);
        } else {
            Mem.copy(memory, to, bytes);
        }
    }

    /** Sums [elements, outputs], which lie as tiles of the product do, to the weight [outputs, elements]. */
    private void turn(long sums, int first, int count, long to) {
        long from = sums + (long) first * each * 4;
        Packing.block(from, 1, each, 4, each, count, to + first * 4L, elements * 4L);
    }

    /** The cotangents of a block, [outputs, images * places]. */
    private Matrix slopes(Block block, long from) {
        if (block.images == 1) {
            return new Matrix(from, places, 1);
        }
        long width = (long) block.images * places;
        long to = Scratch.get(Scratch.WIDE, each * width * 4);
        long[] images = new long[block.images];
        for (int i = 0; i < images.length; i++) {
            images[i] = (long) i * outputs * places * 4;
        }
        for (int o = 0; o < each; o++) {
            Rows.of()
                    .copy(
                            images.length,
                            images,
                            0,
                            from + (long) o * places * 4,
                            places,
                            to + o * width * 4,
                            places * 4L);
        }
        return new Matrix(to, width, 1);
    }

    /** Parts are slices of the channels; of the blocks so many at a time as there is room for packed cotangents. */
    private void channels(int group, long x, long cotangents, long to) {
        long sums = Scratch.get(Scratch.REDUCE, bytes());
        int parts = Math.ceilDiv(inner, slice);
        for (int from = 0, end; from < blocks.length; from = end) {
            long floats = 0;
            for (end = from; end < blocks.length && (end == from || floats < COTANGENTS); end++) {
                floats += Gemm.F32.packedBytes(each, width(blocks[end])) / 4;
            }
            int first = from;
            int last = end;
            long memory = Scratch.get(Scratch.SHARED, floats * 4);
            long[] packed = pack(first, last, group, cotangents, memory);
            Workers.run(parts, part -> {
                int channel = part * slice;
                int count = Math.min(slice, inner - channel);
                int height = count * g.taps();
                int top = channel * g.taps();
                Matrix share = new Matrix(sums + (long) top * each * 4, each, 1);
                Windows windows = null;
                for (int i = first; i < last; i++) {
                    Block block = blocks[i];
                    windows = windows(i, first, windows, x, group * inner + channel, count);
                    Matrix left = windows.rows(g, offsets, height, rows, block.row, block.rows);
                    Gemm.F32.packed(height, each, width(block), left, packed[i - first], share, i > 0);
                }
                if (last == blocks.length) {
                    turn(sums, top, height, to);
                }
            });
        }
    }

    /** Packs the cotangents of some blocks as right factors; returns where each lies. */
    private long[] pack(int from, int end, int group, long cotangents, long to) {
        long[] packed = new long[end - from];
        long at = to;
        for (int i = from; i < end; i++) {
            packed[i - from] = at;
            at += Gemm.F32.packedBytes(each, width(blocks[i]));
        }
        int cols = Gemm.F32.panel();
        int panels = Math.ceilDiv(each, cols);
        Workers.ranges((long) packed.length * panels, 1, 1, (first, last) -> {
            for (long unit = first; unit < last; unit++) {
                int i = (int) (unit / panels);
                Block block = blocks[from + i];
                int col = (int) (unit % panels) * cols;
                int count = block.rows * g.out[2];
                long source = cotangents(block, group, cotangents) + (long) col * places * 4;
                long target = packed[i] + (long) col * width(block) * 4;
                for (int image = 0; image < block.images; image++) {
                    long plane = source + (long) image * outputs * places * 4;
                    long panel = target + (long) image * count * cols * 4;
                    Packing.tile(plane, 1, places, 4, count, Math.min(cols, each - col), cols, panel);
                }
            }
        });
        return packed;
    }
}
