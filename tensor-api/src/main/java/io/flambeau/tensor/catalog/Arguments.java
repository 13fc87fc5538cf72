package io.flambeau.tensor.catalog;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, by PyTorch's names, with the defaults filled in.
 *
 * <p>Note [Values by name]: an argument is a {@link Tensor}, a Long, a Double, a {@link Complex}, a Boolean, a String,
 * a {@link DType}, an {@link io.flambeau.tensor.Index}, null for Python's None, or a List of such; results are the
 * same, or arrays of tensors.
 */
public final class Arguments {
    private final Signature signature;
    private final @Nullable Object[] values;

    Arguments(Signature signature, @Nullable Object[] values) {
        this.signature = signature;
        this.values = values;
    }

    /** The value as it was given. */
    public @Nullable Object value(String name) {
        int i = signature.index(name);
        if (i < 0) {
            throw new IllegalArgumentException(signature.text() + " has no parameter " + name);
        }
        return values[i];
    }

    /** Whether the argument is there and not None. */
    public boolean has(String name) {
        return value(name) != null;
    }

    public boolean isTensor(String name) {
        return value(name) instanceof Tensor;
    }

    public boolean isList(String name) {
        return value(name) instanceof List<?>;
    }

    public Tensor tensor(String name) {
        if (value(name) instanceof Tensor tensor) {
            return tensor;
        }
        throw wrong(name, "a tensor", value(name));
    }

    public @Nullable Tensor optionalTensor(String name) {
        return has(name) ? tensor(name) : null;
    }

    public Tensor[] tensors(String name) {
        List<?> list = list(name);
        Tensor[] tensors = new Tensor[list.size()];
        for (int i = 0; i < tensors.length; i++) {
            if (!(list.get(i) instanceof Tensor tensor)) {
                throw wrong(name, "a list of tensors", list);
            }
            tensors[i] = tensor;
        }
        return tensors;
    }

    public List<?> list(String name) {
        if (value(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list", value(name));
    }

    /** An integer; a tensor of one integer is read. */
    public long integer(String name) {
        return integer(name, value(name));
    }

    private long integer(String name, @Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Boolean flag -> flag ? 1 : 0;
            case Tensor t when t.rank() == 0 && t.dtype().isIntegral() -> t.itemLong();
            case null, default -> throw wrong(name, "an integer", value);
        };
    }

    /** An axis, or anything else that fits an int. */
    public int axis(String name) {
        return Math.clamp(integer(name), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Integers; one alone is a list of one, None no integers at all. */
    public long[] sizes(String name) {
        Object value = value(name);
        if (value == null) {
            return new long[0];
        }
        if (!(value instanceof List<?> list)) {
            return new long[] {integer(name)};
        }
        long[] sizes = new long[list.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = integer(name, list.get(i));
        }
        return sizes;
    }

    /** As {@link #sizes}, for axes. */
    public int[] axes(String name) {
        long[] sizes = sizes(name);
        int[] axes = new int[sizes.length];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = Math.clamp(sizes[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return axes;
    }

    public Shape shape(String name) {
        return Shape.checked(signature.name(), sizes(name));
    }

    public double real(String name) {
        return real(name, value(name));
    }

    private double real(String name, @Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean flag -> flag ? 1 : 0;
            case Tensor t when t.rank() == 0 && !t.dtype().isComplex() -> t.item();
            case null, default -> throw wrong(name, "a real number", value);
        };
    }

    /** Real numbers; one alone is a list of one. */
    public double[] reals(String name) {
        if (!(value(name) instanceof List<?> list)) {
            return new double[] {real(name)};
        }
        double[] reals = new double[list.size()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = real(name, list.get(i));
        }
        return reals;
    }

    /** A number of any category. */
    public Scalar scalar(String name) {
        Object value = value(name);
        return switch (value) {
            case Long number -> Scalar.of(number);
            case Double number -> Scalar.of(number);
            case Boolean flag -> Scalar.of(flag);
            case Complex number -> Scalar.of(number);
            case Tensor t when t.rank() == 0 -> t.itemScalar();
            case null, default -> throw wrong(name, "a number", value);
        };
    }

    /** The number, or null where none is given. */
    public @Nullable Scalar optionalScalar(String name) {
        return has(name) ? scalar(name) : null;
    }

    /** The real number, or null where none is given. */
    public @Nullable Double optionalReal(String name) {
        return has(name) ? (Double) real(name) : null;
    }

    public boolean flag(String name) {
        return switch (value(name)) {
            case Boolean flag -> flag;
            case Long number -> number != 0;
            case null, default -> throw wrong(name, "true or false", value(name));
        };
    }

    public String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text", value(name));
    }

    public DType dtype(String name) {
        if (value(name) instanceof DType dtype) {
            return dtype;
        }
        throw wrong(name, "a dtype", value(name));
    }

    /** The dtype, or the other one where none is given. */
    public DType dtype(String name, DType otherwise) {
        return has(name) ? dtype(name) : otherwise;
    }

    /** An error that names the operation and the argument. */
    public ArgumentException wrong(String name, String wanted, @Nullable Object value) {
        return new ArgumentException(
                signature.name(),
                "argument " + name + " must be " + wanted + ", it is " + show(value),
                Fault.BAD_ARGUMENT);
    }

    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Tensor t -> "a tensor of " + t.dtype() + t.shape();
            case String text -> "'" + text + "'";
            case List<?> list -> list.stream().map(Arguments::show).toList().toString();
            default -> value.toString();
        };
    }
}
