package io.flambeau.tck.surface;

import static io.flambeau.tensor.Index.at;
import static io.flambeau.tensor.Index.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which shapes share memory, which copy, and which are refused; as PyTorch does. */
class ViewTest {
    private final Tensor x = Tensors.arange(12).reshape(3, 4);

    @Test
    void viewsShareMemory() {
        List<Tensor> views = new ArrayList<>(List.of(
                x.get(at(1)),
                x.get(slice(0, 3, 2)),
                x.view(2, 6),
                x.t(),
                x.transpose(0, 1),
                x.permute(1, 0),
                x.select(0, 1).expand(2, 4),
                x.narrow(1, 1, 2),
                x.select(1, -1),
                x.unsqueeze(0),
                x.unsqueeze(0).squeeze(0),
                x.diagonal(),
                x.unfold(1, 2, 1),
                x.detach(),
                x.flatten(),
                x.reshape(4, 3)));
        Collections.addAll(views, x.chunk(2, 0));
        Collections.addAll(views, x.split(3, 1));
        Collections.addAll(views, x.unbind(1));
        assertThat(views).allSatisfy(view -> assertThat(view.sharesMemory(x)).isTrue());
        x.fill_(-1);
        assertThat(views).allSatisfy(view -> assertThat(view.toLongArray()).containsOnly(-1));
    }

    @Test
    void advancedIndexingCopies() {
        Tensor rows = Tensors.of(new long[] {0, 1});
        assertThat(x.get(rows).sharesMemory(x)).isFalse();
        assertThat(x.get(x.gt(3)).sharesMemory(x)).isFalse();
        assertThat(x.indexSelect(0, rows).sharesMemory(x)).isFalse();
        Tensor copy = x.get(rows);
        copy.fill_(-1);
        assertThat(x.sum().itemLong()).isEqualTo(66);
    }

    @Test
    void flattenAndReshapeCopyWhereNoStridesFit() {
        assertThat(x.t().flatten().sharesMemory(x)).isFalse();
        assertThat(x.t().reshape(12).sharesMemory(x)).isFalse();
        assertThatThrownBy(() -> x.t().view(12))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("view:")
                .hasMessageContaining("FB-106");
    }

    @Test
    void whatIsThereAlreadyIsNotCopied() {
        assertThat(x.contiguous()).isSameAs(x);
        assertThat(x.to(DType.I64)).isSameAs(x);
        assertThat(x.to(x.device())).isSameAs(x);
        assertThat(x.t().contiguous().sharesMemory(x)).isFalse();
    }

    @Test
    void chunkMayGiveFewerPiecesThanTensorSplit() {
        Tensor five = Tensors.arange(5);
        assertThat(five.chunk(4, 0)).extracting(Tensor::count).containsExactly(2L, 2L, 1L);
        assertThat(five.tensorSplit(4, 0)).extracting(Tensor::count).containsExactly(2L, 1L, 1L, 1L);
    }

    @Test
    void squeezingALongerAxisDoesNothing() {
        assertThat(x.squeeze(0).shape()).isEqualTo(x.shape());
        assertThat(Tensors.zeros(1, 3, 1).squeeze(0, 1).shape().sizes()).containsExactly(3, 1);
        assertThat(Tensors.zeros(1, 3, 1).squeeze().shape().sizes()).containsExactly(3);
    }

    @Test
    void minusOneStandsForNoNewAxis() {
        assertThat(Tensors.zeros(3).expand(2, -1).shape().sizes()).containsExactly(2, 3);
        assertThatThrownBy(() -> Tensors.zeros(3).expand(-1, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("expand: -1 is not allowed for the new leading axis 0");
    }

    @Test
    void minusOneIsAmbiguousWithoutElements() {
        assertThatThrownBy(() -> Tensors.zeros(0, 3).reshape(0, -1))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("reshape:");
        assertThat(Tensors.zeros(0, 3).reshape(3, -1).shape().sizes()).containsExactly(3, 0);
    }

    @Test
    void catPassesOverEmptyVectorsOnly() {
        Tensor pair = Tensors.zeros(2, 3);
        assertThat(Tensors.cat(0, Tensors.zeros(0), pair, Tensors.zeros(0)).shape())
                .isEqualTo(pair.shape());
        assertThat(Tensors.cat(1, Tensors.zeros(0), pair).shape()).isEqualTo(pair.shape());
        assertThat(Tensors.cat(0, Tensors.zeros(0, 3), pair).shape()).isEqualTo(pair.shape());
        assertThatThrownBy(() -> Tensors.cat(0, Tensors.zeros(0, 2), pair))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("cat:");
        assertThatThrownBy(() -> Tensors.cat(0, Tensors.zeros(0, 0), pair)).isInstanceOf(ShapeException.class);
    }

    @Test
    void writesNeitherEnlargeNorReachExpandedTensors() {
        Tensor three = Tensors.zeros(3);
        assertThatThrownBy(() -> three.add_(Tensors.ones(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("enlarge");
        assertThatThrownBy(() -> three.expand(2, 3).fill_(1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-204");
        assertThat(three.toFloatArray()).containsOnly(0);
    }

    @Test
    void axesOfSizeOneDoNotAffectContiguity() {
        assertThat(Tensors.zeros(3, 1).t().isContiguous()).isTrue();
        assertThat(x.narrow(0, 1, 1).isContiguous()).isTrue();
        assertThat(x.narrow(1, 1, 1).isContiguous()).isFalse();
        assertThat(x.t().isContiguous()).isFalse();
        assertThat(x.narrow(0, 0, 1).t().isContiguous()).isTrue();
    }

    @Test
    void threeWaysToRepeat() {
        Tensor pair = Tensors.of(new long[] {1, 2}, 1, 2);
        assertThat(pair.repeat(2, 2).toLongArray()).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
        assertThat(pair.tile(2).toLongArray()).containsExactly(1, 2, 1, 2);
        assertThat(pair.repeatInterleave(2).toLongArray()).containsExactly(1, 1, 2, 2);
        assertThatThrownBy(() -> pair.repeat(2))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("repeat:");
    }

    @Test
    void gridsAreOrderedAsTheCallSays() {
        Tensor two = Tensors.arange(2);
        Tensor three = Tensors.arange(3);
        Tensor[] rowsFirst = Tensors.meshgrid("ij", two, three);
        assertThat(rowsFirst[0].toLongArray()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(rowsFirst[1].toLongArray()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(Tensors.meshgrid("xy", two, three)[0].shape().sizes()).containsExactly(3, 2);
    }

    @Test
    void aTensorWithoutAxesFlattensToAVector() {
        assertThat(Tensors.scalar(5L).flatten().shape().sizes()).containsExactly(1);
        assertThat(Tensors.scalar(5L).flatten(0, -1).toLongArray()).containsExactly(5);
    }

    @Test
    void resultsLieInRowMajorOrder() {
        assertThat(List.of(x.t().clone(), x.t().add(1), x.t().zerosLike()))
                .allSatisfy(y -> assertThat(y.strides()).containsExactly(3, 1));
    }
}
