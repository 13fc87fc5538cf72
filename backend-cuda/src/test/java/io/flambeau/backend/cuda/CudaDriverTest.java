package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.Memory;
import io.flambeau.backend.clike.Program;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CUDA driver behind the seam: copies, kernels, failures and what is left when all is given back. */
class CudaDriverTest {
    private static final String KERNELS = """
            extern "C" __global__ void twice(float *x, long long count) {
                long long i = blockIdx.x * (long long) blockDim.x + threadIdx.x;
                if (i < count) {
                    x[i] = x[i] * 2 + SHIFT;
                }
            }

            extern "C" __global__ void reverse(int *x) {
                __shared__ int tile[64];
                int i = threadIdx.x;
                int *block = x + blockIdx.x * 64;
                for (int turn = 0; turn < 3; turn++) {
                    tile[i] = block[i];
                    __syncthreads();
                    block[i] = tile[63 - i];
                    __syncthreads();
                }
            }

            extern "C" __global__ void unequal(int *x) {
                if (threadIdx.x < 5) {
                    __syncthreads();
                }
                x[threadIdx.x] = 1;
            }
            """;

    private CudaDriver driver;

    @BeforeEach
    void open() {
        FakeCuda.require();
        driver = new CudaDriver(Ladder.climb().top());
    }

    @AfterEach
    void heal() {
        FakeCuda.heal();
    }

    private Memory memory(Slab slab) {
        return (Memory) slab.handle();
    }

    @Test
    void copiesOfEverySizeComeBack() {
        Random random = new Random(1);
        for (int bytes : new int[] {1, 63, 4096, (2 << 20) - 1, 2 << 20, (9 << 20) + 17}) {
            Slab slab = driver.allocate(0, bytes + 128L);
            byte[] sent = new byte[bytes];
            random.nextBytes(sent);
            byte[] received = new byte[bytes];
            byte[] kept = sent.clone();
            driver.upload(MemorySegment.ofArray(sent), memory(slab), 64);
            java.util.Arrays.fill(sent, (byte) 0);
            driver.download(memory(slab), 64, MemorySegment.ofArray(received));
            assertThat(received).as("%d bytes", bytes).isEqualTo(kept);
            driver.free(slab);
        }
    }

    @Test
    void manySmallUploadsPassThroughTheRing() {
        int count = 3000;
        Slab slab = driver.allocate(0, count * 4096L);
        for (int i = 0; i < count; i++) {
            byte[] page = new byte[4096];
            java.util.Arrays.fill(page, (byte) i);
            driver.upload(MemorySegment.ofArray(page), memory(slab), i * 4096L);
        }
        byte[] all = new byte[count * 4096];
        driver.download(memory(slab), 0, MemorySegment.ofArray(all));
        byte[] expected = new byte[all.length];
        for (int i = 0; i < all.length; i++) {
            expected[i] = (byte) (i / 4096);
        }
        assertThat(all).isEqualTo(expected);
        driver.free(slab);
    }

    @Test
    void kernelsRunInTheOrderOfTheCalls() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        int count = 1000;
        Slab slab = driver.allocate(0, count * 4L);
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = i;
        }
        driver.upload(MemorySegment.ofArray(x), memory(slab), 0);
        for (int turn = 0; turn < 2; turn++) {
            driver.launch(
                    0,
                    program.kernel("twice"),
                    4,
                    256,
                    Arguments.begin().buffer(memory(slab)).i64(count));
        }
        Slab other = driver.allocate(0, count * 4L);
        driver.copy(memory(slab), 400, memory(other), 0, 1200);
        driver.download(memory(other), 0, MemorySegment.ofArray(x).asSlice(0, 1200));
        for (int i = 0; i < 300; i++) {
            assertThat(x[i]).isEqualTo((100 + i) * 4 + 3);
        }
        driver.free(slab);
        driver.free(other);
    }

    @Test
    void workItemsMeetAtBarriers() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        Slab slab = driver.allocate(0, 512);
        int[] x = new int[128];
        for (int i = 0; i < 128; i++) {
            x[i] = i;
        }
        driver.upload(MemorySegment.ofArray(x), memory(slab), 0);
        driver.launch(0, program.kernel("reverse"), 2, 64, Arguments.begin().buffer(memory(slab)));
        driver.download(memory(slab), 0, MemorySegment.ofArray(x));
        for (int i = 0; i < 128; i++) {
            assertThat(x[i]).isEqualTo(i / 64 * 64 + 63 - i % 64);
        }
        driver.free(slab);
    }

    @Test
    void aBarrierThatSomeDoNotReachIsAFault() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        Slab slab = driver.allocate(0, 512);
        driver.launch(0, program.kernel("unequal"), 1, 32, Arguments.begin().buffer(memory(slab)));
        assertThatThrownBy(() -> driver.synchronize(0))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED (719)");
        FakeCuda.heal();
        driver.free(slab);
    }

    @Test
    void aSourceThatDoesNotCompileSaysWhere() {
        assertThatThrownBy(() -> driver.build(0, "broken", "__global__ void f() { oops; }", List.of()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("broken does not compile with NVRTC")
                .hasMessageContaining("oops");
    }

    @Test
    void aMissingKernelIsNamed() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        assertThatThrownBy(() -> program.kernel("absent"))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("find the kernel absent")
                .hasMessageContaining("CUDA_ERROR_NOT_FOUND (500)");
    }

    @Test
    void aFailedLaunchSurfacesWhenSomebodyWaits() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        Slab slab = driver.allocate(0, 512);
        FakeCuda.set("LAUNCH_AT", 1);
        driver.launch(0, program.kernel("reverse"), 2, 64, Arguments.begin().buffer(memory(slab)));
        byte[] out = new byte[512];
        assertThatThrownBy(() -> driver.download(memory(slab), 0, MemorySegment.ofArray(out)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS (700)")
                .hasMessageContaining("flambeau.cuda.sync=true");
        FakeCuda.heal();
        driver.free(slab);
    }

    @Test
    void noMemoryIsNullAndNothingLeaks() {
        long before = FakeCuda.count("allocations");
        FakeCuda.set("OOM_AT", 2);
        Slab first = driver.allocate(0, 1024);
        assertThat(driver.allocate(0, 1024)).isNull();
        assertThat(driver.allocate(0, 1L << 40)).isNull();
        driver.free(first);
        assertThat(FakeCuda.count("allocations")).isEqualTo(before);
    }

    @Test
    void allocationsAreAlignedAndPoisoned() {
        Slab slab = driver.allocate(0, 100);
        float[] x = new float[25];
        driver.download(memory(slab), 0, MemorySegment.ofArray(x));
        assertThat(slab.base() % 64).isZero();
        assertThat(x).containsOnly(Float.NaN);
        assertThat(MemorySegment.ofArray(x).get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                .isEqualTo(-1);
        driver.free(slab);
    }

    @Test
    void launchesAndUploadsDoNotWait() {
        Program program = driver.build(0, "test", KERNELS, List.of("SHIFT=1"));
        Program.Kernel kernel = program.kernel("reverse");
        Slab slab = driver.allocate(0, 512);
        long before = FakeCuda.count("waits");
        for (int i = 0; i < 100; i++) {
            driver.upload(MemorySegment.ofArray(new byte[512]), memory(slab), 0);
            driver.launch(0, kernel, 2, 64, Arguments.begin().buffer(memory(slab)));
        }
        assertThat(FakeCuda.count("waits")).isEqualTo(before);
        driver.free(slab);
    }
}
