package io.flambeau.backend.clike;

import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/**
 * A batch of matrices as libraries of linear algebra know them.
 *
 * @param isTransposed whether columns are dense, not rows
 * @param leading from one row, or column, to the next
 * @param step from one matrix to the next
 */
public record Matrix(boolean isTransposed, long leading, long step) {
    /** The matrices of a view of rank 3; null if neither rows nor columns are dense. */
    public static @Nullable Matrix of(View view) {
        long rows = view.shape().size(1);
        long columns = view.shape().size(2);
        long row = rows == 1 ? columns : view.stride(1);
        long column = columns == 1 ? rows : view.stride(2);
        if ((column == 1 || columns == 1) && row >= columns) {
            return new Matrix(false, row, view.stride(0));
        }
        if ((view.stride(1) == 1 || rows == 1) && column >= rows) {
            return new Matrix(true, column, view.stride(0));
        }
        return null;
    }
}
