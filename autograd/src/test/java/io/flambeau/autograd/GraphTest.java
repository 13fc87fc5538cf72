package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void showsOperationsWhatTheyDependOnAndKeep() {
        Tensor x = leaf(1, 2, 3);
        Tensor w = leaf(4, 5, 6);
        Tensor y = x.mul(w);
        Tensor z = y.add(y.exp());
        assertThat(Graph.dump(z)).isEqualTo("""
                        #1 add float64[3] of #3, #2
                        #2 exp float64[3] of #3; keeps 1 value, 64 bytes
                        #3 mul float64[3] of leaf float64[3], leaf float64[3]; keeps 2 values, 128 bytes
                        3 operations, 2 leaves; 192 bytes kept
                        """);
        z.sum().backward();
        assertThat(Graph.dump(z)).contains("#3 mul float64[3] of leaf float64[3], leaf float64[3]; freed\n");
        assertThat(Graph.bytes(z)).isZero();
    }

    @Test
    void countsSharedStorageOnce() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(x);
        assertThat(Graph.dump(y)).contains("keeps 2 values, 64 bytes\n1 operation, 1 leaf; 64 bytes kept");
        assertThat(Graph.size(x, y.detach())).isZero();
    }

    @Test
    void namesOutputsOfSeveral() {
        Tensor[] sorted = leaf(3, 1, 2).sort(0, false);
        assertThat(Graph.dump(sorted[0].neg()))
                .contains("#1 neg float64[3] of #2.0")
                .contains("#2 sort float64[3], int64[3]");
    }
}
