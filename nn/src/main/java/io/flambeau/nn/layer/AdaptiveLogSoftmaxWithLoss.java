package io.flambeau.nn.layer;

import io.flambeau.nn.Module;
import io.flambeau.nn.ModuleList;
import io.flambeau.nn.Sequential;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;

/**
 * A softmax over many classes, the frequent ones first (Grave and others, <em>Efficient softmax approximation for
 * GPUs</em>, 2017): a head scores the shortlist and clusters of rarer classes, which have narrower tails of their own.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html">torch.nn.AdaptiveLogSoftmaxWithLoss</a>
 */
public final class AdaptiveLogSoftmaxWithLoss extends Module {
    /**
     * The result for a batch.
     *
     * @param output the log-probability of each target [N]
     * @param loss minus their mean
     */
    public record Result(Tensor output, Tensor loss) {}

    private final long[] ends;
    private final Linear head;
    private final ModuleList<Sequential> tail;

    public AdaptiveLogSoftmaxWithLoss(long in, long classes, long... cutoffs) {
        this(in, classes, 4, false, cutoffs);
    }

    /**
     * @param divisor by how much each tail is narrower than the one before
     * @param headBias whether the head has a bias
     * @param cutoffs where clusters begin, rising, below {@code classes}
     */
    public AdaptiveLogSoftmaxWithLoss(long in, long classes, double divisor, boolean headBias, long... cutoffs) {
        for (int i = 0; i < cutoffs.length; i++) {
            if (cutoffs[i] <= (i == 0 ? 0 : cutoffs[i - 1]) || cutoffs[i] >= classes) {
                throw new ArgumentException(
                        "AdaptiveLogSoftmaxWithLoss",
                        "the cutoffs " + Arrays.toString(cutoffs) + " must rise between 1 and " + (classes - 1),
                        Fault.BAD_ARGUMENT);
            }
        }
        this.ends = Arrays.copyOf(cutoffs, cutoffs.length + 1);
        ends[cutoffs.length] = classes;
        this.head = child("head", new Linear(in, ends[0] + cutoffs.length, headBias));
        this.tail = child("tail", new ModuleList<>());
        for (int i = 0; i < cutoffs.length; i++) {
            long width = (long) Math.floor(in / Math.pow(divisor, i + 1));
            tail.add(new Sequential(new Linear(in, width, false), new Linear(width, ends[i + 1] - ends[i], false)));
        }
    }

    /** The log-probabilities of all classes [N, classes] for an input [N, in]. */
    @Override
    protected Tensor forward(Tensor input) {
        Tensor shortlist = head.call(input).logSoftmax(1);
        Tensor[] parts = new Tensor[ends.length];
        parts[0] = shortlist.narrow(1, 0, ends[0]);
        for (int i = 1; i < parts.length; i++) {
            Tensor inside = tail.at(i - 1).call(input).logSoftmax(1);
            parts[i] = inside.add(shortlist.narrow(1, ends[0] + i - 1, 1));
        }
        return Tensors.cat(1, parts);
    }

    /**
     * The log-probabilities of the targets, and the loss; only the tails that are needed are computed.
     *
     * @param input [N, in], or [in]
     * @param target [N] (I64), or one number
     */
    public Result call(Tensor input, Tensor target) {
        Tensor[] out = scopedAll(input, given -> {
            boolean single = target.rank() == 0;
            Tensor x = single ? given.unsqueeze(0) : given;
            Tensor wanted = single ? target.unsqueeze(0) : target;
            check(x, wanted);
            Tensor row = wanted;
            Tensor inside = x.newZeros(wanted.shape());
            for (int i = 1; i < ends.length; i++) {
                Tensor mask = wanted.ge(ends[i - 1]).logicalAnd(wanted.lt(ends[i]));
                Tensor rows = mask.nonzero().squeeze(1);
                if (rows.count() == 0) {
                    continue;
                }
                Tensor relative = wanted.indexSelect(0, rows).sub(ends[i - 1]).unsqueeze(1);
                Tensor scores = tail.at(i - 1).call(x.indexSelect(0, rows)).logSoftmax(1);
                inside = inside.indexAdd(0, rows, scores.gather(1, relative).squeeze(1));
                row = row.maskedFill(mask, ends[0] + i - 1);
            }
            Tensor first =
                    head.call(x).logSoftmax(1).gather(1, row.unsqueeze(1)).squeeze(1);
            Tensor output = first.add(inside);
            return new Tensor[] {
                single ? output.squeeze(0) : output, output.neg().mean()
            };
        });
        return new Result(out[0], out[1]);
    }

    private void check(Tensor x, Tensor target) {
        long classes = ends[ends.length - 1];
        boolean fits = x.rank() == 2 && target.rank() == 1 && x.size(0) == target.size(0);
        if (!fits
                || target.count() > 0
                        && (target.amin().itemLong() < 0 || target.amax().itemLong() >= classes)) {
            throw new ArgumentException(
                    "AdaptiveLogSoftmaxWithLoss",
                    "takes [N, in] and N targets from 0 to " + (classes - 1) + ", not " + x.shape() + " and "
                            + target.shape() + (fits ? " with values outside" : ""),
                    Fault.BAD_ARGUMENT);
        }
    }

    /** The most probable class of each row (I64). */
    public Tensor predict(Tensor input) {
        return Tensors.noGrad(() -> scoped(input, x -> forward(x).argmax(1)));
    }
}
