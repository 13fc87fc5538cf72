package io.flambeau.tensor.op.linalg;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.internal.linalg.Lu;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Laws;

/**
 * The order that the pivots of an LU factorisation make of the rows 0 … rows - 1 (I64).
 *
 * @param rows the number of rows
 */
public record Permutation(long rows) implements HostOp {
    @Override
    public Spec[] infer(Spec[] in) {
        Laws.requireDtype(this, "pivots", in[0], DType.I32);
        Shape shape = in[0].shape();
        Shape batch = shape.range(0, shape.rank() - 1);
        return new Spec[] {in[0].with(DType.I64).with(batch.concat(Shape.of(rows)))};
    }

    @Override
    public HostArray[] run(HostArray[] in) {
        Stack pivots = Stack.vectors(in[0]);
        int m = Math.toIntExact(rows);
        Stack orders = Stack.vectors(DType.I64, pivots.batch, m);
        for (int b = 0; b < pivots.count; b++) {
            int[] exchanges = pivots.integers(b);
            for (int p : exchanges) {
                if (p < 1 || p > m) {
                    throw new IndexException(title(), "pivot " + p + " is not a row from 1 to " + m, Fault.INDEX_RANGE);
                }
            }
            orders.put(b, Lu.permutation(m, exchanges));
        }
        return new HostArray[] {orders.array()};
    }

    /** The matrices P with A = P L U, in the dtype of x. */
    public static Tensor matrix(Tensor x, Tensor pivots, long rows) {
        Tensor order = Tensor.bind(new Permutation(rows), pivots);
        return order.unsqueeze(-2).eq(Parts.index(x, rows).unsqueeze(1)).to(x.dtype());
    }
}
