package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How to make one input of a sample: a shape, what values it has, and which dtype it takes when the sample is tried in a
 * dtype.
 *
 * @param shape the sizes
 * @param role the dtype, given the one under test
 * @param values where the values come from
 * @param from forms the input from those that have values of their own, as saved statistics are; null if it has values of its own
 */
public record Input(
        Shape shape, Role role, Values values, @Nullable Function<Tensor[], Tensor> from) {
    private static final Device REFERENCE = new Device("reference", 0);

    /** Which dtype an input takes, given the one under test. */
    public enum Role {
        /** The dtype under test. */
        SAME,
        /** Its real dtype. */
        REAL,
        /** F64 beside F64 (and its complex dtype), F32 beside all others, as statistics and coefficients are. */
        WIDE,
        /** BOOL, whatever is tested. */
        MASK,
        /** I64, whatever is tested. */
        INDEX,
        /** I32, whatever is tested. */
        PIVOT;

        /** The dtype of the input when this one is tested. */
        public DType of(DType tested) {
            return switch (this) {
                case SAME -> tested;
                case REAL -> tested.toReal();
                case WIDE -> tested.toReal() == DType.F64 ? DType.F64 : DType.F32;
                case MASK -> DType.BOOL;
                case INDEX -> DType.I64;
                case PIVOT -> DType.I32;
            };
        }
    }

    /** Fills an array with values of a sample; complex inputs take pairs. */
    @FunctionalInterface
    public interface Values {
        void fill(double[] values, Random random);
    }

    private static final Values NO_VALUES = (values, random) -> {};

    private Input(Shape shape, Role role, Values values) {
        this(shape, role, values, null);
    }

    /** What the inputs that have values of their own give, formed on the reference device. */
    public static Input from(Function<Tensor[], Tensor> formula, long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, NO_VALUES, formula);
    }

    /** Values in [-2, 2]. */
    public static Input any(long... sizes) {
        return between(-2, 2, sizes);
    }

    /** Values in [0.2, 3]; integers from 1 to 3. */
    public static Input positive(long... sizes) {
        return between(0.2, 3, sizes);
    }

    /** Values in [-0.9, 0.9]. */
    public static Input unit(long... sizes) {
        return between(-0.9, 0.9, sizes);
    }

    /** Values in [0.05, 0.95]. */
    public static Input probability(long... sizes) {
        return between(0.05, 0.95, sizes);
    }

    /** Values in a range. */
    public static Input between(double low, double high, long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextDouble(low, high);
            }
        });
    }

    /** Values of absolute 0.6 to 2.9, so that no integer is 0. */
    public static Input nonzero(long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                double size = random.nextDouble(1.1, 2.9);
                values[i] = random.nextBoolean() ? size : -size;
            }
        });
    }

    /** Symmetric positive definite matrices over the last two axes; of complex dtypes, Hermitian ones that are real. */
    public static Input definite(long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> Matrices.definite(values, sizes, random));
    }

    /** Square matrices over the last two axes that are far from singular. */
    public static Input regular(long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> Matrices.regular(values, sizes, random));
    }

    /** These values in row-major order. */
    public static Input of(double[] given, long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> {
            int parts = values.length / Math.max(given.length, 1);
            for (int i = 0; i < given.length; i++) {
                values[i * parts] = given[i];
            }
        });
    }

    /** These indices (I64) in row-major order. */
    public static Input indices(long[] given, long... sizes) {
        return of(Arrays.stream(given).asDoubleStream().toArray(), sizes).as(Role.INDEX);
    }

    /** True and false by chance. */
    public static Input mask(long... sizes) {
        return new Input(Shape.of(sizes), Role.MASK, (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(2);
            }
        });
    }

    /** Whole numbers from -2 to 2, so that some are equal. */
    public static Input whole(long... sizes) {
        return new Input(Shape.of(sizes), Role.SAME, (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(-2, 3);
            }
        });
    }

    /** The same kind of values in another shape. */
    public Input with(Shape other) {
        return new Input(other, role, values, from);
    }

    /** The same values in another role. */
    public Input as(Role other) {
        return new Input(shape, other, values, from);
    }

    /** The input when a dtype is tested, on the reference device. */
    Tensor make(DType tested, long seed) {
        DType dtype = role.of(tested);
        int parts = dtype.isComplex() ? 2 : 1;
        double[] data = new double[Math.toIntExact(shape.count() * parts)];
        values.fill(data, new Random(seed));
        return tensor(data, dtype, shape);
    }

    /** A tensor on the reference device; pairs of values for complex dtypes. */
    static Tensor tensor(double[] data, DType dtype, Shape shape) {
        return Tensors.withDevice(REFERENCE, () -> {
            if (!dtype.isComplex()) {
                // Integers and booleans go through I64, so that a random 0.3 is not true and negative bytes wrap.
                Tensor x = Tensors.of(data).reshape(shape);
                return dtype.isFloating() ? x.to(dtype) : x.to(DType.I64).to(dtype);
            }
            Tensor pairs = Tensors.of(data).reshape(shape.insert(shape.rank(), 2));
            return pairs.viewAsComplex().to(dtype);
        });
    }
}
