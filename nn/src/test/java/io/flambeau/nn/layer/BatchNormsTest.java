package io.flambeau.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.Sequential;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers are PyTorch's. */
class BatchNormsTest {
    private static Tensor set(Tensor target, float... values) {
        return Tensors.noGrad(
                () -> target.copy_(Tensors.of(values, target.shape().sizes())));
    }

    private static BatchNorm2d norm() {
        BatchNorm2d norm = new BatchNorm2d(2);
        set(norm.runningMean, 0.5f, -1);
        set(norm.runningVar, 2, 0.25f);
        set(norm.weight, 1.5f, -2);
        set(norm.bias, 0.1f, 0.2f);
        norm.eval();
        return norm;
    }

    @Test
    void statisticsAreMeansOverTheBatches() {
        BatchNorm1d norm = new BatchNorm1d(2);
        norm.runningMean.fill_(7);
        Sequential model = new Sequential(norm);
        model.eval();
        Tensor x = Tensors.arange(6).to(DType.F32).reshape(3, 2);
        BatchNorms.updateBn(List.of(x, x.square(), Tensors.of(new float[] {1, -1, 3, 5, 2, 2}, 3, 2)), model);
        assertThat(norm.runningMean.toFloatArray())
                .containsExactly(new float[] {3.5555553f, 5.5555553f}, within(1e-5f));
        assertThat(norm.runningVar.toFloatArray()).containsExactly(new float[] {24.777779f, 54.11111f}, within(1e-4f));
        assertThat(norm.batches.itemLong()).isEqualTo(3);
        assertThat(model.isTraining()).isFalse();
        model.train();
        model.call(x);
        assertThat(norm.runningMean.toFloatArray())
                .as("afterwards the options' momentum counts again")
                .containsExactly(new float[] {3.4f, 5.3f}, within(1e-5f));
    }

    @Test
    void aModelWithoutStatisticsDoesNotRun() {
        BatchNorms.updateBn(List.of(Tensors.ones(1, 99)), new Sequential(new Linear(3, 4)));
    }

    @Test
    void whatFailsLeavesTheModelAsItWas() {
        BatchNorm1d norm = new BatchNorm1d(2);
        norm.eval();
        assertThatThrownBy(() -> BatchNorms.updateBn(List.of(Tensors.ones(3, 5)), norm))
                .hasMessageContaining("5");
        assertThat(norm.isTraining()).isFalse();
        assertThat(norm.cumulative).isFalse();
    }

    @Test
    void aFusedConvolutionHasTheNormInItsWeights() {
        Conv2d conv = new Conv2d(2, 2, Axes.of(2), Conv2d.options().padding(1), false);
        Tensors.noGrad(
                () -> conv.weight().copy_(Tensors.arange(16).reshape(2, 2, 2, 2).div(10)));
        conv.eval();
        BatchNorm2d norm = norm();
        Conv2d fused = BatchNorms.fuseConvBnEval(conv, norm);
        assertThat(fused.bias().detach().toFloatArray())
                .containsExactly(new float[] {-0.43032876f, -3.7999198f}, within(1e-5f));
        assertThat(fused.weight().detach().flatten().narrow(0, 6, 4).toFloatArray())
                .containsExactly(new float[] {0.6363945f, 0.74246025f, -3.1999359f, -3.5999279f}, within(1e-5f));
        assertThat(fused.isTraining()).isFalse();
        assertThat(conv.bias()).isNull();
    }

    @Test
    void itDoesWhatTheTwoDo() {
        Conv2d conv = new Conv2d(
                4, 2, Axes.of(3), Conv2d.options().padding(1).stride(2).groups(2), true, PadMode.REFLECT);
        conv.eval();
        BatchNorm2d norm = norm();
        Tensor x = Tensors.randn(2, 4, 6, 7);
        Tensor expected = norm.call(conv.call(x));
        assertThat(BatchNorms.fuseConvBnEval(conv, norm).call(x).allclose(expected, 1e-4, 1e-5, false))
                .isTrue();
    }

    @Test
    void trainingIsRefused() {
        Conv2d conv = new Conv2d(2, 2, 3);
        assertThatThrownBy(() -> BatchNorms.fuseConvBnEval(conv, norm()))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("eval()");
    }
}
