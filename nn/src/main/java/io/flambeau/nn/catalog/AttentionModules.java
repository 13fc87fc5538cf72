package io.flambeau.nn.catalog;

import static io.flambeau.nn.catalog.ModuleEntry.module;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.nn.layer.MultiheadAttention;
import io.flambeau.nn.layer.Transformer;
import io.flambeau.nn.layer.TransformerDecoderLayer;
import io.flambeau.nn.layer.TransformerEncoderLayer;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Arguments;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention and transformers. */
final class AttentionModules {
    private static final String LAYER = ", dropout=0.1, activation='relu', layer_norm_eps=1e-05, batch_first=False,"
            + " norm_first=False, bias=True)";

    static final List<ModuleEntry> ENTRIES = List.of(
            module(
                    "MultiheadAttention(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False,"
                            + " add_zero_attn=False, kdim=None, vdim=None, batch_first=False)",
                    "new MultiheadAttention(width, heads, options)",
                    a -> new MultiheadAttention(a.integer("embed_dim"), a.axis("num_heads"), heads(a)),
                    "forward(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None,"
                            + " average_attn_weights=True, is_causal=False)",
                    AttentionModules::attend),
            module(
                    "TransformerEncoderLayer(d_model, nhead, dim_feedforward=2048" + LAYER,
                    "new TransformerEncoderLayer(width, heads, options)",
                    a -> new TransformerEncoderLayer(a.integer("d_model"), a.axis("nhead"), layer(a)),
                    "forward(src, src_mask=None, src_key_padding_mask=None, is_causal=False)",
                    (m, a) -> m.call(
                            a.tensor("src"), a.optionalTensor("src_mask"), a.optionalTensor("src_key_padding_mask"))),
            module(
                    "TransformerDecoderLayer(d_model, nhead, dim_feedforward=2048" + LAYER,
                    "new TransformerDecoderLayer(width, heads, options)",
                    a -> new TransformerDecoderLayer(a.integer("d_model"), a.axis("nhead"), layer(a)),
                    "forward(tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None,"
                            + " memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False)",
                    (m, a) -> m.call(a.tensor("tgt"), a.tensor("memory"), decoder(a))),
            module(
                    "Transformer(d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6,"
                            + " dim_feedforward=2048, dropout=0.1, activation='relu', custom_encoder=None,"
                            + " custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False,"
                            + " bias=True)",
                    "new Transformer(width, heads, encoderLayers, decoderLayers, options)",
                    a -> new Transformer(
                            a.integer("d_model"),
                            a.axis("nhead"),
                            a.axis("num_encoder_layers"),
                            a.axis("num_decoder_layers"),
                            layer(a)),
                    "forward(src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None,"
                            + " tgt_key_padding_mask=None, memory_key_padding_mask=None)",
                    (m, a) -> m.call(
                            a.tensor("src"),
                            a.tensor("tgt"),
                            decoder(a)
                                    .source(a.optionalTensor("src_mask"))
                                    .sourcePadding(a.optionalTensor("src_key_padding_mask")))));

    private AttentionModules() {}

    private static MultiheadAttention.Options heads(Arguments a) {
        return MultiheadAttention.options()
                .dropout(a.real("dropout"))
                .bias(a.flag("bias"))
                .addBiasKeyValue(a.flag("add_bias_kv"))
                .addZeroAttention(a.flag("add_zero_attn"))
                .widths(Values.optionalInteger(a, "kdim"), Values.optionalInteger(a, "vdim"))
                .batchFirst(a.flag("batch_first"));
    }

    private static List<@Nullable Tensor> attend(MultiheadAttention m, Arguments a) {
        Tensor query = a.tensor("query");
        Tensor key = a.tensor("key");
        Tensor value = a.tensor("value");
        Tensor padding = a.optionalTensor("key_padding_mask");
        Tensor mask = a.optionalTensor("attn_mask");
        return a.flag("need_weights")
                ? Arrays.asList(m.callWithWeights(query, key, value, padding, mask, a.flag("average_attn_weights")))
                : Arrays.asList(m.call(query, key, value, padding, mask), null);
    }

    private static TransformerOptions layer(Arguments a) {
        return TransformerOptions.options()
                .feedForward(a.integer("dim_feedforward"))
                .dropout(a.real("dropout"))
                .activation(a.text("activation").equals("gelu") ? F::gelu : F::relu)
                .eps(a.real("layer_norm_eps"))
                .batchFirst(a.flag("batch_first"))
                .normFirst(a.flag("norm_first"))
                .bias(a.flag("bias"));
    }

    private static TransformerMasks decoder(Arguments a) {
        return TransformerMasks.none()
                .target(a.optionalTensor("tgt_mask"))
                .memory(a.optionalTensor("memory_mask"))
                .targetPadding(a.optionalTensor("tgt_key_padding_mask"))
                .memoryPadding(a.optionalTensor("memory_key_padding_mask"));
    }
}
