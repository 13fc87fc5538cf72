package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;

/** Arithmetic on sizes that a file claims: what overflows or is negative is an error of the file. */
public final class Sizes {
    private Sizes() {}

    /** The shape that a file claims for the tensor of this name. */
    public static Shape shape(Source source, String name, long... sizes) {
        try {
            return Shape.of(sizes);
        } catch (ShapeException e) {
            throw source.bad("the shape of " + Source.quote(name) + " is impossible: " + e.getMessage());
        }
    }

    /** The bytes of that many elements. */
    public static long bytes(Source source, String name, Shape shape, DType dtype) {
        return times(source, name, shape.count(), dtype.bytes());
    }

    /** The product of two counts, neither negative. */
    public static long times(Source source, String name, long count, long each) {
        if (Math.multiplyHigh(count, each) != 0 || count * each < 0) {
            throw source.bad("the size of " + Source.quote(name) + " overflows: " + count + " times " + each);
        }
        return count * each;
    }
}
