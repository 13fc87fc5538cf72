package io.flambeau.nn;

import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.functional.TripletOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.loss.BinaryCrossEntropy;
import io.flambeau.tensor.op.loss.BinaryCrossEntropyWithLogits;
import io.flambeau.tensor.op.loss.CrossEntropy;
import io.flambeau.tensor.op.loss.CtcLoss;
import io.flambeau.tensor.op.loss.GaussianNllLoss;
import io.flambeau.tensor.op.loss.HingeEmbeddingLoss;
import io.flambeau.tensor.op.loss.HuberLoss;
import io.flambeau.tensor.op.loss.KlDiv;
import io.flambeau.tensor.op.loss.L1Loss;
import io.flambeau.tensor.op.loss.MarginRankingLoss;
import io.flambeau.tensor.op.loss.MseLoss;
import io.flambeau.tensor.op.loss.NllLoss;
import io.flambeau.tensor.op.loss.PairLoss;
import io.flambeau.tensor.op.loss.PoissonNllLoss;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.loss.SmoothL1Loss;
import io.flambeau.tensor.op.loss.SoftCrossEntropy;
import io.flambeau.tensor.op.loss.SoftMarginLoss;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Losses; without a reduction, the mean. */
abstract sealed class LossFunctions extends DistanceFunctions permits AttentionFunctions {
    LossFunctions() {}

