package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of different lengths without padding: step after step, in each step the samples that have it, the longest
 * first.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.PackedSequence.html">PackedSequence</a>
 */
public final class PackedSequence {
    private final Tensor data;
    private final long[] lengths;
    private final int[] order;

    private PackedSequence(Tensor data, long[] lengths, int[] order) {
        this.data = data;
        this.lengths = lengths;
        this.order = order;
    }

    /**
     * Packs padded sequences of any order.
     *
     * @param padded [T, N, ...], or [N, T, ...] if {@code batchFirst}
     * @param lengths of each sample, from 1 to T
     */
    public static PackedSequence pack(Tensor padded, long[] lengths, boolean batchFirst) {
        Tensor steps = batchFirst ? padded.transpose(0, 1) : padded;
        if (steps.rank() < 2 || steps.size(1) != lengths.length) {
            throw new ArgumentException(
                    "pack",
                    "there are " + lengths.length + " lengths for sequences of shape " + padded.shape(),
                    Fault.BAD_ARGUMENT);
        }
        for (long length : lengths) {
            if (length < 1 || length > steps.size(0)) {
                throw new ArgumentException(
                        "pack",
                        "lengths " + Arrays.toString(lengths) + " must lie between 1 and " + steps.size(0),
                        Fault.BAD_ARGUMENT);
            }
        }
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted((a, b) -> Long.compare(lengths[b], lengths[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] places = places(lengths, order);
        Tensor data = steps.flatten(0, 1).indexSelect(0, Tensors.of(places).to(padded.device()));
        return new PackedSequence(data, lengths.clone(), order);
    }

    /** Packs sequences [length, ...] of different lengths. */
    public static PackedSequence pack(List<Tensor> sequences) {
        long[] lengths = sequences.stream().mapToLong(x -> x.size(0)).toArray();
        return pack(padded(sequences, false, 0), lengths, false);
    }

    /** Sequences [length, ...] one beside the other [T, N, ...], or [N, T, ...], filled up to the longest. */
    public static Tensor padded(List<Tensor> sequences, boolean batchFirst, double filling) {
        long steps = sequences.stream().mapToLong(x -> x.size(0)).max().orElse(0);
        Tensor[] same = new Tensor[sequences.size()];
        for (int i = 0; i < same.length; i++) {
            Tensor x = sequences.get(i);
            long[] widths = new long[2 * x.rank()];
            widths[widths.length - 1] = steps - x.size(0);
            same[i] = x.constantPad(widths, Scalar.of(filling));
        }
        return Tensors.stack(batchFirst ? 0 : 1, same);
    }

    /** Where in [T N] each packed row lies. */
    private static long[] places(long[] lengths, int[] order) {
        long[] places = new long[Math.toIntExact(Arrays.stream(lengths).sum())];
        int next = 0;
        for (long t = 0; next < places.length; t++) {
            for (int sample : order) {
                if (lengths[sample] > t) {
                    places[next++] = t * lengths.length + sample;
                }
            }
        }
        return places;
    }

    /** The samples [T, N, ...], or [N, T, ...] if {@code batchFirst}, in their first order, filled up to the longest. */
    public Tensor pad(boolean batchFirst, double filling) {
        long steps = Arrays.stream(lengths).max().orElse(0);
        long[] places = places(lengths, order);
        long[] rows = new long[Math.toIntExact(steps * lengths.length)];
        Arrays.fill(rows, places.length);
        for (int i = 0; i < places.length; i++) {
            rows[Math.toIntExact(places[i])] = i;
        }
        Shape one = data.shape().with(0, 1);
        Tensor more = Tensors.cat(0, data, Tensors.full(data.spec().with(one), Scalar.of(filling)));
        Tensor padded = more.indexSelect(0, Tensors.of(rows).to(data.device()));
        Tensor result = padded.unflatten(0, steps, lengths.length);
        return batchFirst ? result.transpose(0, 1) : result;
    }

    /** Sequences of the same lengths in the same order, packed from [T, N, ...]. */
    public PackedSequence like(Tensor padded) {
        return pack(padded, lengths, false);
    }

    /** Other rows of the same lengths in the same order. */
    public PackedSequence with(Tensor rows) {
        if (rows.rank() == 0 || rows.size(0) != data.size(0)) {
            throw new ArgumentException(
                    "with", "rows of shape " + rows.shape() + " are not " + data.size(0), Fault.BAD_ARGUMENT);
        }
        return new PackedSequence(rows, lengths, order);
    }

    /** Which steps of [T, N] are real (BOOL). */
    public Tensor mask() {
        long steps = Arrays.stream(lengths).max().orElse(0);
        return Tensors.arange(steps).unsqueeze(1).lt(Tensors.of(lengths)).to(data.device());
    }

    /** The rows of all steps, one after the other. */
    public Tensor data() {
        return data;
    }

    /** The length of each sample, in the first order. */
    public long[] lengths() {
        return lengths.clone();
    }

    /** How many samples each step has. */
    public long[] batchSizes() {
        long[] sizes = new long[Math.toIntExact(Arrays.stream(lengths).max().orElse(0))];
        for (long length : lengths) {
            for (int t = 0; t < length; t++) {
                sizes[t]++;
            }
        }
        return sizes;
    }

    /** The samples from the longest to the shortest. */
    public int[] sortedIndices() {
        return order.clone();
    }
}
