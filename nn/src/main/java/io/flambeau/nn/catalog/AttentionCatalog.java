package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.Values.entry;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.AttentionWeights;
import io.flambeau.nn.functional.EmbeddingBagOptions;
import io.flambeau.nn.functional.EmbeddingOptions;
import io.flambeau.nn.functional.MultiHeadOptions;
import io.flambeau.tensor.catalog.Arguments;
import io.flambeau.tensor.catalog.Catalog;
import java.util.Arrays;

/** Attention and embeddings. */
final class AttentionCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Attention and embeddings",
            entry(
                    "scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False,"
                            + " scale=None, enable_gqa=False)",
                    "scaledDotProductAttention(query, key, value, options)",
                    a -> F.scaledDotProductAttention(
                            a.tensor("query"),
                            a.tensor("key"),
                            a.tensor("value"),
                            AttentionOptions.options()
                                    .mask(a.optionalTensor("attn_mask"))
                                    .dropout(a.real("dropout_p"))
                                    .causal(a.flag("is_causal"))
                                    .scale(Values.optionalReal(a, "scale"))
                                    .groupedQueries(a.flag("enable_gqa")))),
            entry(
                    "multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight,"
                            + " in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias,"
                            + " training=True, key_padding_mask=None, need_weights=True, attn_mask=None,"
                            + " use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None,"
                            + " v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True,"
                            + " is_causal=False)",
                    "multiHeadAttentionForward(query, key, value, weights, options)",
                    AttentionCatalog::multiHead),
            entry(
                    "embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False,"
                            + " sparse=False)",
                    "embedding(indices, weight, options)",
                    a -> F.embedding(
                            a.tensor("input"),
                            a.tensor("weight"),
                            EmbeddingOptions.options()
                                    .paddingIndex(Values.optionalInteger(a, "padding_idx"))
                                    .maxNorm(Values.optionalReal(a, "max_norm"))
                                    .normType(a.real("norm_type"))
                                    .scaleGradByFrequency(a.flag("scale_grad_by_freq")))),
            entry(
                    "embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False,"
                            + " mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False,"
                            + " padding_idx=None)",
                    "embeddingBag(indices, weight, options)",
                    a -> F.embeddingBag(
                            // PyTorch still takes its former order, the weight first.
                            a.tensor(legacy(a) ? "weight" : "input"),
                            a.tensor(legacy(a) ? "input" : "weight"),
                            EmbeddingBagOptions.options()
                                    .offsets(a.optionalTensor("offsets"))
                                    .mode(Values.constant(
                                            EmbeddingBagOptions.Mode.class, "embeddingBag", "mode", a.text("mode")))
                                    .perSampleWeights(a.optionalTensor("per_sample_weights"))
                                    .includeLastOffset(a.flag("include_last_offset"))
                                    .paddingIndex(Values.optionalInteger(a, "padding_idx"))
                                    .maxNorm(Values.optionalReal(a, "max_norm"))
                                    .normType(a.real("norm_type"))
                                    .scaleGradByFrequency(a.flag("scale_grad_by_freq")))),
            entry(
                    "one_hot(input, num_classes=-1)",
                    "oneHot(indices, classes)",
                    a -> F.oneHot(a.tensor("input"), a.integer("num_classes"))));

    private AttentionCatalog() {}

    private static boolean legacy(Arguments a) {
        return a.tensor("input").dtype().isFloating()
                && !a.tensor("weight").dtype().isFloating();
    }

    private static Object multiHead(Arguments a) {
        boolean separate = a.flag("use_separate_proj_weight");
        AttentionWeights weights = new AttentionWeights(
                separate ? null : a.optionalTensor("in_proj_weight"),
                a.optionalTensor("q_proj_weight"),
                a.optionalTensor("k_proj_weight"),
                a.optionalTensor("v_proj_weight"),
                a.optionalTensor("in_proj_bias"),
                a.optionalTensor("bias_k"),
                a.optionalTensor("bias_v"),
                a.tensor("out_proj_weight"),
                a.optionalTensor("out_proj_bias"));
        MultiHeadOptions options = MultiHeadOptions.heads(a.axis("num_heads"))
                .keyPaddingMask(a.optionalTensor("key_padding_mask"))
                .mask(a.optionalTensor("attn_mask"))
                .dropout(a.real("dropout_p"), a.flag("training"))
                .needWeights(a.flag("need_weights"))
                .averageWeights(a.flag("average_attn_weights"))
                .addZeroAttention(a.flag("add_zero_attn"));
        return Arrays.asList(
                F.multiHeadAttentionForward(a.tensor("query"), a.tensor("key"), a.tensor("value"), weights, options));
    }
}