    /** Promoted to one floating dtype and broadcast to one shape. */
    private static Tensor pair(PairLoss loss, Tensor... in) {
        DType dtype = in[0].dtype();
        Shape shape = in[0].shape();
        for (int i = 1; i < in.length; i++) {
            dtype = DType.promote(dtype, in[i].dtype());
            shape = Shape.broadcast(loss.title(), shape, in[i].shape());
        }
        DType floating = dtype.isDifferentiable() ? dtype : Tensors.defaultDtype();
        Tensor[] same = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            same[i] = in[i].to(floating).expand(shape);
        }
        return Tensors.bind(loss, same);
    }

    public static Tensor mseLoss(Tensor x, Tensor target) {
        return mseLoss(x, target, Reduction.MEAN);
    }

    /** (x - target)². */
    public static Tensor mseLoss(Tensor x, Tensor target, Reduction reduction) {
        return pair(new MseLoss(reduction), x, target);
    }

    public static Tensor l1Loss(Tensor x, Tensor target) {
        return l1Loss(x, target, Reduction.MEAN);
    }

    /** |x - target|. */
    public static Tensor l1Loss(Tensor x, Tensor target, Reduction reduction) {
        return pair(new L1Loss(reduction), x, target);
    }

    public static Tensor smoothL1Loss(Tensor x, Tensor target) {
        return smoothL1Loss(x, target, 1, Reduction.MEAN);
    }

    /** (x - target)² / (2 beta), and |x - target| - beta / 2 from beta on. */
    public static Tensor smoothL1Loss(Tensor x, Tensor target, double beta, Reduction reduction) {
        return pair(new SmoothL1Loss(beta, reduction), x, target);
    }

    public static Tensor huberLoss(Tensor x, Tensor target) {
        return huberLoss(x, target, 1, Reduction.MEAN);
    }

    /** (x - target)² / 2, and a line of slope delta beyond delta. */
    public static Tensor huberLoss(Tensor x, Tensor target, double delta, Reduction reduction) {
        return pair(new HuberLoss(delta, reduction), x, target);
    }

    public static Tensor crossEntropy(Tensor logits, Tensor target) {
        return crossEntropy(logits, target, CrossEntropyOptions.options());
    }

    /**
     * The cross entropy of logits with classes, or with probabilities.
     *
     * @param logits [C], [N, C] or [N, C, ...]
     * @param target classes (I64 or U8) of the shape without C, or probabilities of the whole shape
     */
    public static Tensor crossEntropy(Tensor logits, Tensor target, CrossEntropyOptions options) {
        boolean single = logits.rank() == 1;
        Tensor scores = single ? logits.unsqueeze(0) : logits;
        Tensor targets = single ? target.unsqueeze(0) : target;
        Tensor weight = options.weight();
        if (!target.dtype().isFloating()) {
            Tensor classes = targets.dtype() == DType.U8 ? targets.to(DType.I64) : targets;
            CrossEntropy op = new CrossEntropy(
                    weight != null, options.ignoreIndex(), options.labelSmoothing(), options.reduction());
            return without(single, options, bound(op, scores, classes, weight)[0]);
        }
        SoftCrossEntropy op = new SoftCrossEntropy(weight != null, options.labelSmoothing(), options.reduction());
        return without(single, options, bound(op, scores, targets, weight)[0]);
    }

    /** The loss without the axis that was added for a single sample. */
    private static Tensor without(boolean single, CrossEntropyOptions options, Tensor loss) {
        return single && options.reduction() == Reduction.NONE ? loss.squeeze(0) : loss;
    }

    public static Tensor nllLoss(Tensor logProbabilities, Tensor target) {
        return nllLoss(logProbabilities, target, CrossEntropyOptions.options());
    }

    /** The negative log likelihood of classes; as {@link #crossEntropy}, of log-probabilities. */
    public static Tensor nllLoss(Tensor logProbabilities, Tensor target, CrossEntropyOptions options) {
        boolean single = logProbabilities.rank() == 1;
        Tensor scores = single ? logProbabilities.unsqueeze(0) : logProbabilities;
        Tensor targets = single ? target.unsqueeze(0) : target;
        Tensor classes = targets.dtype() == DType.U8 ? targets.to(DType.I64) : targets;
        NllLoss op = new NllLoss(options.weight() != null, options.ignoreIndex(), options.reduction());
        return without(single, options, bound(op, scores, classes, options.weight())[0]);
    }

    public static Tensor binaryCrossEntropy(Tensor x, Tensor target) {
        return binaryCrossEntropy(x, target, null, Reduction.MEAN);
    }

    /**
     * -target log(x) - (1 - target) log(1 - x), the logarithms at least -100.
     *
     * @param x probabilities
     * @param weight of each element, or null
     */
    public static Tensor binaryCrossEntropy(Tensor x, Tensor target, @Nullable Tensor weight, Reduction reduction) {
        if (!x.shape().equals(target.shape())) {
            throw new ShapeException(
                    "binaryCrossEntropy",
                    "the target must have the shape " + x.shape() + " of the input, not " + target.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        BinaryCrossEntropy loss = new BinaryCrossEntropy(weight != null, reduction);
        return weight == null ? pair(loss, x, target) : pair(loss, x, target, weight);
    }

    public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target) {
        return binaryCrossEntropyWithLogits(x, target, null, null, Reduction.MEAN);
    }

    /**
     * The binary cross entropy of sigmoid(x), formed without overflow.
     *
     * @param weight of each element, or null
     * @param positiveWeight of the positive class, or null
     */
    public static Tensor binaryCrossEntropyWithLogits(
            Tensor x, Tensor target, @Nullable Tensor weight, @Nullable Tensor positiveWeight, Reduction reduction) {
        String operation = "binaryCrossEntropyWithLogits";
        if (!x.shape().equals(target.shape())) {
            throw new ShapeException(
                    operation,
                    "the target must have the shape " + x.shape() + " of the input, not " + target.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        BinaryCrossEntropyWithLogits loss =
                new BinaryCrossEntropyWithLogits(weight != null, positiveWeight != null, reduction);
        if (weight == null) {
            return positiveWeight == null ? pair(loss, x, target) : pair(loss, x, target, positiveWeight);
        }
        return positiveWeight == null ? pair(loss, x, target, weight) : pair(loss, x, target, weight, positiveWeight);
    }

    public static Tensor klDiv(Tensor x, Tensor target) {
        return klDiv(x, target, false, Reduction.MEAN);
    }

    /**
     * target (log(target) - x). The mean divides by the number of elements; {@link #klDivBatchMean} is the divergence.
     *
     * @param x log-probabilities
     * @param logTarget whether the target holds logarithms too
     */
    public static Tensor klDiv(Tensor x, Tensor target, boolean logTarget, Reduction reduction) {
        return pair(new KlDiv(logTarget, reduction), x, target);
    }

    /** The sum of {@link #klDiv} over the size of the first axis: the mean divergence. */
    public static Tensor klDivBatchMean(Tensor x, Tensor target, boolean logTarget) {
        Tensor sum = klDiv(x, target, logTarget, Reduction.SUM);
        return x.rank() == 0 ? sum : sum.div(Scalar.of(x.size(0)));
    }

    public static Tensor softMarginLoss(Tensor x, Tensor target) {
        return softMarginLoss(x, target, Reduction.MEAN);
    }

    /** log(1 + exp(-target x)). */
    public static Tensor softMarginLoss(Tensor x, Tensor target, Reduction reduction) {
        return pair(new SoftMarginLoss(reduction), x, target);
    }

    /** exp(x) - target x. */
    public static Tensor poissonNllLoss(Tensor x, Tensor target) {
        return poissonNllLoss(x, target, true, false, 1e-8, Reduction.MEAN);
    }

    /**
     * @param logInput whether x is the logarithm of the mean
     * @param full whether Stirling's approximation of log(target!) is added
     */
    public static Tensor poissonNllLoss(
            Tensor x, Tensor target, boolean logInput, boolean full, double eps, Reduction reduction) {
        return pair(new PoissonNllLoss(logInput, full, eps, reduction), x, target);
    }

    public static Tensor gaussianNllLoss(Tensor x, Tensor target, Tensor variance) {
        return gaussianNllLoss(x, target, variance, false, 1e-6, Reduction.MEAN);
    }

    /**
     * (log(variance) + (x - target)² / variance) / 2.
     *
     * @param variance of x's shape, or with size 1 along one axis, or without the last axis
     * @param full whether log(2π) / 2 is added
     * @param eps the least variance
     */
    public static Tensor gaussianNllLoss(
            Tensor x, Tensor target, Tensor variance, boolean full, double eps, Reduction reduction) {
        String operation = "gaussianNllLoss";
        Shape shape = x.shape();
        Tensor spread = variance;
        if (!variance.shape().equals(shape) && variance.rank() > 0) {
            Shape lead = shape.rank() == 0 ? shape : shape.without(shape.rank() - 1);
            boolean one = differsByOne(shape, variance.shape());
            if (!one && !variance.shape().equals(lead)) {
                throw new ShapeException(
                        operation,
                        "the variance " + variance.shape() + " does not fit the input " + shape,
                        Fault.SHAPE_MISMATCH);
            }
            spread = one ? variance : variance.unsqueeze(-1);
        }
        if (!(eps > 0)) {
            throw new ArgumentException(operation, "eps is " + eps + "; it must be positive", Fault.BAD_ARGUMENT);
        }
        return pair(new GaussianNllLoss(full, eps, reduction), x, target, spread);
    }

    /** Whether the second shape is the first with size 1 along one axis. */
    private static boolean differsByOne(Shape shape, Shape other) {
        int differing = 0;
        for (int i = 0; i < shape.rank() && shape.rank() == other.rank(); i++) {
            differing += shape.size(i) == other.size(i) ? 0 : other.size(i) == 1 ? 1 : 2;
        }
        return shape.rank() == other.rank() && differing == 1;
    }

    public static Tensor hingeEmbeddingLoss(Tensor x, Tensor target) {
        return hingeEmbeddingLoss(x, target, 1, Reduction.MEAN);
    }

    /** x where the target is 1, max(margin - x, 0) where it is -1. */
    public static Tensor hingeEmbeddingLoss(Tensor x, Tensor target, double margin, Reduction reduction) {
        return pair(new HingeEmbeddingLoss(margin, reduction), x, target);
    }

    public static Tensor marginRankingLoss(Tensor x1, Tensor x2, Tensor target) {
        return marginRankingLoss(x1, x2, target, 0, Reduction.MEAN);
    }

    /** max(margin - target (x1 - x2), 0). */
    public static Tensor marginRankingLoss(Tensor x1, Tensor x2, Tensor target, double margin, Reduction reduction) {
        if (x1.rank() != x2.rank() || x1.rank() != target.rank()) {
            throw new ShapeException(
                    "marginRankingLoss",
                    "the inputs " + x1.shape() + " and " + x2.shape() + " and the target " + target.shape()
                            + " must have the same number of axes",
                    Fault.SHAPE_MISMATCH);
        }
        if (!x1.dtype().isDifferentiable()) {
            // Integers keep their arithmetic, and wrap, until the margin is added.
            return reduction.apply(positive(x1.sub(x2).mul(target.neg()).add(margin)));
        }
        return pair(new MarginRankingLoss(margin, reduction), x1, x2, target);
    }

    public static Tensor cosineEmbeddingLoss(Tensor x1, Tensor x2, Tensor target) {
        return cosineEmbeddingLoss(x1, x2, target, 0, Reduction.MEAN);
    }

    /** 1 - cos(x1, x2) where the target is 1, max(cos(x1, x2) - margin, 0) where it is -1. */
    public static Tensor cosineEmbeddingLoss(Tensor x1, Tensor x2, Tensor target, double margin, Reduction reduction) {
        if (x1.rank() != x2.rank() || x1.rank() != target.rank() + 1 || target.rank() > 1) {
            throw new ShapeException(
                    "cosineEmbeddingLoss",
                    "inputs " + x1.shape() + " and " + x2.shape() + " and target " + target.shape()
                            + " must be [N, D], [N, D] and [N], or [D], [D] and []",
                    Fault.SHAPE_MISMATCH);
        }
        Tensor inner = x1.mul(x2).sum(-1);
        Tensor squares = x1.mul(x1).sum(-1).add(1e-12).mul(x2.mul(x2).sum(-1).add(1e-12));
        Tensor cosine = inner.div(squares.sqrt());
        Tensor zeros = cosine.zerosLike();
        Tensor apart = positive(cosine.sub(margin));
        Tensor loss = cosine.rsub(1).where(target.eq(1), zeros).add(apart.where(target.eq(-1), zeros));
        return reduction.apply(loss);
    }

    /** x, and 0 where it is negative; at 0 the gradient passes. */
    private static Tensor positive(Tensor x) {
        return x.zerosLike().where(x.lt(0), x);
    }

    public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
        return tripletMarginLoss(anchor, positive, negative, TripletOptions.options());
    }

    /** max(|anchor - positive| - |anchor - negative| + margin, 0). */
    public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, TripletOptions options) {
        return triplet(
                "tripletMarginLoss",
                anchor,
                positive,
                negative,
                options,
                (x, y) -> pairwiseDistance(x, y, options.p(), options.eps(), false));
    }

    /** As {@link #tripletMarginLoss(Tensor, Tensor, Tensor, TripletOptions)} with a distance of one's own. */
    public static Tensor tripletMarginWithDistanceLoss(
            Tensor anchor, Tensor positive, Tensor negative, BinaryOperator<Tensor> distance, TripletOptions options) {
        return triplet("tripletMarginWithDistanceLoss", anchor, positive, negative, options, distance);
    }

    private static Tensor triplet(
            String operation,
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            TripletOptions options,
            BinaryOperator<Tensor> distance) {
        if (!(options.margin() > 0)) {
            throw new ArgumentException(
                    operation, "margin is " + options.margin() + "; it must be positive", Fault.BAD_ARGUMENT);
        }
        if (anchor.rank() != positive.rank() || anchor.rank() != negative.rank()) {
            throw new ShapeException(
                    operation,
                    "anchor " + anchor.shape() + ", positive " + positive.shape() + " and negative " + negative.shape()
                            + " must have the same number of axes",
                    Fault.SHAPE_MISMATCH);
        }
        Shape.broadcast(operation, Shape.broadcast(operation, anchor.shape(), positive.shape()), negative.shape());
        Tensor near = distance.apply(anchor, positive);
        Tensor far = distance.apply(anchor, negative);
        if (options.swap()) {
            far = far.minimum(distance.apply(positive, negative));
        }
        return options.reduction().apply(positive(near.sub(far).add(options.margin())));
    }

    public static Tensor multiMarginLoss(Tensor x, Tensor target) {
        return multiMarginLoss(x, target, 1, 1, null, Reduction.MEAN);
    }

    /**
     * The mean over all other classes of max(margin - x[target] + x[class], 0)^p.
     *
     * @param x [C] or [N, C]
     * @param target classes (I64), [] or [N]
     * @param p 1 or 2
     * @param weight for each class, or null
     */
    public static Tensor multiMarginLoss(
            Tensor x, Tensor target, int p, double margin, @Nullable Tensor weight, Reduction reduction) {
        String operation = "multiMarginLoss";
        boolean single = x.rank() < 2;
        Tensor scores = x.rank() == 0 ? x.reshape(1, 1) : single ? x.unsqueeze(0) : x;
        if (x.rank() > 2 || scores.size(1) == 0) {
            throw new ShapeException(
                    operation, "the input must be [C] or [N, C], its shape is " + x.shape(), Fault.SHAPE_MISMATCH);
        }
        if (target.rank() > 1 || target.count() != scores.size(0)) {
            throw new ShapeException(
                    operation,
                    "the target must have " + scores.size(0) + " elements, its shape is " + target.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        requireClasses(operation, target);
        if (p != 1 && p != 2) {
            throw new ArgumentException(operation, "p is " + p + "; it must be 1 or 2", Fault.BAD_ARGUMENT);
        }
        long classes = scores.size(1);
        if (weight != null && !weight.shape().equals(Shape.of(classes))) {
            throw new ShapeException(
                    operation,
                    "the weight must have shape [" + classes + "], not " + weight.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor index = target.reshape(scores.size(0), 1);
        Tensor lack = positive(scores.sub(scores.gather(1, index)).add(margin));
        lack = p == 2 ? lack.square() : lack;
        if (weight != null) {
            lack = lack.mul(
                    weight.indexSelect(0, target.reshape(scores.size(0))).unsqueeze(1));
        }
        Tensor others = index.ne(Tensors.withDevice(x.device(), () -> Tensors.arange(classes)));
        Tensor loss = lack.where(others, lack.zerosLike()).sum(1).div(Scalar.of(classes));
        return reduction.apply(single && target.rank() == 0 ? loss.squeeze(0) : loss);
    }

    public static Tensor multilabelMarginLoss(Tensor x, Tensor target) {
        return multilabelMarginLoss(x, target, Reduction.MEAN);
    }

    /**
     * The sum over targets j and other classes i of max(1 - x[j] + x[i], 0), over the number of classes.
     *
     * @param x [C] or [N, C]
     * @param target of x's shape: classes (I64), of which those from the first -1 on do not count
     */
    public static Tensor multilabelMarginLoss(Tensor x, Tensor target, Reduction reduction) {
        boolean empty = x.rank() > 0 && x.rank() <= 2 && x.size(-1) == 0;
        if (!x.shape().equals(target.shape()) || x.rank() > 2 || empty) {
            throw new ShapeException(
                    "multilabelMarginLoss",
                    "input " + x.shape() + " and target " + target.shape() + " must both be [C] or [N, C], C > 0",
                    Fault.SHAPE_MISMATCH);
        }
        requireClasses("multilabelMarginLoss", target);
        Tensor scores = x.rank() == 0 ? x.reshape(1) : x;
        Tensor classes = x.rank() == 0 ? target.reshape(1) : target;
        Tensor counted = classes.ge(0).to(DType.I64).cumprod(-1);
        Tensor index = classes.mul(counted);
        Tensor isTarget = counted.zerosLike().scatterAdd(-1, index, counted).gt(0);
        // [..., targets, classes]
        Tensor lack = positive(
                scores.unsqueeze(-2).sub(scores.gather(-1, index).unsqueeze(-1)).add(1));
        Tensor counts =
                counted.gt(0).unsqueeze(-1).logicalAnd(isTarget.logicalNot().unsqueeze(-2));
        Tensor loss = lack.where(counts, lack.zerosLike()).sum(-2, -1).div(Scalar.of(scores.size(-1)));
        return reduction.apply(loss);
    }

    private static void requireClasses(String operation, Tensor target) {
        if (target.dtype() != DType.I64) {
            throw new DTypeException(
                    operation, "the target must hold class indices as int64, not " + target.dtype(), Fault.BAD_DTYPE);
        }
    }

    public static Tensor multilabelSoftMarginLoss(Tensor x, Tensor target) {
        return multilabelSoftMarginLoss(x, target, null, Reduction.MEAN);
    }

    /**
     * The mean over classes of the binary cross entropy of sigmoid(x).
     *
     * @param x [..., C]
     * @param target 0 or 1 for each class
     * @param weight for each class, or null
     */
    public static Tensor multilabelSoftMarginLoss(
            Tensor x, Tensor target, @Nullable Tensor weight, Reduction reduction) {
        Tensor loss = target.mul(logsigmoid(x))
                .add(target.rsub(1).mul(logsigmoid(x.neg())))
                .neg();
        loss = weight == null ? loss : loss.mul(weight);
        return reduction.apply(loss.mean(-1));
    }

    /**
     * The connectionist temporal classification loss.
     *
     * @param logProbabilities [T, N, C] or [T, C], of a log-softmax
     * @param targets [N, S] or all one after another
     * @param inputLengths [N], each at most T
     * @param targetLengths [N]
     * @param blank the class of the blank
     * @param reduction the mean divides each loss by its target's length first
     * @param zeroInfinity whether targets that cannot be spelled cost nothing
     */
    public static Tensor ctcLoss(
            Tensor logProbabilities,
            Tensor targets,
            Tensor inputLengths,
            Tensor targetLengths,
            long blank,
            Reduction reduction,
            boolean zeroInfinity) {
        boolean single = logProbabilities.rank() == 2;
        Tensor logs = single ? logProbabilities.unsqueeze(1) : logProbabilities;
        Tensor lengths = targetLengths.to(DType.I64).reshape(targetLengths.count());
        Tensor loss = Tensors.bind(
                new CtcLoss(blank),
                logs,
                targets.to(DType.I64),
                inputLengths.to(DType.I64).reshape(inputLengths.count()),
                lengths);
        if (zeroInfinity) {
            loss = loss.zerosLike().where(loss.eq(Double.POSITIVE_INFINITY), loss);
        }
        if (reduction == Reduction.MEAN) {
            Tensor one = lengths.onesLike();
            return loss.div(lengths.maximum(one).to(loss.dtype())).mean();
        }
        return reduction.apply(single && reduction == Reduction.NONE ? loss.squeeze(0) : loss);
    }
}
