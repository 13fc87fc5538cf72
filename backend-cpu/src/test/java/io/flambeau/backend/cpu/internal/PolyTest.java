package io.flambeau.backend.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.TestData;
import io.flambeau.tensor.op.Unary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PolyTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        88.72f,
        88.73f,
        -103.9f,
        -104f,
        -87.4f,
        0.5f,
        -0.5f,
        1e-8f,
        -1e-8f,
        32768f,
        32769f,
        1e10f,
        0.625f,
        0.92f,
        3.95f,
        9.1f,
        -18f,
        -17.5f,
        2f,
        3f,
        1e-4f,
    };

    private static float apply(Unary op, float x) {
        return FloatFunctions.of(op).apply(x, 0, 0);
    }

    private static double ulps(float got, double exact) {
        if (Double.isNaN(exact) || Double.isNaN(got)) {
            return Double.isNaN(exact) && Double.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
        }
        float near = (float) exact;
        if (Float.isInfinite(near) || Float.isInfinite(got)) {
            return near == got ? 0 : Float.isInfinite(near) && Math.abs(got) > 3.4e38f ? 1 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(got - exact) / Math.ulp(near);
    }

    private static double worst(Unary op, double low, double high) {
        SplittableRandom random = new SplittableRandom(op.ordinal());
        double worst = 0;
        for (int i = 0; i < 200_000; i++) {
            float x = (float) random.nextDouble(low, high);
            worst = Math.max(worst, ulps(apply(op, x), op.apply((double) x)));
        }
        return worst;
    }

    @Test
    void functionsAreWithinTheirErrors() {
        assertThat(worst(Unary.EXP, -104, 89)).isLessThan(1);
        assertThat(worst(Unary.EXPM1, -1, 1)).isLessThan(1.5);
        assertThat(worst(Unary.EXPM1, -20, 89)).isLessThan(1.5);
        assertThat(worst(Unary.LOG, 0, 4)).isLessThan(1);
        assertThat(worst(Unary.LOG, 0, 3e38)).isLessThan(1);
        assertThat(worst(Unary.LOG, 0, 1e-38)).isLessThan(1);
        assertThat(worst(Unary.LOG1P, -1, 2)).isLessThan(1.5);
        assertThat(worst(Unary.SIN, -100, 100)).isLessThan(1.2);
        assertThat(worst(Unary.COS, -100, 100)).isLessThan(1.2);
        assertThat(worst(Unary.SIN, -40000, 40000)).isLessThan(1.2);
        assertThat(worst(Unary.TANH, -10, 10)).isLessThan(1.5);
        assertThat(worst(Unary.SIGMOID, -100, 100)).isLessThan(2);
        assertThat(worst(Unary.ERF, -4, 4)).isLessThan(1.6);
        assertThat(worst(Unary.RSQRT, 0, 10)).isLessThan(1.6);
    }

    @Test
    void specialValuesAreThoseOfTheDefinitions() {
        for (Unary op : new Unary[] {
            Unary.EXP,
            Unary.EXPM1,
            Unary.LOG,
            Unary.LOG1P,
            Unary.SIN,
            Unary.COS,
            Unary.TANH,
            Unary.SIGMOID,
            Unary.ERF,
            Unary.RSQRT,
            Unary.RELU,
            Unary.SIGN,
            Unary.RECIPROCAL
        }) {
            for (float x : SPECIAL) {
                float got = apply(op, x);
                double exact = op.apply((double) x);
                assertThat(ulps(got, exact))
                        .as("%s(%s) = %s, not %s", op, x, got, exact)
                        .isLessThan(2);
                if (exact == 0 && op != Unary.SIGN && op != Unary.RELU) {
                    assertThat(Float.floatToRawIntBits(got) < 0)
                            .as("%s(%s)", op, x)
                            .isEqualTo(1 / exact < 0);
                }
            }
        }
    }

    /** The strips, which are vectors where there are vectors, give the scalar form's bits, whatever the length. */
    @Test
    void stripsGiveTheScalarBits() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 4099;
        try (Arena arena = Arena.ofConfined()) {
            long x = arena.allocate(n * 4L, 64).address();
            long y = arena.allocate(n * 4L, 64).address();
            for (Unary op : Unary.values()) {
                if (!op.isDefined(io.flambeau.tensor.DType.F32)) {
                    continue;
                }
                double scale = op == Unary.SIN || op == Unary.COS ? 30_000 : 30;
                for (int i = 0; i < n; i++) {
                    float v = i < SPECIAL.length ? SPECIAL[i] : (float) (random.nextGaussian() * scale);
                    Mem.f32(x + i * 4L, scale > 100 && Math.abs(v) > Poly.TRIG_MAX ? 1 : v);
                }
                Families.unary(op, Element.F32).strip().now().run(n, x, 0, 0, y);
                for (int i = 0; i < n; i++) {
                    float in = Mem.f32(x + i * 4L);
                    assertThat(Float.floatToIntBits(Mem.f32(y + i * 4L)))
                            .as("%s(%s)", op, in)
                            .isEqualTo(Float.floatToIntBits(apply(op, in)));
                }
            }
        }
    }

    @Test
    void publishedVectorsHold() throws IOException {
        Path folder = TestData.require("vectors/umath");
        Map<String, Unary> names = Map.ofEntries(
                Map.entry("exp", Unary.EXP),
                Map.entry("expm1", Unary.EXPM1),
                Map.entry("log", Unary.LOG),
                Map.entry("log1p", Unary.LOG1P),
                Map.entry("log2", Unary.LOG2),
                Map.entry("log10", Unary.LOG10),
                Map.entry("exp2", Unary.EXP2),
                Map.entry("sin", Unary.SIN),
                Map.entry("cos", Unary.COS),
                Map.entry("tan", Unary.TAN),
                Map.entry("tanh", Unary.TANH),
                Map.entry("sinh", Unary.SINH),
                Map.entry("cosh", Unary.COSH),
                Map.entry("arcsin", Unary.ASIN),
                Map.entry("arccos", Unary.ACOS),
                Map.entry("arctan", Unary.ATAN),
                Map.entry("arcsinh", Unary.ASINH),
                Map.entry("arccosh", Unary.ACOSH),
                Map.entry("arctanh", Unary.ATANH));
        int rows = 0;
        for (Map.Entry<String, Unary> entry : names.entrySet()) {
            Path file = folder.resolve("umath-validation-set-" + entry.getKey() + ".csv");
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("np.float")) {
                    row(entry.getValue(), line.split(","));
                    rows++;
                }
            }
        }
        assertThat(rows).isGreaterThan(20_000);
    }

    private static void row(Unary op, String[] cells) {
        int allowed = Integer.parseInt(cells[3].trim());
        if (cells[0].equals("np.float32")) {
            float x = Float.intBitsToFloat(Integer.parseUnsignedInt(cells[1].substring(2), 16));
            float want = Float.intBitsToFloat(Integer.parseUnsignedInt(cells[2].substring(2), 16));
            float got = apply(op, x);
            assertThat(distance(Float.floatToIntBits(got), Float.floatToIntBits(want)))
                    .as("%s(%s) = %s, not %s", op, x, got, want)
                    .isLessThanOrEqualTo(allowed);
        } else {
            double x = Double.longBitsToDouble(Long.parseUnsignedLong(cells[1].substring(2), 16));
            double want = Double.longBitsToDouble(Long.parseUnsignedLong(cells[2].substring(2), 16));
            DoubleUnaryOperator f = op::apply;
            double got = f.applyAsDouble(x);
            assertThat(Double.compare(got, want) == 0 || Math.abs(got - want) <= allowed * Math.ulp(want))
                    .as("%s(%s) = %s, not %s", op, x, got, want)
                    .isTrue();
        }
    }

    /** How many floats lie between two, by their bits. */
    private static long distance(int a, int b) {
        long x = a < 0 ? Integer.MIN_VALUE - (long) a : a;
        long y = b < 0 ? Integer.MIN_VALUE - (long) b : b;
        return Math.abs(x - y);
    }
}
