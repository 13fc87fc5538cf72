package io.flambeau.tensor.op;

import io.flambeau.tensor.Shape;

/**
 * The lines of a contiguous host array along one axis; a scalar is one line of one element.
 *
 * @param count how many lines there are
 * @param length the elements in a line
 * @param step the distance between neighbours in a line
 */
public record Lines(int count, int length, int step) {
    public static Lines along(Shape shape, int axis) {
        if (shape.rank() == 0) {
            return new Lines(1, 1, 1);
        }
        long length = shape.size(axis);
        long step = shape.range(axis + 1, shape.rank()).count();
        long count = shape.range(0, axis).count() * step;
        return new Lines(Math.toIntExact(count), Math.toIntExact(length), Math.toIntExact(step));
    }

    /** The index of element i of a line. */
    public int at(int line, int i) {
        return line / step * step * length + line % step + i * step;
    }
}
