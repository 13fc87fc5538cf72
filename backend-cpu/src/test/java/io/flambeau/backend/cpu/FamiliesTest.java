package io.flambeau.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every family against its scalar definition, for every dtype and several layouts. */
class FamiliesTest {
    private final SplittableRandom random = new SplittableRandom(7);

    /** Random values of a dtype, small and not zero for integers, with special values for floating ones. */
    private Tensor values(DType dtype, long... sizes) {
        int n = (int) Shape.of(sizes).count();
        double[] v = new double[n];
        double[] special = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, -1, 2.5, 1e-40
        };
        for (int i = 0; i < n; i++) {
            double drawn = random.nextDouble(-4, 4);
            boolean rare = dtype.isFloating() && random.nextInt(12) == 0;
            v[i] = rare
                    ? special[random.nextInt(special.length)]
                    : dtype == DType.BOOL ? random.nextInt(2) : dtype.isFloating() ? drawn : random.nextInt(1, 7);
        }
        Tensor real = Tensors.of(v, sizes);
        return dtype.isComplex()
                ? real.to(dtype).add(real.flip(0).to(dtype).mul(Scalar.of(new Complex(0, 0.5))))
                : real.to(dtype);
    }

    /** The same elements in other layouts. */
    private List<Tensor> layouts(DType dtype) {
        List<Tensor> layouts = new ArrayList<>();
        layouts.add(values(dtype, 70, 33));
        layouts.add(values(dtype, 33, 70).t());
        layouts.add(values(dtype, 140, 40).slice(0, 1, 140, 2).narrow(1, 5, 33));
        layouts.add(values(dtype, 1, 33).expand(70, 33));
        layouts.add(values(dtype, 70, 1).expand(70, 33));
        return layouts;
    }

    private static void same(Tensor got, double[] want, double tolerance, String what) {
        double[] have = got.toDoubleArray();
        assertThat(have).hasSameSizeAs(want);
        for (int i = 0; i < want.length; i++) {
            boolean equal = Double.compare(have[i], want[i]) == 0 || have[i] == want[i];
            double bound = tolerance * Math.max(Math.abs(want[i]), got.dtype().tiny());
            if (!equal && !(Math.abs(have[i] - want[i]) <= bound)) {
                fail("%s, element %d: %s, not %s", what, i, have[i], want[i]);
            }
        }
    }

    /** Rounds to the dtype as a store does. */
    private static double[] stored(DType dtype, double[] values) {
        DType wide = dtype.isComplex() ? DType.C128 : DType.F64;
        Tensor x = Tensors.of(values, values.length);
        return dtype.isComplex() || dtype == wide ? values : x.to(dtype).toDoubleArray();
    }

    private static double tolerance(DType dtype) {
        return switch (dtype.toReal()) {
            case F16, BF16 -> dtype.epsilon();
            case F32 -> 3e-7;
            case F64 -> 1e-14;
            default -> 0;
        };
    }

    private static Complex at(double[] v, int i) {
        return new Complex(v[2 * i], v[2 * i + 1]);
    }

    private static void put(double[] v, int i, Complex z) {
        v[2 * i] = z.re();
        v[2 * i + 1] = z.im();
    }

    @Test
    void unaryFunctions() {
        for (Unary op : Unary.values()) {
            for (DType dtype : DType.values()) {
                if (!op.isDefined(dtype)) {
                    continue;
                }
                for (Tensor x : layouts(dtype)) {
                    double[] v = x.toDoubleArray();
                    double[] want = new double[v.length];
                    for (int i = 0; i < v.length / (dtype.isComplex() ? 2 : 1); i++) {
                        if (dtype.isComplex()) {
                            put(want, i, op.apply(at(v, i)));
                        } else if (dtype.isFloating()) {
                            want[i] = op.apply(v[i]);
                        } else {
                            want[i] = dtype == DType.BOOL && op == Unary.BITWISE_NOT ? 1 - v[i] : op.apply((long) v[i]);
                        }
                    }
                    String what = op + " of " + dtype;
                    same(Tensor.bind(op, x), stored(dtype, want), tolerance(dtype), what);
                }
            }
        }
    }

    @Test
    void binaryFunctions() {
        for (Binary op : Binary.values()) {
            for (DType dtype : DType.values()) {
                if (!op.isDefined(dtype)) {
                    continue;
                }
                List<Tensor> left = layouts(dtype);
                List<Tensor> right = layouts(dtype);
                for (int k = 0; k < left.size(); k++) {
                    Tensor x = left.get(k);
                    Tensor y = right.get((k * 2 + 1) % right.size());
                    check(op, dtype, Tensor.bind(op, x, y), x.toDoubleArray(), y.toDoubleArray());
                }
                if (!dtype.isComplex() && dtype != DType.BOOL) {
                    Tensor x = left.get(1);
                    Scalar three = Scalar.of(3);
                    double[] threes = new double[(int) x.count()];
                    Arrays.fill(threes, 3);
                    check(op, dtype, Tensor.bind(new ScalarBinary(op, three, false), x), x.toDoubleArray(), threes);
                    check(op, dtype, Tensor.bind(new ScalarBinary(op, three, true), x), threes, x.toDoubleArray());
                }
            }
        }
    }

    private static void check(Binary op, DType dtype, Tensor got, double[] a, double[] b) {
        double[] want = new double[a.length];
        for (int i = 0; i < a.length / (dtype.isComplex() ? 2 : 1); i++) {
            if (dtype.isComplex()) {
                put(want, i, op.apply(at(a, i), at(b, i)));
            } else {
                want[i] = dtype.isFloating() ? op.apply(a[i], b[i]) : op.apply((long) a[i], (long) b[i]);
            }
        }
        same(got, stored(dtype, want), tolerance(dtype), op + " of " + dtype);
    }

    @Test
    void comparisonsAndWhere() {
        for (DType dtype : DType.values()) {
            if (dtype.isComplex()) {
                continue;
            }
            List<Tensor> xs = layouts(dtype);
            for (int k = 0; k < xs.size(); k++) {
                Tensor x = xs.get(k);
                Tensor y = xs.get((k + 2) % xs.size());
                double[] a = x.toDoubleArray();
                double[] b = y.toDoubleArray();
                for (Compare op : Compare.values()) {
                    boolean[] got = Tensor.bind(op, x, y).toBooleanArray();
                    boolean[] two =
                            Tensor.bind(new ScalarCompare(op, Scalar.of(2)), x).toBooleanArray();
                    for (int i = 0; i < a.length; i++) {
                        double right = dtype == DType.BOOL ? 1 : 2;
                        if (got[i] != op.apply(a[i], b[i]) || two[i] != op.apply(a[i], right)) {
                            fail("%s %s %s or %s", a[i], op, b[i], right);
                        }
                    }
                }
                Tensor condition = Tensor.bind(Compare.LT, y, x);
                double[] want = new double[a.length];
                for (int i = 0; i < want.length; i++) {
                    want[i] = b[i] < a[i] ? a[i] : b[i];
                }
                same(x.where(condition, y), want, 0, "where of " + dtype);
            }
        }
    }

    @Test
    void castsBetweenAllDtypes() {
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                Tensor x = values(from, 37, 21).t();
                double[] got = x.to(to).toDoubleArray();
                double[] v = x.to(from.isComplex() ? DType.C128 : DType.F64).toDoubleArray();
                int step = from.isComplex() ? 2 : 1;
                int out = to.isComplex() ? 2 : 1;
                for (int i = 0; i < x.count(); i++) {
                    double re = v[i * step];
                    double im = step == 2 ? v[i * 2 + 1] : 0;
                    if (Double.isNaN(re) || Double.isInfinite(re)) {
                        continue;
                    }
                    double want = switch (to) {
                        case BOOL -> re != 0 || im != 0 ? 1 : 0;
                        case U8 -> (long) re & 0xFF;
                        case I8, I16, I32, I64 -> (long) re;
                        case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) re));
                        case BF16 -> got[i * out];
                        case F32, C64 -> (float) re;
                        default -> re;
                    };
                    assertThat(got[i * out]).as("%s of %s to %s", re, from, to).isEqualTo(want);
                    if (to == DType.BF16) {
                        assertThat(Math.abs(got[i] - re)).isLessThanOrEqualTo(Math.abs(re) / 256 + 1e-38);
                    }
                }
            }
        }
    }

    @Test
    void reductionsOverAllAxes() {
        for (DType dtype : List.of(DType.F32, DType.F64, DType.I32, DType.I64, DType.F16, DType.C128, DType.U8)) {
            Tensor base =
                    dtype.isComplex() || !dtype.isFloating() ? values(dtype, 5, 3, 70, 9) : tame(dtype, 5, 3, 70, 9);
            for (Tensor x : List.of(base, base.permute(2, 0, 3, 1), base.slice(2, 0, 70, 3))) {
                for (int axes = 1; axes < 16; axes++) {
                    for (Reduce.Kind kind : Reduce.Kind.values()) {
                        boolean order = kind == Reduce.Kind.MAX || kind == Reduce.Kind.MIN;
                        if (dtype.isComplex() && order || kind == Reduce.Kind.PROD && dtype != DType.F64) {
                            continue;
                        }
                        reduction(new Reduce(kind, axes), x);
                    }
                }
            }
        }
    }

    private Tensor tame(DType dtype, long... sizes) {
        double[] v = new double[(int) Shape.of(sizes).count()];
        for (int i = 0; i < v.length; i++) {
            v[i] = random.nextDouble(0.5, 1.5);
        }
        return Tensors.of(v, sizes).to(dtype);
    }

    private static void reduction(Reduce op, Tensor x) {
        DType dtype = x.dtype();
        int parts = dtype.isComplex() ? 2 : 1;
        double[] v = x.toDoubleArray();
        Tensor got = Tensor.bind(op, x);
        long[] sizes = x.shape().sizes();
        double[] want = new double[(int) got.count() * parts];
        boolean[] begun = new boolean[want.length];
        for (int i = 0; i < x.count(); i++) {
            int to = 0;
            int rest = i;
            int scale = 1;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                if (!op.reduces(axis)) {
                    to += rest % (int) sizes[axis] * scale;
                    scale *= (int) sizes[axis];
                }
                rest /= (int) sizes[axis];
            }
            for (int p = 0; p < parts; p++) {
                double a = v[i * parts + p];
                int at = to * parts + p;
                want[at] = !begun[at] ? first(op, a) : join(op.kind(), want[at], a);
                begun[at] = true;
            }
        }
        boolean logic = op.kind() == Reduce.Kind.ANY || op.kind() == Reduce.Kind.ALL;
        if (logic && parts == 2) {
            return;
        }
        double tolerance = dtype.isFloating() || dtype.isComplex() ? Math.max(1e-5, 2 * dtype.epsilon()) : 0;
        same(got, logic ? want : stored(dtype, want), tolerance, op + " of " + dtype);
    }

    private static double first(Reduce op, double a) {
        return op.kind() == Reduce.Kind.ANY || op.kind() == Reduce.Kind.ALL ? a != 0 ? 1 : 0 : a;
    }

    private static double join(Reduce.Kind kind, double x, double y) {
        return switch (kind) {
            case SUM -> x + y;
            case PROD -> x * y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case ANY -> x != 0 || y != 0 ? 1 : 0;
            case ALL -> x != 0 && y != 0 ? 1 : 0;
        };
    }

    @Test
    void longReductionsAreExactWhereTheyCanBe() {
        Tensor x = Tensors.arange(8L * 80 * 80 * 80).to(DType.F32).sub(4 * 80 * 80 * 80 - 0.5);
        assertThat(x.sum().item()).isEqualTo(0);
        Tensor columns = x.reshape(-1, 2);
        assertThat(columns.sum(0).sum().item()).isEqualTo(0);
        assertThat(Tensors.full(0.1, 1_392_640).sum().item()).isBetween(139263.9, 139264.1);
        assertThat(Tensors.full(0.1, 1_392_640, 3).sum(0).toDoubleArray()[1]).isBetween(139263.9, 139264.1);
        Tensor t = values(DType.F32, 300, 40, 20);
        Tensor clean = t.where(t.eq(t), t.zerosLike()).where(t.abs().lt(100), t.zerosLike());
        Tensor strided = clean.permute(2, 0, 1).contiguous().permute(1, 2, 0);
        for (int axes = 1; axes < 8; axes++) {
            Reduce sum = new Reduce(Reduce.Kind.SUM, axes);
            assertThat(Tensor.bind(sum, strided).toDoubleArray())
                    .isEqualTo(Tensor.bind(sum, clean).toDoubleArray());
        }
    }

    @Test
    void nanPassesThroughExtremes() {
        Tensor x = Tensors.of(new float[] {1, Float.NaN, 3, 2, 5, 4}, 2, 3);
        assertThat(x.amax(1).toDoubleArray()).containsExactly(Double.NaN, 5);
        assertThat(x.amin(0).toDoubleArray()).containsExactly(1, Double.NaN, 3);
        assertThat(Tensor.bind(new ArgReduce(true, 1), x).toLongArray()).containsExactly(1, 1);
        assertThat(Tensor.bind(new ArgReduce(false, 0), x).toLongArray()).containsExactly(0, 0, 0);
        assertThat(Tensors.of(new float[] {2, 7, 7, 1}, 4).argmax(0).itemLong()).isEqualTo(1);
    }

    @Test
    void scans() {
        Tensor x = Tensors.of(new float[] {1, 3, 2, 3, Float.NaN, 5}, 6);
        Tensor[] max = Tensor.bindAll(new Scan(Scan.Kind.MAX, 0), x);
        assertThat(max[0].toDoubleArray()).containsExactly(1, 3, 3, 3, Double.NaN, Double.NaN);
        assertThat(max[1].toLongArray()).containsExactly(0, 1, 1, 3, 4, 4);
        Tensor y = Tensors.arange(1, 13).reshape(3, 4);
        assertThat(Tensor.bind(new Scan(Scan.Kind.SUM, 0), y).toLongArray())
                .containsExactly(1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24);
        assertThat(Tensor.bind(new Scan(Scan.Kind.PROD, 1), y.t()).toLongArray())
                .containsExactly(1, 5, 45, 2, 12, 120, 3, 21, 231, 4, 32, 384);
    }

    @Test
    void sortsAreStableAndPutNanLast() {
        for (DType dtype : List.of(DType.F32, DType.F64, DType.I64, DType.U8, DType.BF16, DType.BOOL)) {
            for (boolean descending : new boolean[] {false, true}) {
                Tensor x = values(dtype, 3, 257);
                double[] v = x.toDoubleArray();
                Tensor[] sorted = Tensor.bindAll(new Sort(descending), x);
                long[] places = sorted[1].toLongArray();
                double[] got = sorted[0].toDoubleArray();
                for (int row = 0; row < 3; row++) {
                    int base = row * 257;
                    List<Integer> order = new ArrayList<>();
                    for (int i = 0; i < 257; i++) {
                        order.add(i);
                    }
                    Comparator<Integer> by = Comparator.comparingDouble(i -> v[base + i] + 0.0);
                    order.sort(descending ? by.reversed() : by);
                    for (int i = 0; i < 257; i++) {
                        assertThat(places[base + i]).isEqualTo(order.get(i).longValue());
                        assertThat(got[base + i]).isEqualTo(Double.valueOf(v[base + order.get(i)]));
                    }
                }
            }
        }
    }

    @Test
    void gatherAndScatter() {
        Tensor x = Tensors.arange(12).reshape(3, 4).to(DType.F32);
        Tensor index = Tensors.of(new long[] {2, 0, 1, 1}, 2, 2);
        assertThat(Tensor.bind(new Gather(1), x, index).toDoubleArray()).containsExactly(2, 0, 5, 5);
        assertThat(Tensor.bind(new Gather(0), x, index).toDoubleArray()).containsExactly(8, 1, 4, 5);
        Tensor rows = Tensors.of(new long[] {2, 2, 0}, 3, 1).expand(3, 4);
        Tensor added = Tensor.bind(new Scatter(Scatter.Kind.ADD, 0), x, rows, x.onesLike());
        assertThat(added.toDoubleArray()).containsExactly(1, 2, 3, 4, 4, 5, 6, 7, 10, 11, 12, 13);
        Tensor set = Tensor.bind(new Scatter(Scatter.Kind.SET, 0), x, rows, x.neg());
        assertThat(set.toDoubleArray()).containsExactly(-8, -9, -10, -11, 4, 5, 6, 7, -4, -5, -6, -7);
        Tensor bad = Tensors.of(new long[] {0, 4}, 1, 2);
        assertThatThrownBy(() -> Tensor.bind(new Gather(1), x, bad))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("4");
        assertThatThrownBy(() -> Tensor.bind(new Scatter(Scatter.Kind.ADD, 1), x, bad, x))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("4");
    }

    @Test
    void productsOfAllDtypes() {
        for (DType dtype : DType.values()) {
            if (dtype == DType.BOOL) {
                continue;
            }
            Tensor x = dtype.isFloating() ? tame(dtype, 4, 9, 13) : values(dtype, 4, 9, 13);
            Tensor y = (dtype.isFloating() ? tame(dtype, 4, 6, 13) : values(dtype, 4, 6, 13)).mT();
            DType wide = dtype.isComplex() ? DType.C128 : DType.F64;
            Tensor want = x.to(wide)
                    .reshape(4, 9, 13, 1)
                    .mul(y.to(wide).reshape(4, 1, 13, 6))
                    .sum(2);
            double tolerance = Math.max(2 * dtype.epsilon(), dtype.isFloating() ? 1e-6 : 0);
            double[] exact = want.toDoubleArray();
            double bound = dtype.isComplex() ? 1e-5 : tolerance;
            same(Tensor.bind(MatMul.MATMUL, x, y), stored(dtype, exact), bound, "matmul of " + dtype);
        }
    }

    @Test
    void fillsAndRanges() {
        for (DType dtype : DType.values()) {
            assertThat(Tensors.ones(dtype, 3, 5000).to(DType.F64).sum().item()).isEqualTo(15000);
            assertThat(Tensors.zeros(dtype, 3, 5000).to(DType.F64).sum().item()).isEqualTo(0);
            Tensor x = Tensors.zeros(dtype, 40, 40);
            x.t().slice(0, 0, 40, 2).fill_(1);
            assertThat(x.to(DType.F64).sum(0).toDoubleArray()[2]).isEqualTo(40);
            assertThat(x.to(DType.F64).sum().item()).isEqualTo(800);
        }
        assertThat(Tensors.arange(5).toLongArray()).containsExactly(0, 1, 2, 3, 4);
        assertThat(Tensors.arange(Scalar.of(1), Scalar.of(2), Scalar.of(0.25)).toDoubleArray())
                .containsExactly(1, 1.25, 1.5, 1.75);
    }
}
