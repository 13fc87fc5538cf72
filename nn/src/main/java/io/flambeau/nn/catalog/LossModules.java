package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.layer.CosineSimilarity;
import io.flambeau.nn.layer.PairwiseDistance;
import io.flambeau.nn.loss.BCELoss;
import io.flambeau.nn.loss.BCEWithLogitsLoss;
import io.flambeau.nn.loss.CTCLoss;
import io.flambeau.nn.loss.CosineEmbeddingLoss;
import io.flambeau.nn.loss.CrossEntropyLoss;
import io.flambeau.nn.loss.GaussianNLLLoss;
import io.flambeau.nn.loss.HingeEmbeddingLoss;
import io.flambeau.nn.loss.HuberLoss;
import io.flambeau.nn.loss.KLDivLoss;
import io.flambeau.nn.loss.L1Loss;
import io.flambeau.nn.loss.LinearCrossEntropyLoss;
import io.flambeau.nn.loss.Loss;
import io.flambeau.nn.loss.MSELoss;
import io.flambeau.nn.loss.MarginRankingLoss;
import io.flambeau.nn.loss.MultiLabelMarginLoss;
import io.flambeau.nn.loss.MultiLabelSoftMarginLoss;
import io.flambeau.nn.loss.MultiMarginLoss;
import io.flambeau.nn.loss.NLLLoss;
import io.flambeau.nn.loss.PoissonNLLLoss;
import io.flambeau.nn.loss.SmoothL1Loss;
import io.flambeau.nn.loss.SoftMarginLoss;
import io.flambeau.nn.loss.TripletMarginLoss;
import io.flambeau.nn.loss.TripletMarginWithDistanceLoss;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.op.loss.Reduction;
import java.util.List;
import java.util.function.Function;

/** Losses and distances. */
final class LossModules {
    private static final String OLD = "size_average=None, reduce=None, reduction='mean'";
    private static final String PAIR = "forward(input1, input2, target)";
    private static final String TRIPLET = "forward(anchor, positive, negative)";

