package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.indices;
import static io.flambeau.tck.Input.whole;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.linalg.VectorNorm;
import io.flambeau.tensor.op.math.Bincount;
import io.flambeau.tensor.op.math.Histogram;
import io.flambeau.tensor.op.math.LogCumSumExp;
import io.flambeau.tensor.op.math.ModeIndex;
import java.util.List;

/** Reductions, scans and products of matrices. */
public final class ReductionSamples {
    private ReductionSamples() {}

    public static void addTo(List<Sample> all) {
        for (Reduce.Kind kind : Reduce.Kind.values()) {
            all.add(Sample.of(new Reduce(kind, 0b010), any(2, 3, 4)));
            all.add(Sample.of(new Reduce(kind, 0b101), any(2, 3, 4)));
            all.add(Sample.of(new Reduce(kind, 0b11), any(3, 5)));
            all.add(Sample.of(new Reduce(kind, 0), any(2, 2)));
            all.add(Sample.of(new Reduce(kind, 0), any()));
            all.add(Sample.of(new Reduce(kind, 0b10), any(0, 3)));
            if (kind != Reduce.Kind.MAX && kind != Reduce.Kind.MIN) {
                all.add(Sample.of(new Reduce(kind, 0b1), any(0, 3)));
            }
            all.add(Sample.of(new Reduce(kind, 0b11), whole(37, 29)).withoutGradient());
            all.add(Sample.of(new Reduce(kind, 0b01), any(300, 3)).withoutGradient());
        }
        for (int axis = 0; axis < 2; axis++) {
            all.add(Sample.of(new ArgReduce(true, axis), whole(4, 7)));
            all.add(Sample.of(new ArgReduce(false, axis), whole(4, 7)));
            all.add(Sample.of(new ArgReduce(true, axis), any(67, 33)));
            for (Scan.Kind kind : Scan.Kind.values()) {
                all.add(Sample.of(new Scan(kind, axis), any(3, 4)));
                all.add(Sample.of(new Scan(kind, axis), whole(5, 6)).withoutGradient());
            }
        }
        all.add(Sample.of(new ModeIndex(1), whole(4, 7)));
        all.add(Sample.of(new LogCumSumExp(0), any(4, 3)));
        all.add(Sample.of(new Bincount(4), indices(new long[] {0, 2, 2, 5}, 4)));
        all.add(Sample.of(new Bincount(0), indices(new long[] {0, 2, 2, 1}, 4), any(4))
                .onFloats());
        Input edges = Input.of(new double[] {-2, -1, 0, 1, 2}, 5);
        all.add(Sample.of(new Histogram(1, false, true), any(20, 1), edges).onFloats());
        all.add(Sample.of(new Histogram(2, true, false), any(20, 2), edges, edges, any(20))
                .onFloats());
        all.add(Sample.of(new ArgReduce(true, 1), any(0, 3)));
        all.add(Sample.of(new Scan(Scan.Kind.SUM, 0), any(2, 0)));
        all.add(Sample.of(new Scan(Scan.Kind.MAX, 1), any(2, 0)));
        all.add(Sample.of(MatMul.MATMUL, any(2, 3), any(3, 4)));
        all.add(Sample.of(MatMul.MATMUL, any(1, 1), any(1, 1)));
        all.add(Sample.of(MatMul.MATMUL, any(2, 2, 3), any(2, 3, 2)));
        all.add(Sample.of(MatMul.MATMUL, any(2, 2, 3, 2), any(2, 2, 2, 3)));
        all.add(Sample.of(MatMul.MATMUL, any(2, 0), any(0, 3)));
        all.add(Sample.of(MatMul.MATMUL, any(3, 0, 2), any(3, 2, 4)));
        all.add(Sample.of(MatMul.MATMUL, any(33, 70), any(70, 17)).withoutGradient());
        all.add(Sample.of(MatMul.MATMUL, any(130, 19), any(19, 37)).withoutGradient());
        for (double p : new double[] {0, 1, 2, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            all.add(Sample.of(new VectorNorm(p, Axes.of(1)), any(3, 4)));
        }
    }
}
