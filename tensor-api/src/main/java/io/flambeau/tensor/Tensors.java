package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.internal.Contraction;
import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Draws;
import io.flambeau.tensor.internal.Histograms;
import io.flambeau.tensor.internal.HostArrays;
import io.flambeau.tensor.internal.Joining;
import io.flambeau.tensor.internal.Promote;
import io.flambeau.tensor.internal.Ranges;
import io.flambeau.tensor.op.Cat;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What in PyTorch are functions of the module {@code torch}: making tensors, putting several together, and the modes of
 * execution.
 */
public final class Tensors {
    private Tensors() {}

    // Making

    /** A tensor of this spec with one value everywhere. */
    public static Tensor full(Spec spec, Scalar value) {
        return Dispatch.one(new Fill(spec, value));
    }

    private static Spec spec(String operation, DType dtype, long... sizes) {
        return new Spec(Shape.checked(operation, sizes), dtype, Dispatch.defaultDevice());
    }

    public static Tensor zeros(long... sizes) {
        return zeros(Dispatch.defaultFloat(), sizes);
    }

    public static Tensor zeros(DType dtype, long... sizes) {
        return full(spec("zeros", dtype, sizes), Scalar.ZERO);
    }

    public static Tensor ones(long... sizes) {
        return ones(Dispatch.defaultFloat(), sizes);
    }

    public static Tensor ones(DType dtype, long... sizes) {
        return full(spec("ones", dtype, sizes), Scalar.ONE);
    }

    /** One value everywhere, in the dtype that the value suggests. */
    public static Tensor full(Scalar value, long... sizes) {
        return full(spec("full", value.dtype(Dispatch.defaultFloat()), sizes), value);
    }

    public static Tensor full(double value, long... sizes) {
        return full(Scalar.of(value), sizes);
    }

    /** A tensor of the default dtype whose elements are not yet set. */
    public static Tensor empty(long... sizes) {
        return empty(spec("empty", Dispatch.defaultFloat(), sizes));
    }

    /** A tensor whose elements are not yet set. */
    public static Tensor empty(Spec spec) {
        if (!Modes.current().isPlain()) {
            return full(spec, Scalar.ZERO);
        }
        Storage storage = HostArrays.storage(spec, "empty");
        return Access.door().of(View.contiguous(storage, spec.dtype(), spec.shape()), spec);
    }

    /** A scalar tensor. */
    public static Tensor scalar(Scalar value) {
        return full(value);
    }

    public static Tensor scalar(double value) {
        return full(Scalar.of(value));
    }

    public static Tensor scalar(long value) {
        return full(Scalar.of(value));
    }

    /** A tensor from host bytes in row-major order. */
    public static Tensor fromMemory(MemorySegment bytes, DType dtype, long... sizes) {
        Spec spec = spec("fromMemory", dtype, sizes);
        if (bytes.byteSize() != spec.bytes()) {
            throw new ArgumentException(
                    "fromMemory",
                    spec.shape() + " of " + dtype + " needs " + spec.bytes() + " bytes, there are " + bytes.byteSize(),
                    Fault.BAD_ARGUMENT);
        }
        return HostArrays.upload(bytes, spec, "fromMemory");
    }

    /** Float elements in row-major order (F32). Without sizes a vector. */
    public static Tensor of(float[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.F32, sizes(values.length, sizes));
    }

    /** Double elements in row-major order (F64). Without sizes a vector. */
    public static Tensor of(double[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.F64, sizes(values.length, sizes));
    }

    /** Long elements in row-major order (I64). Without sizes a vector. */
    public static Tensor of(long[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.I64, sizes(values.length, sizes));
    }

    /** Int elements in row-major order (I32). Without sizes a vector. */
    public static Tensor of(int[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.I32, sizes(values.length, sizes));
    }

    /** Short elements in row-major order (I16). Without sizes a vector. */
    public static Tensor of(short[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.I16, sizes(values.length, sizes));
    }

    /** Byte elements in row-major order (I8). Without sizes a vector. */
    public static Tensor of(byte[] values, long... sizes) {
        return fromMemory(MemorySegment.ofArray(values), DType.I8, sizes(values.length, sizes));
    }

