package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.NormOptions;
import io.flambeau.nn.layer.BatchNorm2d;
import io.flambeau.nn.layer.Conv2d;
import io.flambeau.nn.layer.ConvTranspose1d;
import io.flambeau.nn.layer.InstanceNorm1d;
import io.flambeau.nn.layer.LazyBatchNorm2d;
import io.flambeau.nn.layer.LazyConv2d;
import io.flambeau.nn.layer.LazyConvTranspose1d;
import io.flambeau.nn.layer.LazyInstanceNorm1d;
import io.flambeau.nn.layer.LazyLinear;
import io.flambeau.nn.layer.Linear;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Axes;
import java.util.Map;
import java.util.function.Supplier;
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

    @Test
    void aStateDictMakesTheParametersToo() {
        ConvOptions grouped = ConvOptions.options().groups(2);
        NormOptions running = InstanceNorm1d.options().trackRunningStats(true);
        Supplier<Sequential> lazy = () -> new Sequential(
                new LazyConv2d(4, Axes.of(3), grouped, true),
                new LazyBatchNorm2d(),
                new Sequential(new LazyLinear(5)),
                new LazyConvTranspose1d(3, 2),
                new LazyInstanceNorm1d(running));
        Sequential full = new Sequential(
                new Conv2d(6, 4, Axes.of(3), grouped, true),
                new BatchNorm2d(4),
                new Sequential(new Linear(7, 5)),
                new ConvTranspose1d(8, 3, 2),
                new InstanceNorm1d(3, running));
        Sequential net = lazy.get();
        net.loadStateDict(full.stateDict());
        assertThat(net.stateDict().keySet()).isEqualTo(full.stateDict().keySet());
        net.stateDict()
                .forEach((key, value) -> assertThat(value.toDoubleArray())
                        .as(key)
                        .containsExactly(full.stateDict().get(key).toDoubleArray()));
        assertThatThrownBy(() -> lazy.get().loadStateDict(Map.of("0.weight", Tensors.ones(4, 3, 3, 3))))
                .hasMessageContaining("0.bias");
    }
}
