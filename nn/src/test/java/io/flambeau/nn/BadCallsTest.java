package io.flambeau.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls that have no answer: each ends in a typed error that says what was given, and the next call works. */
class BadCallsTest {
    private static final Tensor MATRIX = Tensors.ones(2, 3);
    private static final Tensor IMAGE = Tensors.ones(1, 2, 5, 5);
    private static final Tensor KERNEL = Tensors.ones(4, 2, 3, 3);

    private static Tensor conv(ConvOptions options) {
        return F.conv2d(IMAGE, KERNEL, null, options);
    }

    private static Tensor released() {
        Tensor x;
        try (Scope _ = Scope.open("short")) {
            x = Tensors.ones(2);
        }
        return x.add(1);
    }

    private static Tensor overwritten() {
        Tensor x = Tensors.ones(2).requiresGrad(true);
        Tensor y = x.exp();
        y.mul_(2);
        y.sum().backward();
        return y;
    }

    private static Tensor twiceBackward() {
        Tensor loss = Tensors.ones(2).requiresGrad(true).square().sum();
        loss.backward();
        loss.backward();
        return loss;
    }

    private static Map<String, Supplier<?>> calls() {
        Map<String, Supplier<?>> calls = new LinkedHashMap<>();
        calls.put("a negative size", () -> Tensors.zeros(2, -1));
        calls.put("sizes whose product overflows", () -> Tensors.zeros(1L << 40, 1L << 40));
        calls.put("sizes whose overflow a zero hides", () -> Tensors.zeros(1L << 40, 0, 1L << 40));
        calls.put("more bytes than there are", () -> Tensors.zeros(1L << 50));
        calls.put("a rank of 100", () -> Tensors.zeros(new long[100]));
        calls.put("an axis too far", () -> MATRIX.sum(2));
        calls.put("an axis too negative", () -> MATRIX.sum(-3));
        calls.put("an axis beyond all integers", () -> MATRIX.sum(Integer.MIN_VALUE));
        calls.put("an axis twice", () -> MATRIX.sum(0, 0));
        calls.put("axes that are no order", () -> MATRIX.permute(0, 0));
        calls.put("a step of 0", () -> MATRIX.slice(0, 0, 2, 0));
        calls.put("a negative step", () -> MATRIX.slice(0, 0, 2, -1));
        calls.put("a shape of another count", () -> MATRIX.reshape(4));
        calls.put("shapes that do not broadcast", () -> MATRIX.add(Tensors.ones(2)));
        calls.put("products that do not fit", () -> MATRIX.matmul(MATRIX));
        calls.put("a stride of 0", () -> conv(ConvOptions.options().stride(0)));
        calls.put("a negative stride", () -> conv(ConvOptions.options().stride(-1)));
        calls.put("negative padding", () -> conv(ConvOptions.options().padding(-1)));
        calls.put("a dilation of 0", () -> conv(ConvOptions.options().dilation(0)));
        calls.put(
                "a kernel larger than its input",
                () -> conv(ConvOptions.options().dilation(3)));
        calls.put("groups that do not divide", () -> conv(ConvOptions.options().groups(3)));
        calls.put("no groups", () -> conv(ConvOptions.options().groups(0)));
        calls.put(
                "padding beyond half a window",
                () -> F.maxPool2d(IMAGE, MaxPoolOptions.kernel(2).padding(2)));
        calls.put("a window of 0", () -> F.avgPool2d(IMAGE, AvgPoolOptions.kernel(0)));
        calls.put("the greatest of nothing", () -> Tensors.zeros(0).amax());
        calls.put(
                "the place of the greatest of nothing",
                () -> Tensors.zeros(0, 3).argmax(0));
        calls.put("an index too far", () -> MATRIX.indexSelect(0, Tensors.of(new long[] {2})));
        calls.put("an index that is negative", () -> MATRIX.gather(0, Tensors.of(new long[] {-1, 0, 0}, 1, 3)));
        calls.put("an index beyond 32 bits", () -> MATRIX.indexSelect(1, Tensors.of(new long[] {1L << 32})));
        calls.put("a row no embedding has", () -> F.embedding(Tensors.of(new long[] {7}), MATRIX));
        calls.put("a class no loss has", () -> F.crossEntropy(MATRIX, Tensors.of(new long[] {0, 3})));
        calls.put(
                "two dtypes in a product",
                () -> MATRIX.matmul(Tensors.ones(3, 2).to(DType.F64)));
        calls.put("a mean of integers", () -> Tensors.arange(3).mean());
        calls.put(
                "integers divided by zero",
                () -> Tensors.arange(3).floorDivide(Tensors.zeros(3).to(DType.I64)));
        calls.put("a device that is none", () -> MATRIX.to(Device.of("nowhere")));
        calls.put("a tensor after its release", BadCallsTest::released);
        calls.put("a saved value that was overwritten", BadCallsTest::overwritten);
        calls.put("backward twice", BadCallsTest::twiceBackward);
        calls.put("a gradient of nothing", () -> {
            MATRIX.sum().backward();
            return MATRIX;
        });
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> callsWithoutAnAnswer() {
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    Throwable thrown = catchThrowable(() -> call.getValue().get());
                    assertThat(thrown).isInstanceOf(TensorException.class);
                    assertThat(thrown.getMessage()).matches("(?s)[A-Za-z]\\w*: .*\\(FB-\\d{3}\\)");
                    assertThat(MATRIX.sum().item()).isEqualTo(6);
                }));
    }

    @Test
    void whatIsOnlyUnusualHasAnAnswer() {
        Tensor none = Tensors.zeros(0, 3);
        assertThat(none.sum().item()).isZero();
        assertThat(none.prod().item()).isEqualTo(1);
        assertThat(none.mean().item()).isNaN();
        assertThat(none.matmul(Tensors.ones(3, 2)).shape().sizes()).containsExactly(0, 2);
        assertThat(Tensors.ones(2, 0).matmul(Tensors.ones(0, 2)).toFloatArray()).containsOnly(0);
        assertThat(F.conv2d(Tensors.zeros(0, 2, 5, 5), KERNEL, null, ConvOptions.options())
                        .shape()
                        .sizes())
                .containsExactly(0, 4, 3, 3);
        Tensor bad = Tensors.of(new float[] {Float.NaN, 1});
        for (Tensor y : new Tensor[] {bad.relu(), bad.amax(), bad.clamp(0, 1), bad.sum(), bad.div(2)}) {
            assertThat(y.toFloatArray()[0]).isNaN();
        }
        Scope scope = Scope.open("twice");
        scope.close();
        scope.close();
    }
}
