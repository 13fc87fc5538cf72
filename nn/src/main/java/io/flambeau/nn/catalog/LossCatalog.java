package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;
import static io.flambeau.nn.catalog.Values.reduction;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.functional.TripletOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;

/** Losses. */
final class LossCatalog {
    private static final String OLD = "size_average=None, reduce=None, reduction='mean'";

    static final Catalog CATALOG = Catalog.of(
            "Losses",
            entry(
                    "mse_loss(input, target, " + OLD + ", weight=None)",
                    "mseLoss(x, target, reduction)",
                    a -> F.mseLoss(a.tensor("input"), a.tensor("target"), reduction("mseLoss", a))),
            entry(
                    "l1_loss(input, target, " + OLD + ", weight=None)",
                    "l1Loss(x, target, reduction)",
                    a -> F.l1Loss(a.tensor("input"), a.tensor("target"), reduction("l1Loss", a))),
            entry(
                    "smooth_l1_loss(input, target, " + OLD + ", beta=1.0)",
                    "smoothL1Loss(x, target, beta, reduction)",
                    a -> F.smoothL1Loss(
                            a.tensor("input"), a.tensor("target"), a.real("beta"), reduction("smoothL1Loss", a))),
            entry(
                    "huber_loss(input, target, reduction='mean', delta=1.0, weight=None)",
                    "huberLoss(x, target, delta, reduction)",
                    a -> F.huberLoss(
                            a.tensor("input"), a.tensor("target"), a.real("delta"), reduction("huberLoss", a))),
            entry(
                    "cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None,"
                            + " reduction='mean', label_smoothing=0.0)",
                    "crossEntropy(logits, target, options)",
                    a -> F.crossEntropy(
                            a.tensor("input"),
                            a.tensor("target"),
                            classes("crossEntropy", a).labelSmoothing(a.real("label_smoothing")))),
            entry(
                    "nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None,"
                            + " reduction='mean')",
                    "nllLoss(logProbabilities, target, options)",
                    a -> F.nllLoss(a.tensor("input"), a.tensor("target"), classes("nllLoss", a))),
            entry(
                    "binary_cross_entropy(input, target, weight=None, " + OLD + ")",
                    "binaryCrossEntropy(x, target, weight, reduction)",
                    a -> F.binaryCrossEntropy(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.optionalTensor("weight"),
                            reduction("binaryCrossEntropy", a))),
            entry(
                    "binary_cross_entropy_with_logits(input, target, weight=None, " + OLD + ", pos_weight=None)",
                    "binaryCrossEntropyWithLogits(x, target, weight, positiveWeight, reduction)",
                    a -> F.binaryCrossEntropyWithLogits(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.optionalTensor("weight"),
                            a.optionalTensor("pos_weight"),
                            reduction("binaryCrossEntropyWithLogits", a))),
            entry(
                    "kl_div(input, target, " + OLD + ", log_target=False)",
                    "klDiv(x, target, logTarget, reduction)",
                    LossCatalog::klDiv),
            entry(
                    "soft_margin_loss(input, target, " + OLD + ")",
                    "softMarginLoss(x, target, reduction)",
                    a -> F.softMarginLoss(a.tensor("input"), a.tensor("target"), reduction("softMarginLoss", a))),
            entry(
                    "poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08,"
                            + " reduce=None, reduction='mean')",
                    "poissonNllLoss(x, target, logInput, full, eps, reduction)",
                    a -> F.poissonNllLoss(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.flag("log_input"),
                            a.flag("full"),
                            a.real("eps"),
                            reduction("poissonNllLoss", a))),
            entry(
                    "gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction='mean')",
                    "gaussianNllLoss(x, target, variance, full, eps, reduction)",
                    a -> F.gaussianNllLoss(
                            a.tensor("input"),
                            a.tensor("target"),
                            variance(a),
                            a.flag("full"),
                            a.real("eps"),
                            reduction("gaussianNllLoss", a))),
            entry(
                    "hinge_embedding_loss(input, target, margin=1.0, " + OLD + ")",
                    "hingeEmbeddingLoss(x, target, margin, reduction)",
                    a -> F.hingeEmbeddingLoss(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.real("margin"),
                            reduction("hingeEmbeddingLoss", a))),
            entry(
                    "margin_ranking_loss(input1, input2, target, margin=0, " + OLD + ")",
                    "marginRankingLoss(x1, x2, target, margin, reduction)",
                    a -> F.marginRankingLoss(
                            a.tensor("input1"),
                            a.tensor("input2"),
                            a.tensor("target"),
                            a.real("margin"),
                            reduction("marginRankingLoss", a))),
            entry(
                    "cosine_embedding_loss(input1, input2, target, margin=0, " + OLD + ")",
                    "cosineEmbeddingLoss(x1, x2, target, margin, reduction)",
                    a -> F.cosineEmbeddingLoss(
                            a.tensor("input1"),
                            a.tensor("input2"),
                            a.tensor("target"),
                            a.real("margin"),
                            reduction("cosineEmbeddingLoss", a))),
            entry(
                    "triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, " + OLD
                            + ")",
                    "tripletMarginLoss(anchor, positive, negative, options)",
                    a -> F.tripletMarginLoss(
                            a.tensor("anchor"),
                            a.tensor("positive"),
                            a.tensor("negative"),
                            triplet("tripletMarginLoss", a).p(a.real("p")).eps(a.real("eps")))),
            entry(
                    "triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None,"
                            + " margin=1.0, swap=False, reduction='mean')",
                    "tripletMarginWithDistanceLoss(anchor, positive, negative, distance, options)",
                    a -> F.tripletMarginWithDistanceLoss(
                            a.tensor("anchor"),
                            a.tensor("positive"),
                            a.tensor("negative"),
                            F::pairwiseDistance,
                            triplet("tripletMarginWithDistanceLoss", a))),
            entry(
                    "multi_margin_loss(input, target, p=1, margin=1.0, weight=None, " + OLD + ")",
                    "multiMarginLoss(x, target, p, margin, weight, reduction)",
                    a -> F.multiMarginLoss(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.axis("p"),
                            a.real("margin"),
                            a.optionalTensor("weight"),
                            reduction("multiMarginLoss", a))),
            entry(
                    "multilabel_margin_loss(input, target, " + OLD + ")",
                    "multilabelMarginLoss(x, target, reduction)",
                    a -> F.multilabelMarginLoss(
                            a.tensor("input"), a.tensor("target"), reduction("multilabelMarginLoss", a))),
            entry(
                    "multilabel_soft_margin_loss(input, target, weight=None, " + OLD + ")",
                    "multilabelSoftMarginLoss(x, target, weight, reduction)",
                    a -> F.multilabelSoftMarginLoss(
                            a.tensor("input"),
                            a.tensor("target"),
                            a.optionalTensor("weight"),
                            reduction("multilabelSoftMarginLoss", a))),
            entry(
                    "ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean',"
                            + " zero_infinity=False)",
                    "ctcLoss(logProbabilities, targets, inputLengths, targetLengths, blank, reduction, zeroInfinity)",
                    a -> F.ctcLoss(
                            a.tensor("log_probs"),
                            a.tensor("targets"),
                            lengths(a, "input_lengths"),
                            lengths(a, "target_lengths"),
                            a.integer("blank"),
                            reduction("ctcLoss", a),
                            a.flag("zero_infinity"))));

    private LossCatalog() {}

    static CrossEntropyOptions classes(String operation, Arguments a) {
        return CrossEntropyOptions.options()
                .weight(a.optionalTensor("weight"))
                .ignoreIndex(a.integer("ignore_index"))
                .reduction(reduction(operation, a));
    }

    private static Tensor klDiv(Arguments a) {
        Tensor x = a.tensor("input");
        Tensor target = a.tensor("target");
        boolean log = a.flag("log_target");
        return a.text("reduction").equals("batchmean")
                ? F.klDivBatchMean(x, target, log)
                : F.klDiv(x, target, log, reduction("klDiv", a));
    }

    static Tensor variance(Arguments a) {
        Tensor x = a.tensor("input");
        return a.isTensor("var") ? a.tensor("var") : x.detach().fullLike(a.scalar("var"));
    }

    static TripletOptions triplet(String operation, Arguments a) {
        return TripletOptions.options()
                .margin(a.real("margin"))
                .swap(a.flag("swap"))
                .reduction(reduction(operation, a));
    }

    static Tensor lengths(Arguments a, String name) {
        return a.isTensor(name) ? a.tensor(name) : Tensors.of(a.sizes(name));
    }
}
