package io.flambeau.nn.layer;

import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.TransformerMasks;
import io.flambeau.nn.functional.TransformerOptions;
import io.flambeau.tensor.Tensor;

/**
 * An encoder and a decoder (Vaswani and others, <em>Attention is all you need</em>, 2017). Matrices start uniform as
 * Glorot and Bengio have it.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.Transformer.html">torch.nn.Transformer</a>
 */
public final class Transformer extends Module {
    private final TransformerEncoder encoder;
    private final TransformerDecoder decoder;

    /** 512 wide, 8 heads, 6 layers each. */
    public Transformer() {
        this(512, 8, 6, 6, TransformerOptions.options());
    }

    public Transformer(long width, int heads, int encoderLayers, int decoderLayers, TransformerOptions options) {
        this.encoder = child(
                "encoder",
                new TransformerEncoder(
                        () -> new TransformerEncoderLayer(width, heads, options),
                        encoderLayers,
                        TransformerLayer.norm(width, options)));
        this.decoder = child(
                "decoder",
                new TransformerDecoder(
                        () -> new TransformerDecoderLayer(width, heads, options),
                        decoderLayers,
                        TransformerLayer.norm(width, options)));
        for (Tensor p : parameters()) {
            if (p.rank() > 1) {
                Init.xavierUniform(p, 1);
            }
        }
    }

    public Tensor call(Tensor source, Tensor target) {
        return call(source, target, TransformerMasks.none());
    }

    /**
     * @param source [S, N, width], [N, S, width] if batch first, or [S, width]
     * @param target [T, N, width], likewise
     * @return like the target
     */
    public Tensor call(Tensor source, Tensor target, TransformerMasks masks) {
        return scoped(source, x -> {
            Tensor memory = encoder.call(x, masks.source(), masks.sourcePadding());
            return decoder.call(target, memory, masks);
        });
    }
}
