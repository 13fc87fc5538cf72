package io.flambeau.tck;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** How the elements of an input lie in memory. */
public enum Layout {
    /** Row-major without gaps. */
    CONTIGUOUS {
        @Override
        Tensor lay(Tensor x) {
            return x;
        }
    },
    /** First and last axis swapped in memory. */
    TRANSPOSED {
        @Override
        Tensor lay(Tensor x) {
            return x.rank() < 2 ? x : x.transpose(0, -1).contiguous().transpose(0, -1);
        }
    },
    /** Every second element of a larger tensor, from its second on. */
    SLICED {
        @Override
        Tensor lay(Tensor x) {
            Shape row = x.rank() == 0 ? Shape.of(1) : x.shape();
            long n = row.size(-1);
            Tensor large =
                    Tensors.full(x.spec().with(row.with(row.rank() - 1, 2 * n + 3)), io.flambeau.tensor.Scalar.ONE);
            Tensor part = large.slice(-1, 1, 1 + 2 * n, 2);
            part.copy_(x);
            return x.rank() == 0 ? part.select(0, 0) : part;
        }
    },
    /** The first place of the first axis, repeated: other values, that share memory. */
    EXPANDED {
        @Override
        Tensor lay(Tensor x) {
            return x.rank() == 0 || x.size(0) == 0
                    ? x
                    : x.narrow(0, 0, 1).contiguous().expand(x.shape());
        }
    };

    /** A tensor in this layout; its values are the given ones, but for {@link #EXPANDED}. */
    abstract Tensor lay(Tensor x);
}
