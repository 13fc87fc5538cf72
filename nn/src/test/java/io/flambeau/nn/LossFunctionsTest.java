package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.loss.Reduction;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Losses: what PyTorch's semantics say of them, and their definitions. */
class LossFunctionsTest {
    private static final CrossEntropyOptions OPTIONS = CrossEntropyOptions.options();

    private static Tensor logits(long... sizes) {
        return Tensors.randn(new Generator(7), sizes);
    }

    @Test
    void crossEntropyIsTheLikelihoodOfTheSoftmax() {
        Tensor x = logits(4, 5, 3);
        Tensor target = Tensors.of(new long[] {0, 1, 2, 3, 4, 0, -100, 2, 2, 1, 1, -100}, 4, 3);
        Tensor weight = Tensors.of(new float[] {1, 2, 3, 4, 5});
        for (Reduction reduction : Reduction.values()) {
            CrossEntropyOptions options = OPTIONS.weight(weight).reduction(reduction);
            float[] fused = F.crossEntropy(x, target, options).toFloatArray();
            assertThat(fused)
                    .containsExactly(F.nllLoss(x.logSoftmax(1), target, options).toFloatArray(), within(1e-5f));
        }
    }

    @Test
    void theMeanDividesByTheWeightsOfTheTargets() {
        Tensor x = Tensors.zeros(2, 2);
        Tensor target = Tensors.of(new long[] {0, 1});
        Tensor weight = Tensors.of(new float[] {1, 3});
        assertThat(F.crossEntropy(x, target, OPTIONS.weight(weight)).item()).isCloseTo(Math.log(2), within(1e-6));
    }

    @Test
    void ignoredTargetsCostNothing() {
        Tensor x = logits(2, 3).requiresGrad(true);
        Tensor ignored = Tensors.of(new long[] {-100, -100});
        assertThat(F.crossEntropy(x, ignored).item()).isNaN();
        assertThat(F.crossEntropy(x, ignored, OPTIONS.reduction(Reduction.SUM)).item())
                .isZero();
        F.crossEntropy(x, Tensors.of(new long[] {1, -100})).backward();
        assertThat(x.grad().select(0, 1).toFloatArray()).containsOnly(0);
    }

    @Test
    void smoothingMovesTowardsTheEvenDistribution() {
        Tensor x = logits(3, 4);
        Tensor target = Tensors.of(new long[] {0, 3, 1});
        Tensor soft = F.oneHot(target, 4).to(x.dtype()).mul(0.7).add(0.3 / 4);
        double expected = F.crossEntropy(x, soft).item();
        assertThat(F.crossEntropy(x, target, OPTIONS.labelSmoothing(0.3)).item())
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void binaryCrossEntropyClampsItsLogarithms() {
        Tensor x = Tensors.of(new float[] {0, 1});
        Tensor target = Tensors.of(new float[] {1, 1});
        assertThat(F.binaryCrossEntropy(x, target, null, Reduction.NONE).toFloatArray())
                .containsExactly(new float[] {100, 0}, within(0f));
        assertThatThrownBy(() -> F.binaryCrossEntropy(x.add(0.5), target))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("must be from 0 to 1");
    }

    @Test
    void binaryCrossEntropyWithLogitsDoesNotOverflow() {
        Tensor x = Tensors.of(new float[] {200, -200, 0}).requiresGrad(true);
        Tensor loss = F.binaryCrossEntropyWithLogits(x, Tensors.of(new float[] {0, 1, 1}), null, null, Reduction.NONE);
        assertThat(loss.detach().toFloatArray()).containsExactly(new float[] {200, 200, 0.693147f}, within(1e-5f));
        loss.sum().backward();
        assertThat(x.grad().toFloatArray()).containsExactly(new float[] {1, -1, -0.5f}, within(1e-6f));
    }

    @Test
    void huberIsDeltaTimesSmoothL1() {
        Tensor x = logits(20).mul(3);
        Tensor y = Tensors.zeros(20);
        double smooth = F.smoothL1Loss(x, y, 1.5, Reduction.SUM).item();
        assertThat(F.huberLoss(x, y, 1.5, Reduction.SUM).item()).isCloseTo(1.5 * smooth, within(1e-4));
        assertThat(F.smoothL1Loss(x, y, 0, Reduction.SUM).item())
                .isCloseTo(x.abs().sum().item(), within(1e-4));
    }

    @Test
    void ctcSumsOverAllAlignments() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            int length = random.nextInt(4);
            long[] target = random.longs(length, 1, 3).toArray();
            Tensor logs = Tensors.randn(new Generator(round), 4, 1, 3).logSoftmax(2);
            Tensor loss = F.ctcLoss(
                    logs,
                    Tensors.of(target, 1, length),
                    Tensors.of(new long[] {4}),
                    Tensors.of(new long[] {length}),
                    0,
                    Reduction.SUM,
                    false);
            double expected = -Math.log(spelled(logs.toFloatArray(), target));
            if (Double.isInfinite(expected)) {
                assertThat(loss.item()).isEqualTo(expected);
            } else {
                assertThat(loss.item()).isCloseTo(expected, within(1e-4));
            }
        }
    }

    /** The probability of a target by trying all 81 labellings of four times with three classes. */
    private static double spelled(float[] logs, long[] target) {
        double total = 0;
        for (int code = 0; code < 81; code++) {
            int rest = code;
            int last = 0;
            int found = 0;
            boolean fits = true;
            double log = 0;
            for (int t = 0; t < 4; t++) {
                int label = rest % 3;
                rest /= 3;
                log += logs[t * 3 + label];
                if (label != 0 && label != last) {
                    fits &= found < target.length && target[found] == label;
                    found++;
                }
                last = label;
            }
            total += fits && found == target.length ? Math.exp(log) : 0;
        }
        return total;
    }

    @Test
    void ctcOfWhatCannotBeSpelled() {
        Tensor logs = Tensors.zeros(2, 1, 3).logSoftmax(2).detach().requiresGrad(true);
        Tensor target = Tensors.of(new long[] {1, 1}, 1, 2);
        Tensor two = Tensors.of(new long[] {2});
        assertThat(F.ctcLoss(logs, target, two, two, 0, Reduction.MEAN, false).item())
                .isInfinite();
        Tensor free = F.ctcLoss(logs, target, two, two, 0, Reduction.MEAN, true);
        free.backward();
        assertThat(free.item()).isZero();
        assertThat(logs.grad().toFloatArray()).containsOnly(0);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> F.crossEntropy(Tensors.zeros(2, 3), Tensors.of(new int[] {1, 2})))
                .hasMessageStartingWith("crossEntropy: the target must hold class indices as int64, not int32");
        assertThatThrownBy(() -> F.huberLoss(Tensors.zeros(2), Tensors.zeros(2), 0, Reduction.MEAN))
                .hasMessageStartingWith("huberLoss: delta is 0.0; it must be positive");
        assertThatThrownBy(() ->
                        F.gaussianNllLoss(Tensors.zeros(10, 2, 3), Tensors.zeros(10, 2, 3), Tensors.ones(10, 2, 2)))
                .hasMessageStartingWith("gaussianNllLoss: the variance [10, 2, 2] does not fit the input [10, 2, 3]");
    }
}
