package io.flambeau.backend.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @AfterEach
    void restore() {
        Workers.setThreads(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void everyPartRunsOnce() {
        for (int threads = 1; threads <= 4; threads++) {
            Workers.setThreads(threads);
            for (int count : new int[] {0, 1, 2, 7, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(1000);
                Workers.run(count, runs::getAndIncrement);
                for (int i = 0; i < 1000; i++) {
                    assertThat(runs.get(i)).isEqualTo(i < count ? 1 : 0);
                }
            }
        }
    }

    @Test
    void rangesCoverWithoutOverlap() {
        Workers.setThreads(3);
        for (long n : new long[] {1, 63, 64, 65, 10_000}) {
            AtomicIntegerArray runs = new AtomicIntegerArray((int) n);
            Workers.ranges(n, 16, 100, (from, to) -> {
                for (long i = from; i < to; i++) {
                    runs.getAndIncrement((int) i);
                }
            });
            for (int i = 0; i < n; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheGangLivesOn() {
        Workers.setThreads(2);
        for (int round = 0; round < 100; round++) {
            assertThatThrownBy(() -> Workers.run(50, part -> {
                        if (part == 17) {
                            throw new IllegalStateException("part 17");
                        }
                    }))
                    .hasMessage("part 17");
            AtomicIntegerArray runs = new AtomicIntegerArray(50);
            Workers.run(50, runs::getAndIncrement);
            assertThat(runs.get(49)).isEqualTo(1);
        }
    }

    @Test
    void nestedCallsRunOnTheirCaller() {
        Workers.setThreads(2);
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        Workers.run(10, outer -> {
            Thread caller = Thread.currentThread();
            Workers.run(10, inner -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                runs.getAndIncrement(outer * 10 + inner);
            });
        });
        for (int i = 0; i < 100; i++) {
            assertThat(runs.get(i)).isEqualTo(1);
        }
    }

    @Test
    void twoUsersAtOnceBothFinish() throws InterruptedException {
        Workers.setThreads(2);
        AtomicIntegerArray runs = new AtomicIntegerArray(2000);
        Thread other = new Thread(() -> {
            for (int i = 0; i < 1000; i++) {
                int base = i;
                Workers.run(3, part -> runs.getAndAdd(base, 1 << part));
            }
        });
        other.start();
        for (int i = 1000; i < 2000; i++) {
            int base = i;
            Workers.run(3, part -> runs.getAndAdd(base, 1 << part));
        }
        other.join();
        for (int i = 0; i < 2000; i++) {
            assertThat(runs.get(i)).isEqualTo(7);
        }
    }
}
