package io.flambeau.nn.layer;

import io.flambeau.nn.F;
import io.flambeau.nn.Init;
import io.flambeau.nn.Module;
import io.flambeau.nn.functional.AttentionWeights;
import io.flambeau.nn.functional.MultiHeadOptions;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads (Vaswani and others, 2017): query [L, N, width], key and value [S, N, ...], batch first on
 * request, or one sample without the batch. In masks of BOOL true means: blocked.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html">torch.nn.MultiheadAttention</a>
 */
public final class MultiheadAttention extends Module {
    /**
     * How the module is built.
     *
     * @param dropout the probability that a weight is dropped in training
     * @param bias whether the projections have biases
     * @param addBiasKeyValue whether there is one more trained key and value
     * @param addZeroAttention whether there is one more key and value of zeros
     * @param keyWidth the width of the keys, or null for that of the queries
     * @param valueWidth the width of the values, or null for that of the queries
     * @param batchFirst whether sequences are [N, L, width]
     */
    public record Options(
            double dropout,
            boolean bias,
            boolean addBiasKeyValue,
            boolean addZeroAttention,
            @Nullable Long keyWidth,
            @Nullable Long valueWidth,
            boolean batchFirst) {
        public Options dropout(double p) {
            return new Options(p, bias, addBiasKeyValue, addZeroAttention, keyWidth, valueWidth, batchFirst);
        }

        public Options bias(boolean on) {
            return new Options(dropout, on, addBiasKeyValue, addZeroAttention, keyWidth, valueWidth, batchFirst);
        }

        public Options addBiasKeyValue(boolean on) {
            return new Options(dropout, bias, on, addZeroAttention, keyWidth, valueWidth, batchFirst);
        }

        public Options addZeroAttention(boolean on) {
            return new Options(dropout, bias, addBiasKeyValue, on, keyWidth, valueWidth, batchFirst);
        }

        public Options widths(@Nullable Long key, @Nullable Long value) {
            return new Options(dropout, bias, addBiasKeyValue, addZeroAttention, key, value, batchFirst);
        }

        public Options batchFirst(boolean on) {
            return new Options(dropout, bias, addBiasKeyValue, addZeroAttention, keyWidth, valueWidth, on);
        }
    }

    private final int heads;
    private final Options options;
    private final AttentionWeights weights;
    private final Linear out;

    /** Biases, and nothing else. */
    public static Options options() {
        return new Options(0, true, false, false, null, null, false);
    }

    public MultiheadAttention(long width, int heads) {
        this(width, heads, options());
    }

    /**
     * @param width a multiple of {@code heads}
     */
    public MultiheadAttention(long width, int heads, Options options) {
        if (heads < 1 || width < 1 || width % heads != 0) {
            throw new ArgumentException(
                    "MultiheadAttention",
                    "a width of " + width + " does not divide into " + heads + " heads",
                    Fault.BAD_ARGUMENT);
        }
        this.heads = heads;
        this.options = options;
        long keyWidth = options.keyWidth == null ? width : options.keyWidth;
        long valueWidth = options.valueWidth == null ? width : options.valueWidth;
        boolean joint = keyWidth == width && valueWidth == width;
        Tensor q = parameter("q_proj_weight", joint ? null : projection(width, width));
        Tensor k = parameter("k_proj_weight", joint ? null : projection(width, keyWidth));
        Tensor v = parameter("v_proj_weight", joint ? null : projection(width, valueWidth));
        Tensor in = parameter("in_proj_weight", joint ? projection(3 * width, width) : null);
        Tensor inBias = parameter("in_proj_bias", options.bias ? Tensors.zeros(3 * width) : null);
        boolean more = options.addBiasKeyValue;
        Tensor biasK = parameter("bias_k", more ? Init.xavierNormal(Tensors.empty(1, 1, width), 1) : null);
        Tensor biasV = parameter("bias_v", more ? Init.xavierNormal(Tensors.empty(1, 1, width), 1) : null);
        this.out = child("out_proj", new Linear(width, width, options.bias));
        Tensor outBias = out.bias();
        if (outBias != null) {
            Init.zeros(outBias);
        }
        this.weights = new AttentionWeights(in, q, k, v, inBias, biasK, biasV, out.weight(), outBias);
    }

    private static Tensor projection(long out, long in) {
        return Init.xavierUniform(Tensors.empty(out, in), 1);
    }

    /** Attention of a sequence to itself. */
    @Override
    protected Tensor forward(Tensor input) {
        return result(attended(input, input, input, base()), 0);
    }

    /** The result, like the query. */
    public Tensor call(Tensor query, Tensor key, Tensor value) {
        return call(query, key, value, null, null);
    }

    /**
     * The result, like the query.
     *
     * @param keyPaddingMask [N, S]: BOOL, true where a key is ignored, or values added to the scores; or null
     * @param mask [L, S] or [N heads, L, S]: BOOL, true where a query may not attend, or values added; or null
     */
    public Tensor call(Tensor query, Tensor key, Tensor value, @Nullable Tensor keyPaddingMask, @Nullable Tensor mask) {
        MultiHeadOptions how = base().keyPaddingMask(keyPaddingMask).mask(mask);
        return scoped(query, x -> result(attended(x, key, value, how), 0));
    }

    /**
     * As {@link #call(Tensor, Tensor, Tensor, Tensor, Tensor)}, with the weights.
     *
     * @param average whether the weights are averaged over the heads
     * @return the result, and the weights [N, L, S], or [N, heads, L, S] if not averaged
     */
    public Tensor[] callWithWeights(
            Tensor query,
            Tensor key,
            Tensor value,
            @Nullable Tensor keyPaddingMask,
            @Nullable Tensor mask,
            boolean average) {
        MultiHeadOptions how = base().keyPaddingMask(keyPaddingMask)
                .mask(mask)
                .needWeights(true)
                .averageWeights(average);
        return scopedAll(query, x -> {
            @Nullable Tensor[] results = attended(x, key, value, how);
            return new Tensor[] {result(results, 0), result(results, 1)};
        });
    }

    private static Tensor result(@Nullable Tensor[] results, int at) {
        return Objects.requireNonNull(results[at]);
    }

    private MultiHeadOptions base() {
        return MultiHeadOptions.heads(heads)
                .dropout(options.dropout, isTraining())
                .addZeroAttention(options.addZeroAttention)
                .needWeights(false);
    }

    private @Nullable Tensor[] attended(Tensor query, Tensor key, Tensor value, MultiHeadOptions how) {
        refreshParameters(out);
        if (!options.batchFirst || query.rank() != 3) {
            return F.multiHeadAttentionForward(query, key, value, weights, how);
        }
        // What is one tensor stays one: then one product projects all three.
        Tensor q = query.transpose(0, 1);
        Tensor k = key == query ? q : key.transpose(0, 1);
        Tensor v = value == key ? k : value.transpose(0, 1);
        @Nullable Tensor[] results = F.multiHeadAttentionForward(q, k, v, weights, how);
        results[0] = result(results, 0).transpose(0, 1);
        return results;
    }

    @Override
    protected String describe() {
        return weights.outProjWeight().size(0) + ", heads=" + heads;
    }
}
