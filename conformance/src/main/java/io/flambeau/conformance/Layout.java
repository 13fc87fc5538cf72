package io.flambeau.conformance;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.util.Arrays;

/** A way to lay the same values out in memory. */
enum Layout {
    CONTIGUOUS {
        @Override
        Tensor of(Tensor x) {
            return x;
        }
    },
    /** All axes in reverse order in memory. */
    TRANSPOSED {
        @Override
        Tensor of(Tensor x) {
            int rank = x.rank();
            if (rank < 2) {
                return x;
            }
            int[] reversed = new int[rank];
            for (int i = 0; i < rank; i++) {
                reversed[i] = rank - 1 - i;
            }
            return x.permute(reversed).clone().permute(reversed);
        }
    },
    /** Every second element of a larger tensor, from the second on. */
    SLICED {
        @Override
        Tensor of(Tensor x) {
            if (x.rank() == 0) {
                return x.newZeros(Shape.of(3)).select(0, 1).copy_(x);
            }
            int last = x.rank() - 1;
            Tensor large = x.newZeros(x.shape().with(last, 2 * x.size(last) + 1));
            return large.slice(last, 1, 2 * x.size(last) + 1, 2).copy_(x);
        }
    },
    /** Axes along which the values are equal have stride 0. */
    EXPANDED {
        @Override
        Tensor of(Tensor x) {
            if (x.count() == 0) {
                return x;
            }
            Tensor small = x;
            byte[] bytes = x.toByteArray();
            for (int i = 0; i < x.rank(); i++) {
                if (x.size(i) > 1) {
                    Tensor one = x.narrow(i, 0, 1).expand(x.shape());
                    if (Arrays.equals(bytes, one.toByteArray())) {
                        small = small.narrow(i, 0, 1);
                    }
                }
            }
            return small == x ? x : small.clone().expand(x.shape());
        }
    };

    /** The tensor in this layout; itself where the layout does not fit it. */
    abstract Tensor of(Tensor contiguous);
}
