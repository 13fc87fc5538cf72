package io.flambeau.tck.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Memory;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The allocator: reuse, splitting and merging, the net for what no scope owns, and what happens when memory ends. */
class PoolTest {
    private static final long MEBI = 1L << 20;

    @BeforeEach
    void startEmpty() {
        allowAll();
        bytes(1);
        collectTo(0);
        Memory.trim(ScarceProvider.DEVICE);
    }

    @AfterEach
    void allowAll() {
        ScarceProvider.allowed = Integer.MAX_VALUE;
    }

    private static Tensor bytes(long count) {
        return Tensors.withDevice(ScarceProvider.DEVICE, () -> Tensors.zeros(io.flambeau.tensor.DType.U8, count));
    }

    private static Memory.Usage usage() {
        return Memory.usage(ScarceProvider.DEVICE);
    }

    private static Storage storage(Tensor x) {
        return Access.door().rawView(x).storage();
    }

    private static void free(Tensor x) {
        storage(x).release("by the test");
    }

    @Test
    void anEmptyPoolHoldsNothing() {
        assertThat(usage().live()).isZero();
        assertThat(usage().reserved()).isZero();
    }

    @Test
    void countsWhatIsLiveAndItsPeak() {
        Memory.resetPeak(ScarceProvider.DEVICE);
        Tensor x = bytes(MEBI);
        Tensor y = bytes(2 * MEBI);
        free(y);
        assertThat(usage().live()).isEqualTo(MEBI);
        assertThat(usage().peak()).isEqualTo(3 * MEBI);
        assertThat(usage().reserved()).isGreaterThanOrEqualTo(3 * MEBI);
        free(x);
    }

    @Test
    void reusesABlock() {
        Tensor x = bytes(1000);
        long address = storage(x).address();
        free(x);
        assertThat(storage(bytes(1000)).address()).isEqualTo(address);
    }

    @Test
    void alignsToSixtyFourBytes() {
        for (long n : new long[] {1, 63, 65, 1025, 5000, 70_000, 70_001}) {
            assertThat(storage(bytes(n)).address() % 64).as("%d bytes", n).isZero();
            assertThat(storage(bytes(n)).bytes()).isGreaterThanOrEqualTo(n);
        }
    }

