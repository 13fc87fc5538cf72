package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.internal.linalg.Scalars;
import io.flambeau.tensor.op.HostArray;
import java.util.Arrays;

/** A host array seen as a batch of matrices (its last two axes) or of vectors (its last axis). */
final class Stack {
    final Scalars scalars;
    final Shape batch;
    final int count;
    final int rows;
    final int columns;
    private final HostArray array;
    private final int step;

    private Stack(HostArray array, Shape batch, int rows, int columns) {
        this.array = array;
        this.batch = batch;
        this.count = Math.toIntExact(batch.count());
        this.rows = rows;
        this.columns = columns;
        this.scalars = Scalars.of(array.dtype().isComplex());
        this.step = rows * columns * scalars.width();
    }

    static Stack of(HostArray array) {
        Shape shape = array.shape();
        int rank = shape.rank();
        return new Stack(
                array,
                shape.range(0, rank - 2),
                Math.toIntExact(shape.size(rank - 2)),
                Math.toIntExact(shape.size(rank - 1)));
    }

    static Stack zeros(DType dtype, Shape batch, int rows, int columns) {
        return of(HostArray.zeros(dtype, batch.concat(Shape.of(rows, columns))));
    }

    static Stack vectors(DType dtype, Shape batch, int size) {
        return new Stack(HostArray.zeros(dtype, batch.concat(Shape.of(size))), batch, 1, size);
    }

    static Stack vectors(HostArray array) {
        Shape shape = array.shape();
        int rank = shape.rank();
        return new Stack(array, shape.range(0, rank - 1), 1, Math.toIntExact(shape.size(rank - 1)));
    }

    /** A copy of one matrix, row-major. */
    double[] get(int b) {
        return Arrays.copyOfRange(array.reals(), b * step, (b + 1) * step);
    }

    void put(int b, double[] values) {
        System.arraycopy(values, 0, array.reals(), b * step, step);
    }

    /** One vector of integers. */
    int[] integers(int b) {
        int[] values = new int[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = Math.toIntExact(array.integers()[b * columns + i]);
        }
        return values;
    }

    void put(int b, int[] values) {
        for (int i = 0; i < columns; i++) {
            array.integers()[b * columns + i] = values[i];
        }
    }

    HostArray array() {
        return array;
    }
}
