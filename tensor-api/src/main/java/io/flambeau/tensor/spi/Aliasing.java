package io.flambeau.tensor.spi;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Put;
import io.flambeau.tensor.op.ViewAsReal;

/**
 * Views and writes through them, as operations on their base: for an engine that names no operation.
 *
 * <p>Note [Memory as a vector]: a base may lie in its memory in any way, also after it was transposed in place, and a
 * view may show parts of complex numbers. Both are layouts of the vector of all elements between; {@link AsStrided}
 * leads from the base to it and back, with a gradient.
 */
public final class Aliasing {
    private static final Access DOOR = Access.door();

    private Aliasing() {}

    /**
     * The base as another view of its memory shows it, with the history that follows from the base's.
     *
     * @throws GradientException if the view shows the bits as another dtype
     */
    public static Tensor look(String operation, Tensor base, Tensor as) {
        View layout = DOOR.rawView(as);
        DType from = base.dtype();
        if (from == layout.dtype()) {
            return Tensor.bind(AsStrided.of(layout), base);
        }
        requireParts(operation, from, layout.dtype());
        if (from.isComplex()) {
            long low = Math.floorDiv(layout.low(), 2);
            Tensor whole = vector(base, low, Math.floorDiv(layout.high(), 2));
            return Tensor.bind(AsStrided.of(layout), whole.viewAsReal().flatten());
        }
        Tensor parts = vector(base, 2 * layout.low(), 2 * layout.high() + 1);
        return Tensor.bind(AsStrided.of(layout), parts.view(-1, 2).viewAsComplex());
    }

    /** The elements of the storage from the low to the high place. */
    private static Tensor vector(Tensor base, long low, long high) {
        View data = DOOR.rawView(base);
        return Tensor.bind(AsStrided.of(data.with(Shape.of(high - low + 1), new long[] {1}, low)), base);
    }

    private static void requireParts(String operation, DType one, DType other) {
        if (one.toReal() != other.toReal() || one.isComplex() == other.isComplex()) {
            throw new GradientException(
                    operation,
                    "a write between a tensor of " + one + " and its bits as " + other
                            + " cannot be differentiated; write into the tensor itself, or into a clone",
                    Fault.VIEW_WRITE);
        }
    }

    /**
     * A write through a view, seen from the base: of {@code whole}, a view of the base, and the value that was written,
     * {@code put} makes what {@code whole} shows afterwards.
     */
    public record Write(Tensor base, Tensor whole, Op put, boolean inParts) {
        /**
         * Takes down where a write through the view goes; called before the write.
         *
         * @param operation what writes, for the error
         * @throws GradientException if the view shows the bits as another dtype
         */
        public static Write through(String operation, Tensor base, Tensor view) {
            View from = DOOR.rawView(base);
            View to = DOOR.rawView(view);
            boolean inParts = to.dtype().isComplex() && from.dtype() != to.dtype();
            if (inParts) {
                requireParts(operation, from.dtype(), to.dtype());
                to = parts(to);
            }
            if (from.isContiguous()
                    && from.dtype() == to.dtype()
                    && from.low() <= to.low()
                    && to.high() <= from.high()) {
                return new Write(base, base, put(to, from.offset()), inParts);
            }
            if (from.dtype() != to.dtype()) {
                requireParts(operation, from.dtype(), to.dtype());
                from = parts(from);
            }
            long low = Math.min(from.low(), to.low());
            Shape size = Shape.of(Math.max(from.high(), to.high()) + 1 - low);
            View vector = to.with(size, new long[] {1}, low);
            Tensor whole =
                    look(operation, base, DOOR.of(vector, base.spec().with(size).with(to.dtype())));
            return new Write(base, whole, put(to, low), inParts);
        }

        private static View parts(View complex) {
            Shape shape = complex.shape().insert(complex.shape().rank(), 2);
            long[] strides = new long[shape.rank()];
            for (int i = 0; i < strides.length - 1; i++) {
                strides[i] = 2 * complex.stride(i);
            }
            strides[strides.length - 1] = 1;
            return new View(complex.storage(), complex.dtype().toReal(), shape, strides, 2 * complex.offset());
        }

        private static Put put(View to, long low) {
            return new Put(AsStrided.of(to.with(to.shape(), to.strides(), to.offset() - low)));
        }

        /** What was written, as {@code put} takes it. */
        public Tensor value(Tensor written) {
            return inParts ? Tensor.bind(ViewAsReal.VIEW_AS_REAL, written) : written;
        }

        /** The base, with the history that follows from the one of {@code whole} afterwards. */
        public Tensor after(Tensor whole) {
            return this.whole == base ? whole : look(put.title(), whole, base);
        }
    }
}
