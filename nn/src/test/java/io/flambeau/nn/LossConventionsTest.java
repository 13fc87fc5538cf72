package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.autograd.Autocast;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.loss.TripletMarginLoss;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.loss.Reduction;
import org.junit.jupiter.api.Test;

/** How losses divide, clamp and broadcast; the numbers are PyTorch's. */
class LossConventionsTest {
    private static final Tensor LOGITS = Tensors.of(new float[] {1, 2, 3, 0, 1, 0}, 2, 3);
    private static final Tensor TARGET = Tensors.of(new long[] {0, 1});
    private static final CrossEntropyOptions WEIGHTED =
            CrossEntropyOptions.options().weight(Tensors.of(new float[] {1, 2, 4}));

    private static void assertClose(Tensor actual, double... expected) {
        assertThat(actual.to(DType.F64).toDoubleArray()).containsExactly(expected, within(1e-5));
    }

    @Test
    void smoothedTargetsAreWeightedByTheirClassesToo() {
        assertClose(F.crossEntropy(LOGITS, TARGET, WEIGHTED.labelSmoothing(0.3)), 1.3428940773010254);
    }

    @Test
    void probabilitiesAreDividedByTheBatchOnly() {
        Tensor probabilities = Tensors.of(new float[] {0.2f, 0.3f, 0.5f, 0.1f, 0.8f, 0.1f}, 2, 3);
        assertClose(F.crossEntropy(LOGITS, probabilities, WEIGHTED), 1.8996652364730835);
    }

    @Test
    void classesAreTheSecondAxisAndMayBeBytes() {
        assertClose(F.crossEntropy(LOGITS, TARGET.to(DType.U8)), 1.4795253276824951);
        assertClose(F.crossEntropy(Tensors.ones(2, 3, 4, 5), Tensors.zeros(DType.I64, 2, 4, 5)), Math.log(3));
    }

    @Test
    void positivesHaveAWeightOfTheirOwn() {
        Tensor zeros = Tensors.zeros(2);
        Tensor weight = Tensors.of(new float[] {3, 3});
        Tensor target = Tensors.of(new float[] {1, 0});
        assertClose(
                F.binaryCrossEntropyWithLogits(zeros, target, null, weight, Reduction.NONE),
                3 * Math.log(2),
                Math.log(2));
    }

    @Test
    void divergenceIsAMeanOverElementsAndNothingWhereNothingIsExpected() {
        Tensor logs = LOGITS.logSoftmax(1);
        Tensor target = Tensors.of(new float[] {0, 0.5f, 0.5f, 1, 0, 0}, 2, 3);
        assertClose(F.klDiv(logs, target), 0.29431721568107605);
        assertClose(F.klDivBatchMean(logs, target, false), 0.8829516768455505);
    }

    @Test
    void differencesBroadcast() {
        assertClose(F.mseLoss(Tensors.zeros(3, 1), Tensors.arange(3).to(DType.F32)), 5 / 3.0);
    }

    @Test
    void alignmentsAreAveragedByTheLengthOfTheirTargets() {
        Tensor logs = Tensors.zeros(4, 2, 3).logSoftmax(2);
        Tensor targets = Tensors.of(new long[] {1, 2, 1, 0}, 2, 2);
        Tensor four = Tensors.of(new long[] {4, 4});
        Tensor lengths = Tensors.of(new long[] {2, 1});
        assertClose(F.ctcLoss(logs, targets, four, lengths, 0, Reduction.NONE, false), 1.686399, 2.091864);
        assertClose(F.ctcLoss(logs, targets, four, lengths, 0, Reduction.MEAN, false), 1.4675318002700806);
    }

    @Test
    void aVarianceOfNothingIsAMillionth() {
        Tensor one = Tensors.ones(1);
        assertClose(F.gaussianNllLoss(one, one, Tensors.zeros(1)), 0.5 * Math.log(1e-6));
    }

    @Test
    void tripletsKeepADistanceOfOneBetweenDistancesThatAreNeverZero() {
        Tensor zero = Tensors.zeros(1, 2);
        Tensor near = Tensors.of(new float[] {0.5f, 0}, 1, 2);
        assertClose(F.tripletMarginLoss(zero, zero, near), 0.5000024437904358);
        assertClose(new TripletMarginLoss().call(zero, zero, near), 0.5000024437904358);
        assertThat(F.pairwiseDistance(zero, zero).item()).isCloseTo(Math.sqrt(2) * 1e-6, within(1e-9));
    }

    @Test
    void lossesOfHalvesAreSinglesUnderAutocast() {
        Tensor half = LOGITS.to(DType.BF16);
        assertThat(Autocast.call(DType.BF16, () -> F.crossEntropy(half, TARGET)).dtype())
                .isEqualTo(DType.F32);
        assertThat(Autocast.call(DType.BF16, () -> F.mseLoss(half, half)).dtype())
                .isEqualTo(DType.F32);
        assertThat(Autocast.call(DType.BF16, () -> F.gelu(half)).dtype()).isEqualTo(DType.BF16);
    }
}