    static final List<ModuleEntry> ENTRIES = List.of(
            loss("L1Loss(" + OLD + ")", "new L1Loss(reduction)", a -> new L1Loss(reduction(a))),
            loss("MSELoss(" + OLD + ")", "new MSELoss(reduction)", a -> new MSELoss(reduction(a))),
            loss("SoftMarginLoss(" + OLD + ")", "new SoftMarginLoss(reduction)", a -> new SoftMarginLoss(reduction(a))),
            loss(
                    "MultiLabelMarginLoss(" + OLD + ")",
                    "new MultiLabelMarginLoss(reduction)",
                    a -> new MultiLabelMarginLoss(reduction(a))),
            loss(
                    "SmoothL1Loss(" + OLD + ", beta=1.0)",
                    "new SmoothL1Loss(beta, reduction)",
                    a -> new SmoothL1Loss(a.real("beta"), reduction(a))),
            loss(
                    "HuberLoss(reduction='mean', delta=1.0)",
                    "new HuberLoss(delta, reduction)",
                    a -> new HuberLoss(a.real("delta"), reduction(a))),
            loss(
                    "BCELoss(weight=None, " + OLD + ")",
                    "new BCELoss(weight, reduction)",
                    a -> new BCELoss(a.optionalTensor("weight"), reduction(a))),
            loss(
                    "MultiLabelSoftMarginLoss(weight=None, " + OLD + ")",
                    "new MultiLabelSoftMarginLoss(weight, reduction)",
                    a -> new MultiLabelSoftMarginLoss(a.optionalTensor("weight"), reduction(a))),
            loss(
                    "BCEWithLogitsLoss(weight=None, " + OLD + ", pos_weight=None)",
                    "new BCEWithLogitsLoss(weight, positiveWeight, reduction)",
                    a -> new BCEWithLogitsLoss(
                            a.optionalTensor("weight"), a.optionalTensor("pos_weight"), reduction(a))),
            loss(
                    "MultiMarginLoss(p=1, margin=1.0, weight=None, " + OLD + ")",
                    "new MultiMarginLoss(p, margin, weight, reduction)",
                    a -> new MultiMarginLoss(a.axis("p"), a.real("margin"), a.optionalTensor("weight"), reduction(a))),
            loss(
                    "KLDivLoss(" + OLD + ", log_target=False)",
                    "new KLDivLoss(reduction, logTarget)",
                    a -> a.text("reduction").equals("batchmean")
                            ? KLDivLoss.batchMean(a.flag("log_target"))
                            : new KLDivLoss(reduction(a), a.flag("log_target"))),
            loss(
                    "PoissonNLLLoss(log_input=True, full=False, size_average=None, eps=1e-08, reduce=None,"
                            + " reduction='mean')",
                    "new PoissonNLLLoss(logInput, full, eps, reduction)",
                    a -> new PoissonNLLLoss(a.flag("log_input"), a.flag("full"), a.real("eps"), reduction(a))),
            loss(
                    "HingeEmbeddingLoss(margin=1.0, " + OLD + ")",
                    "new HingeEmbeddingLoss(margin, reduction)",
                    a -> new HingeEmbeddingLoss(a.real("margin"), reduction(a))),
            loss(
                    "CrossEntropyLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean',"
                            + " label_smoothing=0.0)",
                    "new CrossEntropyLoss(options)",
                    a -> new CrossEntropyLoss(
                            LossCatalog.classes("CrossEntropyLoss", a).labelSmoothing(a.real("label_smoothing")))),
            loss(
                    "NLLLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')",
                    "new NLLLoss(options)",
                    a -> new NLLLoss(LossCatalog.classes("NLLLoss", a))),
            loss(
                    "LinearCrossEntropyLoss(in_features, num_classes, *, out_features=(), bias=False, reduction='mean',"
                            + " weight=None, ignore_index=None, label_smoothing=0.0, options=None)",
                    "new LinearCrossEntropyLoss(in, classes, options, withBias, outs)",
                    a -> new LinearCrossEntropyLoss(
                            a.integer("in_features"),
                            a.integer("num_classes"),
                            scores(a),
                            a.flag("bias"),
                            a.sizes("out_features"))),
            module(
                    "CTCLoss(blank=0, reduction='mean', zero_infinity=False)",
                    "new CTCLoss(blank, reduction, zeroInfinity)",
                    a -> new CTCLoss(a.integer("blank"), reduction(a), a.flag("zero_infinity")),
                    "forward(log_probs, targets, input_lengths, target_lengths)",
                    (m, a) -> m.call(
                            a.tensor("log_probs"),
                            a.tensor("targets"),
                            LossCatalog.lengths(a, "input_lengths"),
                            LossCatalog.lengths(a, "target_lengths"))),
            module(
                    "GaussianNLLLoss(*, full=False, eps=1e-06, reduction='mean')",
                    "new GaussianNLLLoss(full, eps, reduction)",
                    a -> new GaussianNLLLoss(a.flag("full"), a.real("eps"), reduction(a)),
                    "forward(input, target, var)",
                    (m, a) -> m.call(a.tensor("input"), a.tensor("target"), LossCatalog.variance(a))),
            module(
                    "MarginRankingLoss(margin=0.0, " + OLD + ")",
                    "new MarginRankingLoss(margin, reduction)",
                    a -> new MarginRankingLoss(a.real("margin"), reduction(a)),
                    PAIR,
                    (m, a) -> m.call(a.tensor("input1"), a.tensor("input2"), a.tensor("target"))),
            module(
                    "CosineEmbeddingLoss(margin=0.0, " + OLD + ")",
                    "new CosineEmbeddingLoss(margin, reduction)",
                    a -> new CosineEmbeddingLoss(a.real("margin"), reduction(a)),
                    PAIR,
                    (m, a) -> m.call(a.tensor("input1"), a.tensor("input2"), a.tensor("target"))),
            module(
                    "TripletMarginLoss(margin=1.0, p=2.0, eps=1e-06, swap=False, " + OLD + ")",
                    "new TripletMarginLoss(options)",
                    a -> new TripletMarginLoss(LossCatalog.triplet("TripletMarginLoss", a)
                            .p(a.real("p"))
                            .eps(a.real("eps"))),
                    TRIPLET,
                    (m, a) -> m.call(a.tensor("anchor"), a.tensor("positive"), a.tensor("negative"))),
            module(
                    "TripletMarginWithDistanceLoss(*, margin=1.0, swap=False, reduction='mean')",
                    "new TripletMarginWithDistanceLoss(distance, options)",
                    a -> new TripletMarginWithDistanceLoss(LossCatalog.triplet("TripletMarginWithDistanceLoss", a)),
                    TRIPLET,
                    (m, a) -> m.call(a.tensor("anchor"), a.tensor("positive"), a.tensor("negative"))),
            module(
                    "CosineSimilarity(dim=1, eps=1e-08)",
                    "new CosineSimilarity(axis, eps)",
                    a -> new CosineSimilarity(a.axis("dim"), a.real("eps")),
                    "forward(x1, x2)",
                    (m, a) -> m.call(a.tensor("x1"), a.tensor("x2"))),
            module(
                    "PairwiseDistance(p=2.0, eps=1e-06, keepdim=False)",
                    "new PairwiseDistance(p, eps, keep)",
                    a -> new PairwiseDistance(a.real("p"), a.real("eps"), a.flag("keepdim")),
                    "forward(x1, x2)",
                    (m, a) -> m.call(a.tensor("x1"), a.tensor("x2"))));

    private LossModules() {}

    /** A loss of an input and a target. */
    private static ModuleEntry loss(String constructor, String java, Function<Arguments, Loss> maker) {
        return module(
                constructor,
                java,
                maker,
                "forward(input, target)",
                (m, a) -> m.call(a.tensor("input"), a.tensor("target")));
    }

    private static Reduction reduction(Arguments a) {
        return Values.reduction("reduction", a);
    }

    private static CrossEntropyOptions scores(Arguments a) {
        CrossEntropyOptions options = CrossEntropyOptions.options()
                .weight(a.optionalTensor("weight"))
                .labelSmoothing(a.real("label_smoothing"))
                .reduction(reduction(a));
        return a.has("ignore_index") ? options.ignoreIndex(a.integer("ignore_index")) : options;
    }
}
