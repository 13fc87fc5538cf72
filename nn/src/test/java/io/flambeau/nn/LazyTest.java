package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.nn.functional.NormOptions;
import io.flambeau.nn.layer.InstanceNorm1d;
import io.flambeau.nn.layer.LazyBatchNorm2d;
import io.flambeau.nn.layer.LazyConv2d;
import io.flambeau.nn.layer.LazyConvTranspose1d;
import io.flambeau.nn.layer.LazyInstanceNorm1d;
import io.flambeau.nn.layer.LazyLinear;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lazy modules take their sizes from the first call, under the keys of what they stand for. */
class LazyTest {
    @Test
    void firstCallMakesTheParameters() {
        Sequential net = new Sequential(new LazyConv2d(4, 3), new LazyBatchNorm2d(), new LazyLinear(5));
        assertThat(net.parameters()).isEmpty();
        net.to(DType.F64);
        net.eval();
        assertThat(net.call(Tensors.randn(2, 3, 6, 7).to(DType.F64)).shape().sizes())
                .containsExactly(2, 4, 4, 5);
        assertThat(net.stateDict().keySet())
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "1.num_batches_tracked",
                        "2.weight",
                        "2.bias");
        assertThat(net.stateDict().get("0.weight").shape().sizes()).containsExactly(4, 3, 3, 3);
        assertThat(net.stateDict().get("2.weight").spec().toString()).isEqualTo("float64[5, 5] on cpu:0");
        assertThat(net.namedModules().values()).noneMatch(Module::isTraining);
        assertThat(net.stateDict().get("1.num_batches_tracked").itemLong()).isZero();
    }

    @Test
    void laterCallsTrainTheSameParameters() {
        LazyLinear layer = new LazyLinear(2);
        layer.call(Tensors.ones(1, 3));
        Map<String, ?> parameters = layer.namedParameters();
        layer.call(Tensors.ones(4, 3)).sum().backward();
        assertThat(layer.namedParameters()).isEqualTo(parameters);
        assertThat(layer.parameters()).hasSize(2).allMatch(p -> p.requiresGrad() && p.grad() != null);
        assertThat(layer.toString()).isEqualTo("Linear(in=3, out=2, bias=true)");
    }

    @Test
    void samplesWithoutBatchHaveTheirChannelsFirst() {
        NormOptions affine = InstanceNorm1d.options().affine(true);
        Sequential net = new Sequential(new LazyConvTranspose1d(4, 2), new LazyInstanceNorm1d(affine));
        assertThat(net.call(Tensors.randn(3, 5)).shape().sizes()).containsExactly(4, 6);
        assertThat(net.stateDict().get("0.weight").shape().sizes()).containsExactly(3, 4, 2);
        assertThat(net.stateDict().get("1.weight").shape().sizes()).containsExactly(4);
    }
}