    /** Boolean elements in row-major order. Without sizes a vector. */
    public static Tensor of(boolean[] values, long... sizes) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return fromMemory(MemorySegment.ofArray(bytes), DType.BOOL, sizes(values.length, sizes));
    }

    /** A matrix (F32) from rows of equal length. */
    public static Tensor of(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new ShapeException(
                        "of",
                        "row " + i + " has " + rows[i].length + " elements, row 0 has " + columns,
                        Fault.SHAPE_MISMATCH);
            }
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return of(flat, rows.length, columns);
    }

    private static long[] sizes(int length, long[] sizes) {
        return sizes.length == 0 && length != 1 || sizes.length == 0 ? new long[] {length} : sizes;
    }

    /** The integers (I64) from 0 to before {@code end}. */
    public static Tensor arange(long end) {
        return arange(Scalar.ZERO, Scalar.of(end), Scalar.ONE);
    }

    public static Tensor arange(long start, long end) {
        return arange(Scalar.of(start), Scalar.of(end), Scalar.ONE);
    }

    /** start, start + step, … before end; I64 of integers, the default floating dtype otherwise. */
    public static Tensor arange(Scalar start, Scalar end, Scalar step) {
        boolean integral = start.category().compareTo(DType.Category.INTEGRAL) <= 0
                && end.category().compareTo(DType.Category.INTEGRAL) <= 0
                && step.category().compareTo(DType.Category.INTEGRAL) <= 0;
        return arange(start, end, step, integral ? DType.I64 : Dispatch.defaultFloat());
    }

    public static Tensor arange(Scalar start, Scalar end, Scalar step, DType dtype) {
        if (dtype.isIntegral()
                && (start.category() == DType.Category.FLOATING
                        || end.category() == DType.Category.FLOATING
                        || step.category() == DType.Category.FLOATING)) {
            requireFinite(start, end);
            Scalar first = Scalar.of(start.integer());
            Scalar by = Scalar.of(step.integer());
            if (dtype == DType.I64) {
                return arange(first, Scalar.of(end.integer()), by, dtype);
            }
            // As in PyTorch, narrower integers are as many as the real numbers would be.
            long count = (long) Math.ceil((end.re() - start.re()) / step.re());
            if (step.re() == 0 || count < 0) {
                throw new ArgumentException(
                        "arange",
                        "from " + start + " to " + end + " by steps of " + step + " never arrives",
                        Fault.BAD_ARGUMENT);
            }
            return Dispatch.one(new Iota(spec("arange", dtype, count), first, by));
        }
        double span = end.re() - start.re();
        if (step.re() == 0 || !Double.isFinite(span) || span != 0 && span > 0 != step.re() > 0) {
            throw new ArgumentException(
                    "arange",
                    "from " + start + " to " + end + " by steps of " + step + " never arrives",
                    Fault.BAD_ARGUMENT);
        }
        long count = (long) Math.ceil(span / step.re());
        return Dispatch.one(new Iota(spec("arange", dtype, count), start, step));
    }

    private static void requireFinite(Scalar start, Scalar end) {
        if (!Double.isFinite(start.re()) || !Double.isFinite(end.re())) {
            throw new ArgumentException(
                    "arange", "from " + start + " to " + end + " never arrives", Fault.BAD_ARGUMENT);
        }
    }

    /** The identity matrix. */
    public static Tensor eye(long n) {
        return eye(n, n, Dispatch.defaultFloat());
    }

    /** Ones on the diagonal of a matrix of zeros. */
    public static Tensor eye(long n, long m, DType dtype) {
        if (n < 0 || m < 0) {
            throw new ArgumentException(
                    "eye", "n is " + n + " and m is " + m + "; neither may be negative", Fault.BAD_ARGUMENT);
        }
        Tensor zeros = zeros(dtype, n, m);
        zeros.diagonal().fill_(Scalar.ONE);
        return zeros;
    }

    /** So many numbers from start to end, both included, at equal distances. */
    public static Tensor linspace(double start, double end, long steps) {
        return linspace(start, end, steps, Dispatch.defaultFloat());
    }

    public static Tensor linspace(double start, double end, long steps, DType dtype) {
        return Ranges.linspace(Scalar.of(start), Scalar.of(end), steps, dtype);
    }

    public static Tensor linspace(Scalar start, Scalar end, long steps, DType dtype) {
        return Ranges.linspace(start, end, steps, dtype);
    }

    /** So many powers of a base, whose exponents go from start to end at equal distances. */
    public static Tensor logspace(double start, double end, long steps, double base, DType dtype) {
        return Ranges.logspace(Scalar.of(start), Scalar.of(end), steps, base, dtype);
    }

    public static Tensor logspace(Scalar start, Scalar end, long steps, double base, DType dtype) {
        return Ranges.logspace(start, end, steps, base, dtype);
    }

    /** Rows and columns (I64) of the lower triangle of a matrix up to a diagonal, row by row. */
    public static Tensor trilIndices(long rows, long columns, long offset) {
        return Ranges.triangle("trilIndices", rows, columns, offset, false);
    }

    /** Rows and columns (I64) of the upper triangle of a matrix from a diagonal on, row by row. */
    public static Tensor triuIndices(long rows, long columns, long offset) {
        return Ranges.triangle("triuIndices", rows, columns, offset, true);
    }

    // Random numbers

    /** Starts the standard generator's stream of a seed from its beginning. */
    public static Generator manualSeed(long seed) {
        return Generator.standard().manualSeed(seed);
    }

    /** Uniform numbers in [0, 1). */
    public static Tensor rand(long... sizes) {
        return rand(Generator.standard(), sizes);
    }

    public static Tensor rand(Generator generator, long... sizes) {
        return rand(generator, spec("rand", Dispatch.defaultFloat(), sizes));
    }

    /** Uniform multiples of 2^-24 in [0, 1), of 2^-53 for F64, rounded to the dtype below that. */
    public static Tensor rand(Generator generator, Spec spec) {
        boolean wide = spec.dtype() == DType.F64;
        Tensor drawn = Draws.bits(generator, spec.with(wide ? DType.I64 : DType.I32));
        return wide
                ? drawn.bitwiseAnd(Scalar.of((1L << 53) - 1)).to(DType.F64).mul(0x1p-53)
                : drawn.bitwiseAnd(Scalar.of((1L << 24) - 1))
                        .to(DType.F32)
                        .mul(0x1p-24)
                        .to(spec.dtype());
    }

    /** Normal numbers of mean 0 and variance 1. */
    public static Tensor randn(long... sizes) {
        return randn(Generator.standard(), sizes);
    }

    public static Tensor randn(Generator generator, long... sizes) {
        return randn(generator, spec("randn", Dispatch.defaultFloat(), sizes));
    }

    /** Normal numbers by the transform of Box and Muller (1958) from two uniform ones each. */
    public static Tensor randn(Generator generator, Spec spec) {
        Spec wide = spec.dtype() == DType.F64 ? spec : spec.with(DType.F32);
        Tensor radius = rand(generator, wide).rsub(1).log().mul(-2).sqrt();
        Tensor angle = rand(generator, wide).mul(2 * Math.PI);
        return radius.mul(angle.cos()).to(spec.dtype());
    }

    /** Integers (I64) from low to before high. */
    public static Tensor randint(long low, long high, long... sizes) {
        return randint(Generator.standard(), low, high, sizes);
    }

    public static Tensor randint(Generator generator, long low, long high, long... sizes) {
        return Draws.integers(generator, low, high, spec("randint", DType.I64, sizes));
    }

    /** The integers (I64) from 0 to before n, in random order. */
    public static Tensor randperm(long n) {
        return randperm(Generator.standard(), n);
    }

    public static Tensor randperm(Generator generator, long n) {
        return Draws.permutation(generator, n);
    }

    /** Normal numbers of a mean and a standard deviation. */
    public static Tensor normal(double mean, double std, long... sizes) {
        return empty(spec("normal", Dispatch.defaultFloat(), sizes)).normal_(mean, std);
    }

    /** A normal number for each pair of mean and standard deviation; both broadcast. */
    public static Tensor normal(Generator generator, Tensor mean, Tensor std) {
        Tensor spread = std.detach().add(mean.detach().zerosLike());
        return randn(generator, spread.spec()).mul(spread).add(mean);
    }

    // Putting together

    /** Tensors one after another along an axis, promoted to one dtype; empty vectors are passed over, as in PyTorch. */
    public static Tensor cat(int axis, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new ArgumentException("cat", "0 tensors were given, at least 1 is needed", Fault.BAD_ARGUMENT);
        }
        DType dtype = tensors[0].dtype();
        int kept = 0;
        for (Tensor t : tensors) {
            dtype = DType.promote(dtype, t.dtype());
            kept += legacyEmpty(t) ? 0 : 1;
        }
        Tensor[] used = new Tensor[Math.max(kept, 1)];
        int n = 0;
        for (Tensor t : tensors) {
            if (!legacyEmpty(t)) {
                used[n++] = t.to(dtype);
            }
        }
        if (n == 0) {
            return tensors[0].to(dtype).clone();
        }
        if (used[0].rank() == 0) {
            throw new ShapeException(
                    "cat", "tensors of shape [] have no axis to be concatenated along; use stack", Fault.BAD_AXIS);
        }
        return Dispatch.one(new Cat(used[0].shape().axis("cat", axis)), used);
    }

    private static boolean legacyEmpty(Tensor t) {
        return t.rank() == 1 && t.count() == 0;
    }

    /** Tensors of equal shape side by side along a new axis. */
    public static Tensor stack(int axis, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new ArgumentException("stack", "0 tensors were given, at least 1 is needed", Fault.BAD_ARGUMENT);
        }
        DType dtype = Promote.dtype(tensors);
        Tensor[] parts = new Tensor[tensors.length];
        for (int i = 0; i < parts.length; i++) {
            if (!tensors[i].shape().equals(tensors[0].shape())) {
                throw new ShapeException(
                        "stack",
                        "tensor " + i + " has shape " + tensors[i].shape() + ", tensor 0 has " + tensors[0].shape(),
                        Fault.SHAPE_MISMATCH);
            }
            dtype = DType.promote(dtype, tensors[i].dtype());
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = tensors[i].to(dtype).unsqueeze(axis);
        }
        int a = axis < 0 ? axis + parts[0].rank() : axis;
        return Dispatch.one(new Cat(a), parts);
    }

    /** Tensors beside one another: along the second axis, or the only one of vectors. */
    public static Tensor hstack(Tensor... tensors) {
        int axis = tensors.length > 0 && tensors[0].rank() < 2 ? 0 : 1;
        return Joining.cat("hstack", axis, Tensor::atleast1d, tensors);
    }

    /** Tensors below one another, along the first axis; vectors become rows. */
    public static Tensor vstack(Tensor... tensors) {
        return Joining.cat("vstack", 0, Tensor::atleast2d, tensors);
    }

    /** Tensors behind one another, along the third axis. */
    public static Tensor dstack(Tensor... tensors) {
        return Joining.cat("dstack", 2, Tensor::atleast3d, tensors);
    }

    /** Vectors as the columns of a matrix, beside matrices. */
    public static Tensor columnStack(Tensor... tensors) {
        return Joining.cat("columnStack", 1, t -> t.rank() < 2 ? t.reshape(t.count(), 1) : t, tensors);
    }

    /** Matrices along the diagonal of a matrix of zeros. */
    public static Tensor blockDiag(Tensor... blocks) {
        return Joining.blockDiag(blocks);
    }

    /** The tensors, expanded to one shape. */
    public static Tensor[] broadcastTensors(Tensor... tensors) {
        return Joining.broadcast(tensors);
    }

    /** The shape to which all shapes broadcast. */
    public static Shape broadcastShapes(Shape... shapes) {
        return Joining.broadcast("broadcastShapes", shapes);
    }

    /** Every vector along an axis of its own, expanded to the grid of all of them; {@code ij} or {@code xy}. */
    public static Tensor[] meshgrid(String indexing, Tensor... vectors) {
        return Joining.meshgrid(indexing, vectors);
    }

    /** All ways to take one element of each vector, one row each. */
    public static Tensor cartesianProd(Tensor... vectors) {
        return Joining.cartesianProd(vectors);
    }

    /** All ways to take so many elements of a vector, one row each. */
    public static Tensor combinations(Tensor vector, int count, boolean replacement) {
        return Joining.combinations(vector, count, replacement);
    }

    /**
     * Einstein's summation convention: {@code einsum("bij,bjk->bik", x, y)} multiplies batches of matrices.
     *
     * @param equation a letter for each axis; letters that the output lacks are summed over
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        return Contraction.einsum(equation, operands);
    }

    /** How many points, along the last axis, lie in each bin of a grid; then the edges along each axis of the grid. */
    public static Tensor[] histogramdd(
            Tensor points, long[] bins, double @Nullable [] range, @Nullable Tensor weight, boolean density) {
        return Histograms.of("histogramdd", points, bins, range, weight, density);
    }

    public static Tensor[] histogramdd(Tensor points, Tensor[] edges, @Nullable Tensor weight, boolean density) {
        return Histograms.of("histogramdd", points, edges, weight, density);
    }

    /** The first where the condition holds, the second elsewhere. */
    public static Tensor where(Tensor condition, Tensor x, Tensor y) {
        return x.where(condition, y);
    }

    /** The indices of flat places in a tensor of a shape, one tensor for each axis. */
    public static Tensor[] unravelIndex(Tensor places, Shape shape) {
        if (!places.dtype().isIntegral()) {
            throw new DTypeException("unravelIndex", "needs integers, not " + places.dtype(), Fault.BAD_DTYPE);
        }
        long[] strides = shape.contiguousStrides();
        Tensor[] out = new Tensor[shape.rank()];
        for (int i = 0; i < out.length; i++) {
            out[i] = places.to(DType.I64).floorDivide(Scalar.of(strides[i])).remainder(Scalar.of(shape.size(i)));
        }
        return out;
    }

    /** Complex numbers of real and imaginary parts, both F32 or both F64 (or both F16, in C64). */
    public static Tensor complex(Tensor real, Tensor imag) {
        requireParts("complex", real, imag);
        Shape shape = Shape.broadcast("complex", real.shape(), imag.shape());
        DType dtype = real.dtype().isHalf() ? DType.F32 : real.dtype();
        return stack(-1, real.to(dtype).expand(shape), imag.to(dtype).expand(shape))
                .viewAsComplex();
    }

    /** Complex numbers of moduli and angles. */
    public static Tensor polar(Tensor abs, Tensor angle) {
        requireParts("polar", abs, angle);
        return complex(abs.mul(angle.cos()), abs.mul(angle.sin()));
    }

    private static void requireParts(String operation, Tensor first, Tensor second) {
        if (first.dtype() != second.dtype() || !first.dtype().isFloating()) {
            throw new DTypeException(
                    operation,
                    "needs two tensors of one floating dtype, not " + first.dtype() + " and " + second.dtype(),
                    Fault.DTYPE_MISMATCH);
        }
    }

    /** The only output of any operation, also one of the user's own. */
    public static Tensor bind(Op op, Tensor... in) {
        return Dispatch.one(op, in);
    }

    // Modes

    /** Runs the body without recording operations for gradients. */
    public static <T extends @Nullable Object> T noGrad(Supplier<T> body) {
        return Modes.current().withGrad(false).call(body);
    }

    /** Runs the body without recording operations for gradients. */
    public static void noGrad(Runnable body) {
        Modes.current().withGrad(false).run(body);
    }

    /** Runs the body recording operations, also inside {@link #noGrad}. */
    public static <T extends @Nullable Object> T enableGrad(Supplier<T> body) {
        return Modes.current().withGrad(true).call(body);
    }

    /** Runs the body without recording, and its results may never be saved for a gradient. */
    public static <T extends @Nullable Object> T inferenceMode(Supplier<T> body) {
        return Modes.current().withInference().call(body);
    }

    /** Whether operations are recorded now. */
    public static boolean isGradEnabled() {
        return Modes.current().grad();
    }

    /** Runs the body with another default device. */
    public static <T extends @Nullable Object> T withDevice(Device device, Supplier<T> body) {
        return Modes.current().with(device).call(body);
    }

    /** Runs the body with another default floating dtype. */
    public static <T extends @Nullable Object> T withDtype(DType dtype, Supplier<T> body) {
        return Modes.current().with(dtype).call(body);
    }

    /** Runs the body with another standard generator, for example for dropout that repeats. */
    public static <T extends @Nullable Object> T withGenerator(Generator generator, Supplier<T> body) {
        return Modes.current().with(generator).call(body);
    }

    /** The body bound to the modes of the running code, for another thread to run. */
    public static Runnable capture(Runnable body) {
        Modes modes = Modes.current();
        return () -> modes.run(body);
    }

    public static DType defaultDtype() {
        return Dispatch.defaultFloat();
    }

    /** Sets the floating dtype of new tensors for the whole process. */
    public static void setDefaultDtype(DType dtype) {
        if (!dtype.isFloating()) {
            throw new DTypeException("setDefaultDtype", "needs a floating dtype, not " + dtype, Fault.BAD_DTYPE);
        }
        Dispatch.defaultFloat(dtype);
    }

    /** How many threads, the caller included, share the work of one operation on the CPU. */
    public static int threads() {
        return Backends.threads();
    }

    /**
     * Sets how many threads, the caller included, share the work of one operation on the CPU, for the whole process. At
     * first it is the system property {@code flambeau.threads}, or else the number of processors. Results are the same
     * bits for any number.
     *
     * <pre>{@code Tensors.setThreads(1);}</pre>
     */
    public static void setThreads(int count) {
        Backends.setThreads(count);
    }

    /**
     * Waits until a device has done all that was asked of it, as before a time is taken. A fault that its work met, such as
     * an index out of range, is thrown here if no result was read before.
     *
     * <pre>{@code Tensors.synchronize(loss.device());}</pre>
     */
    public static void synchronize(Device device) {
        Backends.synchronize(device);
    }

    public static Device defaultDevice() {
        return Dispatch.defaultDevice();
    }

    /** Sets the device of new tensors for the whole process. */
    public static void setDefaultDevice(Device device) {
        Backends.prefer(device);
    }
}
