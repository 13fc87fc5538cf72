package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The longer compositions that put several tensors together. */
public final class Joining {
    private Joining() {}

    /** Concatenation after each tensor was given enough axes. */
    public static Tensor cat(String operation, int axis, UnaryOperator<Tensor> prepare, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new ArgumentException(operation, "needs at least one tensor, there is none", Fault.BAD_ARGUMENT);
        }
        Tensor[] prepared = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            prepared[i] = prepare.apply(tensors[i]);
            if (prepared[i].rank() != prepared[0].rank()) {
                throw new ShapeException(
                        operation,
                        "tensor " + i + " has shape " + tensors[i].shape() + ", tensor 0 has " + tensors[0].shape()
                                + "; the ranks must be equal",
                        Fault.SHAPE_MISMATCH);
            }
        }
        return Tensors.cat(axis, prepared);
    }

    /** The shape to which all shapes broadcast. */
    public static Shape broadcast(String operation, Shape... shapes) {
        Shape all = Shape.SCALAR;
        for (Shape shape : shapes) {
            all = Shape.broadcast(operation, all, shape);
        }
        return all;
    }

    public static Tensor[] broadcast(Tensor... tensors) {
        Shape[] shapes = new Shape[tensors.length];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = tensors[i].shape();
        }
        Shape all = broadcast("broadcastTensors", shapes);
        Tensor[] out = new Tensor[tensors.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = tensors[i].expand(all);
        }
        return out;
    }

    /** Matrices along the diagonal of a matrix of zeros. */
    public static Tensor blockDiag(Tensor... blocks) {
        long rows = 0;
        long columns = 0;
        Tensor[] matrices = new Tensor[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].rank() > 2) {
                throw new ShapeException(
                        "blockDiag",
                        "tensor " + i + " has shape " + blocks[i].shape() + "; at most 2 axes are allowed",
                        Fault.SHAPE_MISMATCH);
            }
            matrices[i] = blocks[i].atleast2d();
            rows += matrices[i].size(0);
            columns += matrices[i].size(1);
        }
        if (blocks.length == 0) {
            return Tensors.zeros(1, 0);
        }
        Tensor[] bands = new Tensor[blocks.length];
        long left = 0;
        for (int i = 0; i < blocks.length; i++) {
            Tensor m = matrices[i];
            bands[i] = m.constantPad(new long[] {left, columns - left - m.size(1)}, Scalar.ZERO);
            left += m.size(1);
        }
        return Tensors.cat(0, bands);
    }

    /** Every tensor, a vector, along an axis of its own. */
    public static Tensor[] meshgrid(String indexing, Tensor... tensors) {
        if (!indexing.equals("ij") && !indexing.equals("xy")) {
            throw new ArgumentException(
                    "meshgrid", "indexing is '" + indexing + "'; it must be ij or xy", Fault.BAD_ARGUMENT);
        }
        boolean swap = indexing.equals("xy") && tensors.length > 1;
        long[] sizes = new long[tensors.length];
        for (int i = 0; i < sizes.length; i++) {
            if (tensors[i].rank() > 1) {
                throw new ShapeException(
                        "meshgrid",
                        "tensor " + i + " has shape " + tensors[i].shape() + "; it must be a vector or a scalar",
                        Fault.SHAPE_MISMATCH);
            }
            sizes[place(i, swap)] = tensors[i].count();
        }
        Shape grid = Shape.of(sizes);
        Tensor[] out = new Tensor[tensors.length];
        for (int i = 0; i < out.length; i++) {
            long[] one = new long[sizes.length];
            Arrays.fill(one, 1);
            one[place(i, swap)] = tensors[i].count();
            out[i] = tensors[i].reshape(one).expand(grid);
        }
        return out;
    }

    private static int place(int i, boolean swap) {
        return swap && i < 2 ? 1 - i : i;
    }

    /** All ways to take one element of each vector, one row each. */
    public static Tensor cartesianProd(Tensor... vectors) {
        if (vectors.length == 1) {
            return vectors[0];
        }
        Tensor[] grids = meshgrid("ij", vectors);
        for (int i = 0; i < grids.length; i++) {
            grids[i] = grids[i].reshape(-1);
        }
        return Tensors.stack(1, grids);
    }

    /** All ways to take so many elements of a vector, one row each, in order. */
    public static Tensor combinations(Tensor x, int count, boolean replacement) {
        if (x.rank() != 1 || count < 0) {
            throw new ArgumentException(
                    "combinations",
                    "needs a vector and a count that is not negative, not " + x.shape() + " and " + count,
                    Fault.BAD_ARGUMENT);
        }
        if (count == 0) {
            return x.newEmpty(Shape.of(0));
        }
        Tensor places = Tensors.arange(x.size(0));
        Tensor[] vectors = new Tensor[count];
        Arrays.fill(vectors, places);
        Tensor[] grids = meshgrid("ij", vectors);
        Tensor ascending = Tensors.ones(DType.BOOL, grids[0].shape().sizes());
        for (int i = 1; i < count; i++) {
            Tensor step = replacement ? grids[i - 1].le(grids[i]) : grids[i - 1].lt(grids[i]);
            ascending = ascending.logicalAnd(step);
        }
        Tensor[] columns = new Tensor[count];
        for (int i = 0; i < count; i++) {
            columns[i] = x.indexSelect(0, grids[i].maskedSelect(ascending));
        }
        return Tensors.stack(1, columns);
    }
}
