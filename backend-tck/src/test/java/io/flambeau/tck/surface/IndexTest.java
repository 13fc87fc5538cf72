package io.flambeau.tck.surface;

import static io.flambeau.tensor.Index.all;
import static io.flambeau.tensor.Index.at;
import static io.flambeau.tensor.Index.ellipsis;
import static io.flambeau.tensor.Index.from;
import static io.flambeau.tensor.Index.newAxis;
import static io.flambeau.tensor.Index.slice;
import static io.flambeau.tensor.Index.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** What stands in brackets, read and written; the expected values are PyTorch's. */
class IndexTest {
    private final Tensor x = Tensors.arange(24).reshape(2, 3, 4);

    @Test
    void partsWithoutTensorsAreViews() {
        Tensor part = x.get(at(1), from(1), slice(0, 4, 2));
        assertThat(part.toLongArray()).containsExactly(16, 18, 20, 22);
        assertThat(part.sharesMemory(x)).isTrue();
        assertThat(x.get(ellipsis(), at(-1)).shape().sizes()).containsExactly(2, 3);
        assertThat(x.get(newAxis(), to(1), newAxis()).shape().sizes()).containsExactly(1, 1, 1, 3, 4);
        assertThat(x.get().sharesMemory(x)).isTrue();
    }

    @Test
    void neighbouringIndexTensorsStayInPlaceOthersMoveToTheFront() {
        Tensor y = Tensors.arange(120).reshape(2, 3, 4, 5);
        Tensor i = Tensors.of(new long[] {0, 1, 0});
        assertThat(y.get(all(), i, i).shape().sizes()).containsExactly(2, 3, 5);
        assertThat(y.get(i, all(), i).shape().sizes()).containsExactly(3, 3, 5);
        assertThat(y.get(i, all(), i).get(at(1), at(2)).toLongArray()).containsExactly(105, 106, 107, 108, 109);
    }

    @Test
    void indexTensorsBroadcastAndCountFromTheEnd() {
        Tensor rows = Tensors.of(new long[] {0, -1}, 2, 1);
        Tensor columns = Tensors.of(new long[] {3, 0, -2});
        Tensor picked = x.get(at(1), rows, columns);
        assertThat(picked.shape().sizes()).containsExactly(2, 3);
        assertThat(picked.toLongArray()).containsExactly(15, 12, 14, 23, 20, 22);
    }

    @Test
    void masksPickAndWrite() {
        Tensor y = x.clone();
        Tensor odd = y.remainder(Tensors.scalar(2)).eq(1);
        assertThat(y.get(odd).size(0)).isEqualTo(12);
        y.set(0, odd);
        assertThat(y.sum().itemLong()).isEqualTo(132);
        Tensor rows = Tensors.of(new boolean[] {false, true, false});
        assertThat(x.get(all(), rows, at(0)).toLongArray()).containsExactly(4, 16);
    }

    @Test
    void writesReachTheTensorThroughViews() {
        Tensor y = Tensors.zeros(3, 4);
        y.set(1, at(1), slice(0, 4, 2));
        y.set(Tensors.of(new float[] {7, 8}), Tensors.of(new long[] {0, 2}), at(3));
        assertThat(y.toFloatArray()).containsExactly(0, 0, 0, 7, 1, 0, 1, 0, 0, 0, 0, 8);
    }

    @Test
    void addingAtRepeatedPlacesAddsEachTime() {
        Tensor y = Tensors.zeros(3);
        Tensor places = Tensors.of(new long[] {0, 0, 2});
        Tensor added = y.indexPut(new Tensor[] {places}, Tensors.ones(3), true);
        assertThat(added.toFloatArray()).containsExactly(2, 0, 1);
        y.set(y.get(places).add(1), places);
        assertThat(y.toFloatArray()).containsExactly(1, 0, 1);
    }

    @Test
    void errorsNameTheIndexAndTheAxis() {
        assertThatThrownBy(() -> x.get(at(2)))
                .isInstanceOf(IndexException.class)
                .hasMessageStartingWith("get: index 2 is out of range for axis 0 of shape [2, 3, 4]");
        assertThatThrownBy(() -> x.get(all(), Tensors.of(new long[] {0, 3})))
                .isInstanceOf(IndexException.class)
                .hasMessageStartingWith("get: index 3 is out of range for axis 1, which has 3 elements");
        assertThatThrownBy(() -> x.get(all(), all(), all(), all())).hasMessageStartingWith("get: too many indices: 4");
        assertThatThrownBy(() -> x.get(Tensors.ones(2))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> x.get(Tensors.of(new boolean[] {true})))
                .hasMessageStartingWith("get: the mask has shape [1]");
        assertThatThrownBy(() -> x.get(slice(0, 2, -1))).hasMessageStartingWith("slice: the step must be positive");
    }

    @Test
    void repeatedPlacesAreWrittenOnceAndScatteredLastWins() {
        Tensor places = Tensors.of(new long[] {0, 0});
        Tensor source = Tensors.of(new float[] {4, 5});
        Tensor written = Tensors.zeros(2).indexPut(new Tensor[] {places}, source, false);
        assertThat(written.toFloatArray()[0]).isIn(4f, 5f);
        assertThat(Tensors.zeros(2).scatter_(0, places, source).toFloatArray()).containsExactly(5, 0);
    }

    @Test
    void reductionsOfScatteredElementsIncludeWhatStandsThere() {
        Tensor one = Tensors.ones(1);
        Tensor places = Tensors.of(new long[] {0, 0});
        Tensor fours = Tensors.of(new float[] {4, 4});
        assertThat(one.scatterReduce(0, places, fours, "mean", true).item()).isEqualTo(3);
        assertThat(one.scatterReduce(0, places, fours, "mean", false).item()).isEqualTo(4);
    }

    @Test
    void theIndexOfGatherMayBeSmaller() {
        Tensor y = Tensors.arange(6).reshape(2, 3);
        assertThat(y.gather(1, Tensors.of(new long[] {2}, 1, 1)).toLongArray()).containsExactly(2);
        assertThat(y.gather(0, Tensors.of(new long[] {1, 0}, 1, 2)).toLongArray())
                .containsExactly(3, 1);
    }

    @Test
    void bytesAreMasks() {
        Tensor mask = Tensors.of(new long[] {0, 1, 1}).to(DType.U8);
        assertThat(Tensors.of(new long[] {1, 2, 3}).get(mask).toLongArray()).containsExactly(2, 3);
    }

    @Test
    void nonzeroGivesRowsOrOneVectorForEachAxis() {
        Tensor y = Tensors.of(new long[] {0, 5, 6, 0}, 2, 2);
        assertThat(y.nonzero().toLongArray()).containsExactly(0, 1, 1, 0);
        Tensor[] places = y.ne(0).nonzeroAsTuple();
        assertThat(places).hasSize(2);
        assertThat(places[0].toLongArray()).containsExactly(0, 1);
        assertThat(places[1].toLongArray()).containsExactly(1, 0);
        assertThat(Tensors.scalar(1L).nonzero().shape().sizes()).containsExactly(1, 0);
        assertThat(Tensors.scalar(0L).nonzero().shape().sizes()).containsExactly(0, 0);
    }
}
