package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.Program;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/**
 * Measures what the host spends on a launch, with six arguments packed anew, and on {@code a + b}: on the driver without
 * a GPU, told to forget launches at once. Its folder has to be on LD_LIBRARY_PATH.
 */
final class LaunchCost {
    private static final int ROUNDS = 15;
    private static final int LAUNCHES = 100_000;

    private LaunchCost() {}

    public static void main(String[] arguments) {
        Device device = FakeCuda.device();
        CudaDriver driver = new CudaDriver(Ladder.climb().top());
        Program.Kernel kernel = driver.build(
                        0,
                        "nothing",
                        "extern \"C\" __global__ void nothing(long long a, long long b, long long c, long long d,"
                                + " int e, float f) {}",
                        List.of())
                .kernel("nothing");
        Tensor a = Tensors.withDevice(device, () -> Tensors.ones(16));
        a.add(a);
        FakeCuda.set("FORGET", 1);
        report("a launch", () -> {
            for (int i = 0; i < LAUNCHES; i++) {
                Arguments packed =
                        Arguments.begin().i64(i).i64(2).i64(3).i64(4).i32(5).f32(6);
                driver.launch(0, kernel, 1, 256, packed);
            }
        });
        report("a + b", () -> {
            for (int done = 0; done < LAUNCHES; done += 1000) {
                try (Scope _ = Scope.open("sums")) {
                    for (int i = 0; i < 1000; i++) {
                        a.add(a);
                    }
                }
            }
        });
    }

    private static void report(String title, Runnable launches) {
        double[] each = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            launches.run();
            each[round] = (double) (System.nanoTime() - start) / LAUNCHES;
        }
        Arrays.sort(each);
        System.out.printf("%s: %.0f ns (median of %d rounds, least %.0f)%n", title, each[ROUNDS / 2], ROUNDS, each[0]);
    }
}
