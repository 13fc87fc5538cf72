package io.flambeau.tensor.spi;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Unary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Devices of one kind: their memory, and one method for each family of primitives over views.
 *
 * <p>The API has checked shapes, dtypes, indices' rank and liveness, and has made promotion and broadcasting explicit:
 * a kernel may assume equal dtypes and shapes unless its method says otherwise, and that the output overlaps an input
 * only exactly, and only in elementwise families. Calls for one device are queued in order; they may return before the
 * work is done, and errors may then surface at the next {@link #synchronize} or {@link #download}. Methods may be called
 * by many threads.
 */
public interface Backend {
    /** The number of devices. */
    int devices();

    /** The bytes that the API may take from a device altogether. */
    long capacity(int device);

    /** Takes a block from the device, aligned to 64 bytes; null if there is none. */
    @Nullable Slab allocate(int device, long bytes);

    /** Gives a block back; work that uses it may still be queued. */
    void free(int device, Slab slab);

    /** Copies host bytes, which may change once this returns, into the storage, from its first byte plus {@code offset} on. */
    void upload(MemorySegment from, Storage to, long offset);

    /** Copies bytes of the storage to the host, waiting for the work that produces them. */
    void download(Storage from, long offset, MemorySegment to);

    /** Waits for all queued work of a device and reports its errors. */
    void synchronize(int device);

    /** Writes the scalar to every element. */
    void fill(Scalar value, View out);

    /** Writes start + i * step for i = 0, 1, … in row-major order; computed in F64 for floating dtypes. */
    void iota(Scalar start, Scalar step, View out);

    /** Writes the counter-based random bits of {@link Random} to a contiguous I32 or I64 view. */
    void random(Random op, View out);

    /** As {@link #random(Random, View)}, from the block on that the counter (I64, one element) says, plus the offset. */
    default void random(Random op, View counter, View out) {
        byte[] bytes = new byte[Long.BYTES];
        download(counter.storage(), counter.offset() * Long.BYTES, MemorySegment.ofArray(bytes));
        long first = MemorySegment.ofArray(bytes).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
        random(new Random(op.spec(), op.seed(), op.offset() + first), out);
    }

    /** Copies elements between equal dtypes. */
    void copy(View x, View out);

    /** Converts elements: floating to integer truncates toward zero, to BOOL asks whether not zero. */
    void cast(View x, View out);

    void unary(Unary op, View x, View out);

    void binary(Binary op, View x, View y, View out);

    /** One operand is a scalar: x op s, or s op x when {@code scalarLeft}. */
    void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out);

    /** Writes BOOL. */
    void compare(Compare op, View x, View y, View out);

    /** Compares with a scalar on the right; writes BOOL. */
    void compare(Compare op, View x, Scalar s, View out);

    /** Takes x where the BOOL condition holds, else y. */
    void where(View condition, View x, View y, View out);

    /** Any other elementwise function, by its scalar definition or its C expression; input dtypes may differ. */
    void pointwise(Pointwise op, View[] inputs, View out);

    /**
     * Whether {@link #pointwise} takes the function for inputs of these specs; others are computed on the host, by the
     * scalar definition.
     */
    default boolean runs(Pointwise op, Spec[] inputs) {
        return true;
    }

    /** Reduces the axes of {@code op}; out has size 1 there. ANY and ALL write BOOL; SUM and PROD keep the dtype. */
    void reduce(Reduce op, View x, View out);

    /** The index (I64) of the first maximum or minimum along an axis; NaN counts as both. */
    void argReduce(ArgReduce op, View x, View out);

    /** Running sums, products, or maxima and minima with their last index: outs has one or two (I64) views. */
    void scan(Scan op, View x, View[] outs);

    /** out[b, i, j] = sum over k of x[b, i, k] * y[b, k, j], all of rank 3; F16 and BF16 accumulate in F32. */
    void matmul(View x, View y, View out);

    /** out[…, i, …] = x[…, index[…, i, …], …]; indices (I64) are checked: an error names the value. */
    void gather(View x, View index, int axis, View out);

    /** Combines source into out at the (I64) indices along the axis; repeated indices combine in index order. */
    void scatter(Scatter op, View index, View source, View out);

    /** Stable sort along the last axis; NaN is the greatest. Indices are I64. */
    void sort(boolean descending, View x, View values, View indices);

    /** Which layouts the families above take. */
    default Layouts layouts() {
        return Layouts.STRIDED;
    }

    /**
     * Whether the families and kernels compute in this dtype, on all devices. BOOL, U8, I32, I64 and F32 they must. In
     * place of F16 and BF16 they are then given F32, of I8 and I16 I32; of F64, C64 and C128 no tensor can be made.
     */
    default boolean supports(DType dtype) {
        return true;
    }

    /** Whether {@link #cast} takes and gives this dtype; else elements are converted on the host. */
    default boolean converts(DType dtype) {
        return supports(dtype);
    }

    /** A kernel for a derived or host operation on inputs of these specs, or null. The answer is cached. */
    default @Nullable Kernel kernel(Op op, Spec[] inputs) {
        return null;
    }

    /**
     * How many threads of this process, the caller included, shall share a kernel; told when the backend is opened and
     * when it changes. Results do not depend on it. Backends that compute elsewhere need not care.
     */
    default void setThreads(int count) {}

    /**
     * From now on records what this thread asks of the device, instead of doing it, until the capture ends; null where
     * that cannot be done. What other threads ask is done as ever. Meanwhile this thread cannot copy from or to the
     * host, nor wait: that is refused with {@link io.flambeau.tensor.Fault#NOT_CAPTURABLE}.
     */
    default @Nullable Capture capture(int device) {
        return null;
    }

    /** A word on a device for reports, for example the processor's name. */
    default String describe(int device) {
        return "device " + device;
    }
}
