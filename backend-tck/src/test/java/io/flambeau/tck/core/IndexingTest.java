package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Picking, placing and ordering elements, by hand-computed values. */
class IndexingTest {
    private final Tensor x = Tensors.arange(12).reshape(3, 4);

    @Test
    void gathers() {
        Tensor index = Tensors.of(new long[] {0, 2, 1, 1}, 2, 2);
        assertThat(x.gather(0, index).toLongArray()).containsExactly(0, 9, 4, 5);
        assertThat(x.gather(1, index).toLongArray()).containsExactly(0, 2, 5, 5);
        assertThat(x.t().gather(0, index).toLongArray()).containsExactly(0, 6, 1, 5);
        assertThat(x.indexSelect(1, Tensors.of(new long[] {3, 0})).toLongArray())
                .containsExactly(3, 0, 7, 4, 11, 8);
    }

    @Test
    void namesTheIndexThatIsOutOfRange() {
        assertThatThrownBy(() -> x.gather(1, Tensors.of(new long[] {4}, 1, 1)))
                .isInstanceOf(IndexException.class)
                .hasMessage("gather: index 4 is out of range for an axis of size 4 (FB-107)");
        assertThatThrownBy(() -> x.scatterAdd(0, Tensors.of(new long[] {-1}, 1, 1), Tensors.of(new long[] {1}, 1, 1)))
                .isInstanceOf(IndexException.class)
                .hasMessage("scatterAdd: index -1 is out of range for an axis of size 3 (FB-107)");
    }

    @Test
    void scatters() {
        Tensor zeros = Tensors.zeros(3);
        Tensor index = Tensors.of(new long[] {0, 0, 2});
        Tensor source = Tensors.of(new float[] {1, 2, 3});
        assertThat(zeros.scatter(0, index, source).toFloatArray()).containsExactly(2, 0, 3);
        assertThat(zeros.scatterAdd(0, index, source).toFloatArray()).containsExactly(3, 0, 3);
        assertThat(zeros.toFloatArray()).containsExactly(0, 0, 0);
        assertThat(zeros.scatterReduce(0, index, source, "amax", false).toFloatArray())
                .containsExactly(2, 0, 3);
        assertThat(zeros.add(1).scatterReduce(0, index, source, "prod", true).toFloatArray())
                .containsExactly(2, 1, 3);
        assertThat(zeros.scatterReduce(0, index, source, "mean", false).toFloatArray())
                .containsExactly(1.5f, 0, 3);
        assertThat(zeros.add(7).scatterReduce(0, index, source, "amin", true).toFloatArray())
                .containsExactly(1, 7, 3);
    }

    @Test
    void scattersIntoPartOfTheBase() {
        Tensor index = Tensors.of(new long[] {1, 0}, 1, 2);
        Tensor source = Tensors.of(new long[] {50, 60, 70, 80, 90, 100}, 2, 3);
        assertThat(x.scatter(0, index, source).toLongArray()).containsExactly(0, 60, 2, 3, 50, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void sortsStablyWithNanLast() {
        Tensor y = Tensors.of(new float[] {3, Float.NaN, 1, 3, -0f, 0});
        Tensor[] up = y.sort(0, false);
        assertThat(up[0].toFloatArray()).containsExactly(-0f, 0, 1, 3, 3, Float.NaN);
        assertThat(up[1].toLongArray()).containsExactly(4, 5, 2, 0, 3, 1);
        Tensor[] down = y.sort(0, true);
        assertThat(down[1].toLongArray()).containsExactly(1, 0, 3, 2, 4, 5);
        assertThat(x.t().sort(0, true)[0].toLongArray()).containsExactly(3, 7, 11, 2, 6, 10, 1, 5, 9, 0, 4, 8);
    }

    @Test
    void putsTogether() {
        Tensor row = Tensors.arange(4).reshape(1, 4);
        assertThat(Tensors.cat(0, x, row).shape().sizes()).containsExactly(4, 4);
        assertThat(Tensors.cat(1, row, row).toLongArray()).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
        assertThat(Tensors.stack(1, row, row).shape().sizes()).containsExactly(1, 2, 4);
        assertThat(Tensors.cat(0, Tensors.zeros(0), row).shape().sizes()).containsExactly(1, 4);
    }
}
