package io.flambeau.tck.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Memory;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Access;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Small storages outside of scopes share a lease: what that may keep, and what it may not. */
class NestTest {
    private static final int SIZE = 64;
    private static final int MOST = 16;

    @BeforeEach
    void startEmpty() {
        small();
        collectTo(0);
    }

    private static Tensor small() {
        return Tensors.withDevice(ScarceProvider.DEVICE, () -> Tensors.zeros(DType.U8, SIZE));
    }

    private static long live() {
        return Memory.usage(ScarceProvider.DEVICE).live();
    }

    private static void collectTo(long bytes) {
        for (int i = 0; i < 10 && live() > bytes; i++) {
            Memory.collect();
        }
        assertThat(live()).isLessThanOrEqualTo(bytes);
    }

    @Test
    void temporariesThatDieTogetherGoBackTogether() {
        for (int i = 0; i < 10 * MOST; i++) {
            small();
        }
        collectTo(0);
    }

    @Test
    void aSurvivorKeepsNoMoreThanItsNest() {
        List<Tensor> survivors = new ArrayList<>();
        for (int i = 0; i < 10 * MOST; i++) {
            Tensor x = small();
            if (i % MOST == 0) {
                survivors.add(x);
            }
        }
        Memory.collect();
        assertThat(live()).isBetween((long) survivors.size() * SIZE, (long) survivors.size() * MOST * SIZE);
        Reference.reachabilityFence(survivors);
        survivors.clear();
        collectTo(0);
    }

    @Test
    void whatIsReleasedGoesBackAtOnceAndOnlyOnce() {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < 3 * MOST; i++) {
            all.add(small());
        }
        for (int i = 0; i < all.size(); i += 2) {
            Access.door().rawView(all.get(i)).storage().release("by the test");
        }
        assertThat(live()).isEqualTo((long) all.size() / 2 * SIZE);
        all.clear();
        collectTo(0);
    }

    @Test
    void whatIsMadeAfterACollectionDoesNotShareWithWhatWasBefore() {
        Tensor before = small();
        Memory.collect();
        for (int i = 0; i < MOST; i++) {
            small();
        }
        collectTo(SIZE);
        Reference.reachabilityFence(before);
    }

    @Test
    void manyThreadsHaveNestsOfTheirOwn() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    small();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        collectTo(0);
    }
}
