package io.flambeau.tensor.spi;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Adjoint;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Cat;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Diagonal;
import io.flambeau.tensor.op.Expand;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Move;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Permute;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Primitive;
import io.flambeau.tensor.op.Put;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Slice;
import io.flambeau.tensor.op.Split;
import io.flambeau.tensor.op.ViewAsComplex;
import io.flambeau.tensor.op.ViewAsReal;
import io.flambeau.tensor.op.ViewDType;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.Window;
import io.flambeau.tensor.op.random.Poisson;
import org.jspecify.annotations.Nullable;

/** The law of batching, a case for each family: which operation runs many at once, along one more axis in front. */
public final class Batching {
    private Batching() {}

    /**
     * The operation on values that all have one more axis in front; null where there is none, and a derived operation
     * must be decomposed, any other run once for each element.
     *
     * @param size the size of the axis
     */
    public static @Nullable Op batched(Op op, long size) {
        return switch (op) {
            case ViewOp view -> look(view, size);
            case Random _ -> null;
            case Primitive primitive -> primitive(primitive, size);
            case Pointwise pointwise -> pointwise;
            case Move move -> move;
            case HostOp _ -> null;
            case Cat cat -> new Cat(cat.axis() + 1);
            case Adjoint adjoint -> new Adjoint(look(adjoint.view(), size), front(adjoint.original(), size));
            case Put put -> new Put(look(put.view(), size));
            case Derived _ -> null;
        };
    }

    private static Primitive primitive(Primitive op, long size) {
        return switch (op) {
            case Fill fill -> new Fill(front(fill.spec(), size), fill.value());
            case Reduce reduce -> new Reduce(reduce.kind(), reduce.axes() << 1);
            case ArgReduce reduce -> new ArgReduce(reduce.max(), reduce.axis() + 1);
            case Scan scan -> new Scan(scan.kind(), scan.axis() + 1);
            case Gather gather -> new Gather(gather.axis() + 1);
            case Scatter scatter -> new Scatter(scatter.kind(), scatter.axis() + 1);
            // Elementwise, or along the last axes.
            default -> op;
        };
    }

    private static ViewOp look(ViewOp op, long size) {
        return switch (op) {
            case Reshape reshape -> new Reshape(front(reshape.to(), size));
            case Permute permute -> new Permute(behind(permute.order()));
            case Expand expand -> new Expand(front(expand.to(), size));
            case Slice slice -> new Slice(slice.axis() + 1, slice.start(), slice.count(), slice.step());
            case Split split -> new Split(split.axis() + 1, split.sizes());
            case Window window -> new Window(window.axis() + 1, window.size(), window.step(), window.dilation());
            case Diagonal d -> new Diagonal(d.offset(), d.row() + 1, d.column() + 1);
            case ViewAsReal _, ViewAsComplex _, ViewDType _ -> op;
            case AsStrided strided ->
                throw new ArgumentException(
                        strided.title(),
                        "strides have no meaning for the elements of a batch; call it outside of vmap",
                        Fault.BAD_ARGUMENT);
        };
    }

    /**
     * A draw of other numbers for each of many elements: from a key that follows from the first one's, so that it
     * overlaps with no draw before or after. Null for operations that draw none.
     */
    public static @Nullable Op apart(Op op, long size) {
        return op instanceof Random draw
                ? new Random(front(draw.spec(), size), key(draw.seed(), draw.offset()), draw.offset())
                : null;
    }

    /** Whether the operation draws numbers on the host, in a way that depends on its input. */
    public static boolean drawsOnHost(Op op) {
        return op instanceof Poisson;
    }

    /** A draw on the host of other numbers for one of many elements; any other operation as it is. */
    public static Op apart(Op op, int element) {
        return op instanceof Poisson draw
                ? new Poisson(key(key(draw.seed(), draw.offset()), element), draw.offset())
                : op;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long key(long seed, long place) {
        long key = seed + 0x9E3779B97F4A7C15L * (place + 1);
        key = (key ^ key >>> 30) * 0xBF58476D1CE4E5B9L;
        key = (key ^ key >>> 27) * 0x94D049BB133111EBL;
        return key ^ key >>> 31;
    }

    private static Axes behind(Axes order) {
        int[] axes = new int[order.count() + 1];
        for (int i = 1; i < axes.length; i++) {
            axes[i] = order.axis(i - 1) + 1;
        }
        return Axes.of(axes);
    }

    private static Shape front(Shape shape, long size) {
        return shape.insert(0, size);
    }

    private static Spec front(Spec spec, long size) {
        return spec.with(front(spec.shape(), size));
    }

    /** An input, laid out as the batched operation takes it; x has the axis in front already. */
    public static Tensor prepared(Op op, Tensor x) {
        return switch (op) {
            case Reshape reshape -> x.reshape(front(reshape.to(), x.size(0)));
            case Expand expand -> {
                // Axes that Expand adds stand behind the new one.
                Shape shape = x.shape();
                for (int rank = shape.rank(); rank <= expand.to().rank(); rank++) {
                    shape = shape.insert(1, 1);
                }
                yield x.reshape(shape);
            }
            default -> x;
        };
    }
}
