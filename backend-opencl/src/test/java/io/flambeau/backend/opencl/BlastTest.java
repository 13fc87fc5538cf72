package io.flambeau.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.backend.clike.CLikeBackend;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.spi.Memories;
import io.flambeau.tensor.spi.Pool;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CLBlast's products are those of our own kernel, in every layout that it takes; skipped where it does not load. */
class BlastTest {
    private static OpenClDriver driver;
    private static CLikeBackend plain;
    private static Blast blast;
    private static Pool pool;

    @BeforeAll
    static void open() {
        Present.require();
        System.setProperty("flambeau.opencl.clblast", "true");
        try {
            blast = Blast.find()
                    .orElseGet(() -> Assumptions.abort("skipped, CLBlast's native library does not load here"));
        } finally {
            System.setProperty("flambeau.opencl.clblast", "false");
        }
        driver = new OpenClDriver(Platforms.devices());
        plain = new CLikeBackend(driver);
        pool = Memories.pool(plain, new Device("opencl-products", 0));
    }

    private static View fresh(DType dtype, long count, long... sizes) {
        return View.contiguous(Storage.allocate(pool, count * dtype.bytes(), "test"), dtype, Shape.of(sizes));
    }

    /** Numbers from 0 to 1 in a memory of so many elements. */
    private static View filled(DType dtype, long seed, Shape shape, long[] strides, long extent) {
        View bits = fresh(DType.I32, extent, extent);
        plain.random(new Random(new Spec(bits.shape(), DType.I32, pool.device()), seed, 0), bits);
        plain.binary(Binary.BITWISE_AND, bits, Scalar.of(1023), false, bits);
        View whole = fresh(dtype, extent, extent);
        plain.cast(bits, whole);
        plain.binary(Binary.MUL, whole, Scalar.of(1 / 1024.0), false, whole);
        return new View(whole.storage(), dtype, shape, strides, 0);
    }

    private static double[] read(View view) {
        View wide = fresh(
                DType.F64,
                view.shape().count(),
                view.shape().size(0),
                view.shape().size(1),
                view.shape().size(2));
        plain.cast(view, wide);
        double[] values = new double[(int) view.shape().count()];
        plain.download(wide.storage(), 0, MemorySegment.ofArray(values));
        return values;
    }

    /** Few cases: each kind of product is a program that the device's compiler takes seconds for. */
    private static List<Arguments> products() {
        long[][] rights = {{28, 7, 1}, {28, 1, 4}, {80, 10, 1}};
        return List.of(
                Arguments.of(DType.F32, 1, new long[] {20, 4, 1}, rights[0]),
                Arguments.of(DType.F32, 1, new long[] {40, 8, 1}, rights[1]),
                Arguments.of(DType.F32, 1, new long[] {20, 1, 5}, rights[2]),
                Arguments.of(DType.F32, 3, new long[] {0, 4, 1}, rights[2]),
                Arguments.of(DType.F64, 1, new long[] {20, 4, 1}, rights[0]));
    }

    @ParameterizedTest
    @MethodSource("products")
    void everyLayoutGivesOurProduct(DType dtype, int batch, long[] left, long[] right) {
        try (Scope _ = Scope.open("products")) {
            View x = filled(dtype, 1, Shape.of(batch, 5, 4), left, 200);
            View y = filled(dtype, 2, Shape.of(batch, 4, 7), right, 400);
            View expected = fresh(dtype, 35L * batch, batch, 5, 7);
            View actual = fresh(dtype, 35L * batch, batch, 5, 7);
            plain.fill(Scalar.of(Double.NaN), actual);
            plain.matmul(x, y, expected);
            assertThat(blast.multiply(driver, x, y, actual)).isTrue();
            assertThat(read(actual)).containsExactly(read(expected), within(1e-5));
        }
    }
}
