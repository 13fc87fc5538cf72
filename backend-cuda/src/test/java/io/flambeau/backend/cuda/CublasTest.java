package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.spi.Memories;
import io.flambeau.tensor.spi.Pool;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products by cuBLAS are those of our own kernel, in every layout that it takes. */
class CublasTest {
    private static CudaBackend plain;
    private static CudaBackend fast;
    private static Pool pool;

    @BeforeAll
    static void open() {
        Ladder.Top found = LibrariesProvider.top();
        assertThat(found.devices().getFirst())
                .endsWith("cuBLAS (" + FakeCuda.libraries().resolve("libcublas.so.12") + "), cuDNN ("
                        + FakeCuda.libraries().resolve("libcudnn.so.9") + ")");
        CudaDriver driver = new CudaDriver(found);
        plain = new CudaBackend(driver, Libraries.NONE);
        fast = new CudaBackend(driver, found.libraries());
        pool = Memories.pool(plain, new Device("cuda-products", 0));
    }

    @AfterAll
    static void close() {
        pool.trim();
    }

    @AfterEach
    void restore() {
        Cuda.allowTf32Products(false);
    }

    /** Random numbers from 1 to 2 (bits of a mantissa under an exponent of 0), or small integers. */
    private View filled(DType dtype, long seed, Shape shape, long[] strides, long extent) {
        DType real = dtype == DType.C64 ? DType.F32 : dtype == DType.C128 ? DType.F64 : dtype;
        long reals = dtype.bytes() / real.bytes() * extent;
        View bits = View.contiguous(Storage.allocate(pool, reals * 4, "test"), DType.I32, Shape.of(reals));
        plain.random(new Random(new io.flambeau.tensor.Spec(bits.shape(), DType.I32, pool.device()), seed, 0), bits);
        View small = View.contiguous(Storage.allocate(pool, reals * 4, "test"), DType.I32, Shape.of(reals));
        plain.binary(io.flambeau.tensor.op.Binary.BITWISE_AND, bits, io.flambeau.tensor.Scalar.of(1023), false, small);
        Storage storage = Storage.allocate(pool, extent * dtype.bytes(), "test");
        View whole = View.contiguous(storage, real, Shape.of(reals));
        plain.cast(small, whole);
        plain.binary(io.flambeau.tensor.op.Binary.MUL, whole, io.flambeau.tensor.Scalar.of(1 / 1024.0), false, whole);
        return new View(storage, dtype, shape, strides, 0);
    }

    private double[] read(View view) {
        View wide = View.contiguous(Storage.allocate(pool, view.shape().count() * 8, "test"), DType.F64, view.shape());
        plain.cast(view, wide);
        double[] values = new double[(int) view.shape().count()];
        plain.download(wide.storage(), 0, MemorySegment.ofArray(values));
        return values;
    }

    private void check(DType dtype, View x, View y) {
        Shape shape = Shape.of(x.shape().size(0), x.shape().size(1), y.shape().size(2));
        View expected = View.contiguous(Storage.allocate(pool, shape.count() * dtype.bytes(), "test"), dtype, shape);
        View actual = View.contiguous(Storage.allocate(pool, shape.count() * dtype.bytes(), "test"), dtype, shape);
        plain.matmul(x, y, expected);
        long before = FakeCuda.count("products");
        fast.matmul(x, y, actual);
        assertThat(FakeCuda.count("products")).as("it was asked").isEqualTo(before + 1);
        double bound = dtype == DType.F16 ? 0.02 : dtype == DType.BF16 ? 0.1 : 1e-4;
        assertThat(read(actual)).containsExactly(read(expected), within(bound));
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "F32", "F64", "C64", "C128"})
    void everyLayoutGivesOurProduct(DType dtype) {
        try (Scope _ = Scope.open("products")) {
            int batch = 3;
            int rows = 5;
            int columns = 7;
            int inner = 4;
            Shape left = Shape.of(batch, rows, inner);
            Shape right = Shape.of(batch, inner, columns);
            long[][] lefts = {{20, 4, 1}, {20, 1, 5}, {0, 4, 1}, {40, 8, 1}, {4, 12, 1}};
            long[][] rights = {{28, 7, 1}, {28, 1, 4}, {0, 7, 1}, {80, 10, 1}, {7, 21, 1}};
            for (long[] a : lefts) {
                for (long[] b : rights) {
                    check(dtype, filled(dtype, 1, left, a, 200), filled(dtype, 2, right, b, 400));
                }
            }
        }
    }

    @Test
    void singleRowsAndColumnsAreProductsToo() {
        try (Scope _ = Scope.open("products")) {
            for (long[] size : new long[][] {{1, 1, 4, 7}, {2, 5, 4, 1}, {2, 1, 1, 1}, {2, 5, 1, 7}, {1, 1, 9, 1}}) {
                Shape left = Shape.of(size[0], size[1], size[2]);
                Shape right = Shape.of(size[0], size[2], size[3]);
                check(
                        DType.F32,
                        filled(DType.F32, 1, left, left.contiguousStrides(), left.count()),
                        filled(DType.F32, 2, right, right.contiguousStrides(), right.count()));
            }
        }
    }

    @Test
    void whatItDoesNotKnowIsOurs() {
        try (Scope _ = Scope.open("products")) {
            Shape shape = Shape.of(1, 4, 4);
            View strided = filled(DType.F32, 1, shape, new long[] {64, 16, 2}, 64);
            View integers = View.contiguous(Storage.allocate(pool, 128, "test"), DType.I64, shape);
            plain.iota(io.flambeau.tensor.Scalar.of(0), io.flambeau.tensor.Scalar.of(1), integers);
            View out = View.contiguous(Storage.allocate(pool, 128, "test"), DType.I64, shape);
            long before = FakeCuda.count("products");
            fast.matmul(integers, integers, out);
            View real = View.contiguous(Storage.allocate(pool, 64, "test"), DType.F32, shape);
            fast.matmul(strided, strided, real);
            assertThat(FakeCuda.count("products")).isEqualTo(before);
            assertThat(read(out)[0]).isEqualTo(0 + 4 + 2 * 8 + 3 * 12);
        }
    }

    @Test
    void tf32IsUsedOnlyWhereItIsAllowed() {
        try (Scope _ = Scope.open("products")) {
            Shape shape = Shape.of(1, 1, 1);
            View x = View.contiguous(Storage.allocate(pool, 4, "test"), DType.F32, shape);
            View out = View.contiguous(Storage.allocate(pool, 4, "test"), DType.F32, shape);
            plain.fill(io.flambeau.tensor.Scalar.of(1 + 1.0 / 4096), x);
            fast.matmul(x, x, out);
            assertThat(read(out)[0]).isNotEqualTo(1);
            Cuda.allowTf32Products(true);
            fast.matmul(x, x, out);
            assertThat(read(out)[0]).isEqualTo(1);
        }
    }
}