    /** Freed in any order, neighbours merge: the whole fits again without another slab. */
    @Test
    void mergesNeighboursInAnyOrder() {
        int[][] orders = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}};
        for (int[] order : orders) {
            Tensor[] parts = {bytes(MEBI), bytes(MEBI), bytes(2 * MEBI)};
            long reserved = usage().reserved();
            assertThat(reserved).isEqualTo(4 * MEBI);
            for (int i : order) {
                free(parts[i]);
            }
            Tensor whole = bytes(4 * MEBI);
            assertThat(usage().reserved()).isEqualTo(reserved);
            free(whole);
        }
    }

    @Test
    void neverHandsOutMemoryTwice() {
        Random random = new Random(7);
        List<Tensor> live = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (!live.isEmpty() && (random.nextBoolean() || usage().live() > 16 * MEBI)) {
                free(live.remove(random.nextInt(live.size())));
            } else {
                long size = random.nextInt(3) == 0 ? random.nextLong(1, MEBI) : random.nextLong(1, 5000);
                live.add(bytes(size));
            }
            if (i % 100 == 0) {
                assertDisjoint(live);
            }
        }
        live.forEach(PoolTest::free);
        assertThat(usage().live()).isZero();
        Memory.collect();
        Memory.trim(ScarceProvider.DEVICE);
        assertThat(usage().reserved()).isZero();
    }

    private static void assertDisjoint(List<Tensor> tensors) {
        List<Storage> sorted =
                new ArrayList<>(tensors.stream().map(PoolTest::storage).toList());
        sorted.sort((a, b) -> Long.compare(a.address(), b.address()));
        for (int i = 1; i < sorted.size(); i++) {
            Storage before = sorted.get(i - 1);
            assertThat(before.address() + before.bytes())
                    .isLessThanOrEqualTo(sorted.get(i).address());
        }
    }

    @Test
    void threadsShareThePool() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> runs = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                runs.add(threads.submit(() -> churn(seed)));
            }
            for (Future<Boolean> run : runs) {
                assertThat(run.get()).isTrue();
            }
        }
        collectTo(0);
        assertThat(usage().live()).isZero();
    }

    /** Whether every tensor still has its own value after others came and went. */
    private static boolean churn(int seed) {
        Random random = new Random(seed);
        boolean intact = true;
        for (int step = 0; step < 50; step++) {
            try (Scope _ = Scope.open("step")) {
                List<Tensor> made = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    made.add(bytes(random.nextLong(1, 100_000)).add_(seed * 10 + i));
                }
                for (int i = 0; i < 10; i++) {
                    intact &= made.get(i).eq(seed * 10 + i).all().itemBoolean();
                }
            }
        }
        return intact;
    }

    @Test
    void programsWithoutScopesStayBounded() {
        for (int i = 0; i < 40; i++) {
            assertThat(bytes(MEBI).add(1).sum().itemLong()).isEqualTo(MEBI);
        }
        assertThat(usage().reserved()).isLessThanOrEqualTo(ScarceProvider.CAPACITY);
    }

    @Test
    void whatNothingRefersToIsReturned() {
        for (int i = 0; i < 10; i++) {
            bytes(MEBI);
        }
        Tensor kept = bytes(5);
        collectTo(storage(kept).bytes());
        assertThat(usage().live()).isEqualTo(storage(kept).bytes());
    }

    /** A busy machine may need more than one collection until all that is dead has been found. */
    private static void collectTo(long live) {
        for (int i = 0; i < 10 && (i == 0 || usage().live() != live); i++) {
            Memory.collect();
        }
    }

    @Test
    void aThreadThatEndsLeavesNothingBehind() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            Thread thread = new Thread(() -> {
                Scope.open("never closed");
                for (int j = 0; j < 30; j++) {
                    free(bytes(50_000));
                    bytes(50_000);
                }
            });
            thread.start();
            thread.join();
        }
        collectTo(0);
        assertThat(usage().live()).isZero();
        Memory.trim(ScarceProvider.DEVICE);
        assertThat(usage().reserved()).isZero();
    }

    @Test
    void saysWhatFillsAnExhaustedDevice() {
        try (Scope _ = Scope.open("step")) {
            Tensor large = bytes(20 * MEBI);
            Tensor small = Tensors.withDevice(ScarceProvider.DEVICE, () -> Tensors.zeros(1000));
            assertThatThrownBy(() -> bytes(20 * MEBI))
                    .isInstanceOf(OutOfDeviceMemoryException.class)
                    .hasMessageStartingWith("fill: 20971520 bytes are not to be had on scarce:0: ")
                    .hasMessageContaining("the device allows " + ScarceProvider.CAPACITY)
                    .hasMessageContaining("Largest: 20971520 bytes by fill in scope \"step\", 4096 bytes by fill")
                    .hasMessageEndingWith("(FB-203)");
            assertThat(large.isLive()).isTrue();
            assertThat(small.isLive()).isTrue();
        }
    }

    /** At whichever slab the device gives up, the operation fails with a typed error and nothing leaks. */
    @Test
    void survivesAFailureAtEveryAllocation() {
        int failures = 0;
        for (int n = 0; n < 6; n++) {
            startEmpty();
            ScarceProvider.allowed = n;
            try (Scope _ = Scope.open("step")) {
                Tensor x = bytes(3 * MEBI);
                x.add(x.mul(2)).add(1);
            } catch (OutOfDeviceMemoryException e) {
                failures++;
            }
            ScarceProvider.allowed = Integer.MAX_VALUE;
            assertThat(usage().live()).as("after failing at %d", n).isZero();
        }
        assertThat(failures).isBetween(2, 5);
    }
}
