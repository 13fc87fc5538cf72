package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;

import io.flambeau.nn.F;
import io.flambeau.tensor.catalog.Catalog;

/** Normalisations and distances. */
final class NormCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Normalisations and distances",
            entry(
                    "batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1,"
                            + " eps=1e-05)",
                    "batchNorm(x, runningMean, runningVar, weight, bias, training, momentum, eps)",
                    a -> F.batchNorm(
                            a.tensor("input"),
                            a.optionalTensor("running_mean"),
                            a.optionalTensor("running_var"),
                            a.optionalTensor("weight"),
                            a.optionalTensor("bias"),
                            a.flag("training"),
                            a.real("momentum"),
                            a.real("eps"))),
            entry(
                    "instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None,"
                            + " use_input_stats=True, momentum=0.1, eps=1e-05)",
                    "instanceNorm(x, runningMean, runningVar, weight, bias, useInputStats, momentum, eps)",
                    a -> F.instanceNorm(
                            a.tensor("input"),
                            a.optionalTensor("running_mean"),
                            a.optionalTensor("running_var"),
                            a.optionalTensor("weight"),
                            a.optionalTensor("bias"),
                            a.flag("use_input_stats"),
                            a.real("momentum"),
                            a.real("eps"))),
            entry(
                    "layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)",
                    "layerNorm(x, normalizedShape, weight, bias, eps)",
                    a -> F.layerNorm(
                            a.tensor("input"),
                            a.sizes("normalized_shape"),
                            a.optionalTensor("weight"),
                            a.optionalTensor("bias"),
                            a.real("eps"))),
            entry(
                    "rms_norm(input, normalized_shape, weight=None, eps=None)",
                    "rmsNorm(x, normalizedShape, weight, eps)",
                    a -> F.rmsNorm(
                            a.tensor("input"),
                            a.sizes("normalized_shape"),
                            a.optionalTensor("weight"),
                            Values.optionalReal(a, "eps"))),
            entry(
                    "group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)",
                    "groupNorm(x, groups, weight, bias, eps)",
                    a -> F.groupNorm(
                            a.tensor("input"),
                            a.integer("num_groups"),
                            a.optionalTensor("weight"),
                            a.optionalTensor("bias"),
                            a.real("eps"))),
            entry(
                    "local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)",
                    "localResponseNorm(x, size, alpha, beta, k)",
                    a -> F.localResponseNorm(
                            a.tensor("input"), a.integer("size"), a.real("alpha"), a.real("beta"), a.real("k"))),
            entry(
                    "normalize(input, p=2.0, dim=1, eps=1e-12)",
                    "normalize(x, p, axis, eps)",
                    a -> F.normalize(a.tensor("input"), a.real("p"), a.axis("dim"), a.real("eps"))),
            entry(
                    "cosine_similarity(x1, x2, dim=1, eps=1e-08)",
                    "cosineSimilarity(x1, x2, axis, eps)",
                    a -> F.cosineSimilarity(a.tensor("x1"), a.tensor("x2"), a.axis("dim"), a.real("eps"))),
            entry(
                    "pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)",
                    "pairwiseDistance(x1, x2, p, eps, keep)",
                    a -> F.pairwiseDistance(
                            a.tensor("x1"), a.tensor("x2"), a.real("p"), a.real("eps"), a.flag("keepdim"))),
            entry("pdist(input, p=2.0)", "pdist(x, p)", a -> F.pdist(a.tensor("input"), a.real("p"))));

    private NormCatalog() {}
}
