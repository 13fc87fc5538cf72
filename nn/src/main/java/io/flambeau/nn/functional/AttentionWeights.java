package io.flambeau.nn.functional;

import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of multi-head attention of width E.
 *
 * @param inProjWeight [3 E, E]: the projections of query, key and value; null where there is one for each
 * @param qProjWeight [E, E], or null
 * @param kProjWeight [E, key width], or null
 * @param vProjWeight [E, value width], or null
 * @param inProjBias [3 E], or null
 * @param biasK [1, 1, E]: one more key for all, or null
 * @param biasV [1, 1, E]: one more value for all, or null
 * @param outProjWeight [E, E]
 * @param outProjBias [E], or null
 */
public record AttentionWeights(
        @Nullable Tensor inProjWeight,
        @Nullable Tensor qProjWeight,
        @Nullable Tensor kProjWeight,
        @Nullable Tensor vProjWeight,
        @Nullable Tensor inProjBias,
        @Nullable Tensor biasK,
        @Nullable Tensor biasV,
        Tensor outProjWeight,
        @Nullable Tensor outProjBias) {}
