package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Catalogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads share an operation is the user's to say, and changes nothing else. */
class ThreadsTest {
    private final int before = Tensors.threads();

    @AfterEach
    void restore() {
        Tensors.setThreads(before);
    }

    private static float[][] bits() {
        Generator generator = new Generator(5);
        Tensor x = Tensors.randn(generator, 301, 257);
        Tensor y = Tensors.randn(generator, 257, 199);
        return new float[][] {
            x.matmul(y).toFloatArray(),
            x.exp().sum(0).toFloatArray(),
            x.cumsum(0).toFloatArray(),
            x.sum().toFloatArray()
        };
    }

    @Test
    void theBitsAreTheSameForAnyNumber() {
        Tensors.setThreads(1);
        float[][] alone = bits();
        for (int threads : new int[] {2, 3, 5}) {
            Tensors.setThreads(threads);
            assertThat(Tensors.threads()).isEqualTo(threads);
            assertThat(Workers.threads()).isEqualTo(threads);
            assertThat(bits()).isDeepEqualTo(alone);
        }
    }

    @Test
    void numbersThatAreNoneAreRefusedAndChangeNothing() {
        Tensors.setThreads(2);
        for (int count : new int[] {0, -1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Tensors.setThreads(count))
                    .isInstanceOf(ArgumentException.class)
                    .hasMessage("setThreads: the number of threads is " + count + ", not from 1 to 4096 (FB-108)");
        }
        assertThatThrownBy(() -> Catalogs.call("set_num_threads", List.of(1L << 32), Map.of()))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining("4294967296");
        assertThat(Tensors.threads()).isEqualTo(2);
    }
}
