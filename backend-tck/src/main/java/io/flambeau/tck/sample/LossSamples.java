package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.from;
import static io.flambeau.tck.Input.indices;
import static io.flambeau.tck.Input.of;
import static io.flambeau.tck.Input.positive;
import static io.flambeau.tck.Input.probability;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.loss.BinaryCrossEntropy;
import io.flambeau.tensor.op.loss.BinaryCrossEntropyBackward;
import io.flambeau.tensor.op.loss.BinaryCrossEntropyWithLogits;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CrossEntropyBackward;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.CtcLossBackward;
import io.flambeau.tensor.op.loss.GaussianNllLoss;
import io.flambeau.tensor.op.loss.HingeEmbeddingLoss;
import io.flambeau.tensor.op.loss.HuberLoss;
import io.flambeau.tensor.op.loss.KlDiv;
import io.flambeau.tensor.op.loss.L1Loss;
import io.flambeau.tensor.op.loss.MarginRankingLoss;
import io.flambeau.tensor.op.loss.MseLoss;
import io.flambeau.tensor.op.loss.NllLoss;
import io.flambeau.tensor.op.loss.NllLossBackward;
import io.flambeau.tensor.op.loss.PoissonNllLoss;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.loss.SmoothL1Loss;
import io.flambeau.tensor.op.loss.SoftCrossEntropy;
import io.flambeau.tensor.op.loss.SoftMarginLoss;
import java.util.List;

/** Losses, with their backward passes. */
public final class LossSamples {
    private LossSamples() {}

    public static void addTo(List<Sample> all) {
        Input target = indices(new long[] {1, 0, 2, 1, 3, 0}, 3, 2);
        Input scores = any(3, 4, 2);
        Input weight = positive(4);
        pairs(all);
        sequences(all);
        for (Reduction reduction : Reduction.values()) {
            Input g = reduction == Reduction.NONE ? any(3, 2) : any();
            NllLoss nll = new NllLoss(false, 0, reduction);
            all.add(Sample.of(nll, scores, target));
            all.add(Sample.of(new NllLossBackward(nll, 4), g, target));
            CrossEntropy entropy = new CrossEntropy(false, 0, 0.1, reduction);
            all.add(Sample.of(entropy, scores, target).flowing(0));
            Input sum = from(in -> Tensor.bindAll(entropy, in[1], in[2])[1], 3, 2);
            all.add(Sample.of(new CrossEntropyBackward(entropy), g, scores, target, sum));
        }
        // No gradient flows into the weights of the classes.
        NllLoss nll = new NllLoss(true, -100, Reduction.MEAN);
        all.add(Sample.of(nll, scores, target, weight));
        all.add(Sample.of(new NllLossBackward(nll, 4), any(), target, weight).holding(2));
        CrossEntropy entropy = new CrossEntropy(true, -100, 0, Reduction.MEAN);
        all.add(Sample.of(entropy, scores, target, weight).flowing(0));
        Input sum = from(in -> Tensor.bindAll(entropy, in[1], in[2], in[4])[1], 3, 2);
        all.add(Sample.of(new CrossEntropyBackward(entropy), any(), scores, target, sum, weight)
                .holding(4));
    }

    private static void pairs(List<Sample> all) {
        Input x = any(2, 3);
        Input p = probability(2, 3);
        Input signs = of(new double[] {1, -1, -1, 1, 1, -1}, 2, 3);
        for (Reduction reduction : Reduction.values()) {
            Input g = reduction == Reduction.NONE ? x : any();
            BinaryCrossEntropy entropy = new BinaryCrossEntropy(true, reduction);
            all.add(Sample.of(entropy, p, p, p));
            all.add(Sample.of(new BinaryCrossEntropyBackward(entropy), g, p, p, p)
                    .holding(2, 3));
            all.add(Sample.of(new BinaryCrossEntropyWithLogits(true, true, reduction), x, p, p, p));
            all.add(Sample.of(new GaussianNllLoss(true, 1e-6, reduction), x, x, positive(2, 3)));
            all.add(Sample.of(new HingeEmbeddingLoss(1, reduction), x, signs).holding(1));
            all.add(Sample.of(new HuberLoss(0.5, reduction), x, x));
            all.add(Sample.of(new KlDiv(false, reduction), x, p));
            all.add(Sample.of(new L1Loss(reduction), x, x));
            all.add(Sample.of(new MarginRankingLoss(0.2, reduction), x, x, signs)
                    .holding(2));
            all.add(Sample.of(new MseLoss(reduction), x, x));
            all.add(Sample.of(new PoissonNllLoss(true, false, 1e-8, reduction), x, positive(2, 3)));
            all.add(Sample.of(new SmoothL1Loss(0.5, reduction), x, x));
            all.add(Sample.of(
                    new SoftCrossEntropy(true, 0.1, reduction), any(2, 3, 2), probability(2, 3, 2), positive(3)));
            all.add(Sample.of(new SoftMarginLoss(reduction), x, signs).holding(1));
        }
        all.add(Sample.of(new BinaryCrossEntropyWithLogits(false, false, Reduction.MEAN), x, p));
        all.add(Sample.of(new GaussianNllLoss(false, 1e-6, Reduction.MEAN), x, x, positive(2, 3)));
        all.add(Sample.of(new KlDiv(true, Reduction.SUM), x, x));
        all.add(Sample.of(new PoissonNllLoss(false, true, 1e-8, Reduction.MEAN), positive(2, 3), positive(2, 3))
                .holding(1));
    }

    private static void sequences(List<Sample> all) {
        Input scores = any(5, 2, 4);
        Input targets = indices(new long[] {1, 2, 3, 3, 1, 2}, 2, 3);
        Input times = indices(new long[] {5, 4}, 2);
        Input lengths = indices(new long[] {3, 2}, 2);
        // The rule takes the scores to come from a log-softmax, and gives the gradient before it.
        all.add(Sample.of(new CtcLoss(0), scores, targets, times, lengths).withoutGradient());
        all.add(Sample.of(new CtcLossBackward(0), any(2), scores, targets, times, lengths)
                .withoutGradient());
    }
}
