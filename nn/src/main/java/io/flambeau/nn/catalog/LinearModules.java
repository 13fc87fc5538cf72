package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.functional.EmbeddingBagOptions;
import io.flambeau.nn.functional.EmbeddingOptions;
import io.flambeau.nn.layer.Bilinear;
import io.flambeau.nn.layer.Embedding;
import io.flambeau.nn.layer.EmbeddingBag;
import io.flambeau.nn.layer.Flatten;
import io.flambeau.nn.layer.Identity;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.catalog.Arguments;
import java.util.List;

/** Linear maps, embeddings and changes of shape. */
final class LinearModules {
    static final List<ModuleEntry> ENTRIES = List.of(
            module("Identity(*args)", "new Identity()", a -> new Identity()),
            module(
                    "Flatten(start_dim=1, end_dim=-1)",
                    "new Flatten(start, end)",
                    a -> new Flatten(a.axis("start_dim"), a.axis("end_dim"))),
            module(
                    "Linear(in_features, out_features, bias=True)",
                    "new Linear(in, out, withBias)",
                    a -> new Linear(a.integer("in_features"), a.integer("out_features"), a.flag("bias"))),
            module(
                    "Bilinear(in1_features, in2_features, out_features, bias=True)",
                    "new Bilinear(in1, in2, out, withBias)",
                    a -> new Bilinear(
                            a.integer("in1_features"),
                            a.integer("in2_features"),
                            a.integer("out_features"),
                            a.flag("bias")),
                    "forward(input1, input2)",
                    (m, a) -> m.call(a.tensor("input1"), a.tensor("input2"))),
            module(
                    "Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0,"
                            + " scale_grad_by_freq=False, sparse=False)",
                    "new Embedding(rows, width, options)",
                    a -> new Embedding(a.integer("num_embeddings"), a.integer("embedding_dim"), embedding(a))),
            module(
                    "EmbeddingBag(num_embeddings, embedding_dim, max_norm=None, norm_type=2.0,"
                            + " scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None,"
                            + " include_last_offset=False, padding_idx=None)",
                    "new EmbeddingBag(rows, width, options)",
                    a -> new EmbeddingBag(a.integer("num_embeddings"), a.integer("embedding_dim"), bag(a)),
                    "forward(input, offsets=None, per_sample_weights=None)",
                    (m, a) -> m.call(
                            a.tensor("input"), a.optionalTensor("offsets"), a.optionalTensor("per_sample_weights"))));

    private LinearModules() {}

    private static EmbeddingOptions embedding(Arguments a) {
        return EmbeddingOptions.options()
                .paddingIndex(Values.optionalInteger(a, "padding_idx"))
                .maxNorm(Values.optionalReal(a, "max_norm"))
                .normType(a.real("norm_type"))
                .scaleGradByFrequency(a.flag("scale_grad_by_freq"));
    }

    private static EmbeddingBagOptions bag(Arguments a) {
        return EmbeddingBagOptions.options()
                .mode(Values.constant(EmbeddingBagOptions.Mode.class, "EmbeddingBag", "mode", a.text("mode")))
                .includeLastOffset(a.flag("include_last_offset"))
                .paddingIndex(Values.optionalInteger(a, "padding_idx"))
                .maxNorm(Values.optionalReal(a, "max_norm"))
                .normType(a.real("norm_type"))
                .scaleGradByFrequency(a.flag("scale_grad_by_freq"));
    }
}
