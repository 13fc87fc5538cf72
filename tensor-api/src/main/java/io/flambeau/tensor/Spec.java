package io.flambeau.tensor;

/**
 * What is known of a value without its data: what every interpreter can compute.
 *
 * @param shape the sizes along the axes
 * @param dtype the type of the elements
 * @param device where the value lives
 */
public record Spec(Shape shape, DType dtype, Device device) {
    public Spec with(Shape other) {
        return new Spec(other, dtype, device);
    }

    public Spec with(Device other) {
        return new Spec(shape, dtype, other);
    }

    public Spec with(DType other) {
        return other == dtype ? this : new Spec(shape, other, device);
    }

    /**
     * The number of bytes of a contiguous value of this spec.
     *
     * @throws ShapeException if there are more than fit into 63 bits
     */
    public long bytes() {
        if (shape.count() > Long.MAX_VALUE / dtype.bytes()) {
            throw new ShapeException(
                    "allocate", "the number of bytes of " + this + " overflows 63 bits", Fault.BAD_SHAPE);
        }
        return shape.count() * dtype.bytes();
    }

    @Override
    public String toString() {
        return dtype + shape.toString() + " on " + device;
    }
}
