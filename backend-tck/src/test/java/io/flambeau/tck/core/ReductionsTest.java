package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Reductions, scans, products of matrices and softmax, by hand-computed values. */
class ReductionsTest {
    private final Tensor x = Tensors.of(new float[] {1, 5, 3, 4, 2, 6}, 2, 3);

    @Test
    void reducesAxes() {
        assertThat(x.sum().item()).isEqualTo(21);
        assertThat(x.sum(0).toFloatArray()).containsExactly(5, 7, 9);
        assertThat(x.sum(true, 1).shape().sizes()).containsExactly(2, 1);
        assertThat(x.t().sum(-1).toFloatArray()).containsExactly(5, 7, 9);
        assertThat(x.prod(1).toFloatArray()).containsExactly(15, 48);
        assertThat(x.amax(0).toFloatArray()).containsExactly(4, 5, 6);
        assertThat(x.amin(0, 1).item()).isEqualTo(1);
        assertThat(x.mean(1).toFloatArray()).containsExactly(3, 4);
        assertThat(x.var(1).toFloatArray()).containsExactly(4, 4);
        assertThat(x.std(1).toFloatArray()).containsExactly(2, 2);
        assertThat(x.gt(4).any(0).toBooleanArray()).containsExactly(false, true, true);
        assertThat(x.gt(0).all().itemBoolean()).isTrue();
    }

    @Test
    void countsInSixtyFourBits() {
        Tensor bytes = Tensors.of(new byte[] {100, 100, 100});
        assertThat(bytes.sum().itemLong()).isEqualTo(300);
        assertThat(bytes.sum().dtype()).isEqualTo(DType.I64);
        assertThat(Tensors.of(new boolean[] {true, true}).sum().itemLong()).isEqualTo(2);
    }

    @Test
    void emptyReductions() {
        Tensor empty = Tensors.zeros(0, 3);
        assertThat(empty.sum(0).toFloatArray()).containsExactly(0, 0, 0);
        assertThat(empty.prod().item()).isEqualTo(1);
        assertThat(empty.sum(1).count()).isZero();
        assertThat(empty.mean().item()).isNaN();
        assertThatThrownBy(() -> empty.amax(0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-109");
        assertThatThrownBy(() -> empty.argmax())
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-109");
    }

    @Test
    void nanPassesThroughExtremes() {
        Tensor y = Tensors.of(new float[] {1, Float.NaN, 3, Float.NaN});
        assertThat(y.amax().item()).isNaN();
        assertThat(y.amin().item()).isNaN();
        assertThat(y.argmax().itemLong()).isEqualTo(1);
        assertThat(y.argmin().itemLong()).isEqualTo(1);
        assertThat(y.maximum(Tensors.scalar(2.0)).toFloatArray()).containsExactly(2, Float.NaN, 3, Float.NaN);
        assertThat(y.relu().toFloatArray()).containsExactly(1, Float.NaN, 3, Float.NaN);
    }

    @Test
    void findsPlaces() {
        assertThat(x.argmax().itemLong()).isEqualTo(5);
        assertThat(x.argmax(1).toLongArray()).containsExactly(1, 2);
        assertThat(x.argmin(0, true).shape().sizes()).containsExactly(1, 3);
        assertThat(Tensors.of(new long[] {2, 2, 1, 1}).argmax().itemLong()).isZero();
        assertThat(Tensors.of(new long[] {2, 2, 1, 1}).argmin().itemLong()).isEqualTo(2);
    }

    @Test
    void scans() {
        assertThat(x.cumsum(1).toFloatArray()).containsExactly(1, 6, 9, 4, 6, 12);
        assertThat(x.cumsum(0).toFloatArray()).containsExactly(1, 5, 3, 5, 7, 9);
        assertThat(x.cumprod(-1).toFloatArray()).containsExactly(1, 5, 15, 4, 8, 48);
        Tensor[] running = Tensors.of(new float[] {1, 3, 3, 2, Float.NaN, 9}).cummax(0);
        assertThat(running[0].toFloatArray()).containsExactly(1, 3, 3, 3, Float.NaN, Float.NaN);
        assertThat(running[1].toLongArray()).containsExactly(0, 1, 2, 2, 4, 4);
    }

    @Test
    void multipliesMatrices() {
        Tensor y = x.t();
        assertThat(x.matmul(y).toFloatArray()).containsExactly(35, 32, 32, 56);
        assertThat(y.matmul(x).toFloatArray()).containsExactly(17, 13, 27, 13, 29, 27, 27, 27, 45);
        assertThat(x.matmul(Tensors.of(new float[] {1, 0, 2})).toFloatArray()).containsExactly(7, 16);
        assertThat(Tensors.of(new float[] {1, 1}).matmul(x).toFloatArray()).containsExactly(5, 7, 9);
        Tensor batch = Tensors.stack(0, x, x.mul(2)).matmul(y.expand(2, 3, 2));
        assertThat(batch.shape().sizes()).containsExactly(2, 2, 2);
        assertThat(batch.toFloatArray()).containsExactly(35, 32, 32, 56, 70, 64, 64, 112);
        assertThat(Tensors.zeros(2, 0).matmul(Tensors.zeros(0, 3)).toFloatArray())
                .containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(Tensors.zeros(2, 0, 3).matmul(Tensors.zeros(2, 3, 4)).shape().sizes())
                .containsExactly(2, 0, 4);
        assertThatThrownBy(() -> x.matmul(x))
                .hasMessage(
                        "matmul: inner dimensions differ: left [2, 3] has 3 columns, right [2, 3] has 2 rows (FB-103)");
    }

    @Test
    void softmaxSumsToOne() {
        Tensor s = Tensors.of(new float[] {1, 2, 3, 1000, 1000, 1000}, 2, 3).softmax(-1);
        float[] v = s.toFloatArray();
        assertThat(v[0]).isCloseTo(0.09003057f, within(1e-6f));
        assertThat(v[2]).isCloseTo(0.66524094f, within(1e-6f));
        assertThat(v[5]).isCloseTo(1 / 3f, within(1e-6f));
        float[] log = Tensors.of(new float[] {1, 2, 3}).logSoftmax(0).toFloatArray();
        assertThat(log[2]).isCloseTo(-0.40760598f, within(1e-6f));
    }
}
