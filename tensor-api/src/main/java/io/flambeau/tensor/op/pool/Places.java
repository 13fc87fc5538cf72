package io.flambeau.tensor.op.pool;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.Iota;

/** Windows of uneven place and size, as the places of their elements: I64, counted within the spatial axes. */
final class Places {
    private Places() {}

    static Tensor iota(long count, Device device) {
        return Tensor.bind(new Iota(new Spec(Shape.of(count), DType.I64, device), Scalar.ZERO, Scalar.ONE));
    }

    /** The coordinates [out, longest] of the adaptive windows of an axis; short windows repeat their last. */
    static Tensor adaptive(long size, long out, Device device) {
        Tensor i = iota(out, device);
        Tensor start = start(i, size, out);
        Tensor last = end(i, size, out).sub(1);
        long longest = 0;
        for (long k = 0; k < out; k++) {
            longest = Math.max(longest, length(k, size, out));
        }
        Tensor all = start.unsqueeze(1).add(iota(longest, device));
        return all.minimum(last.unsqueeze(1));
    }

    private static Tensor start(Tensor i, long size, long out) {
        return i.mul(size).floorDivide(Scalar.of(out));
    }

    private static Tensor end(Tensor i, long size, long out) {
        return i.add(1).mul(size).add(out - 1).floorDivide(Scalar.of(out));
    }

    /** How many elements the adaptive window k has. */
    private static long length(long k, long size, long out) {
        return ((k + 1) * size + out - 1) / out - k * size / out;
    }

    /** How many elements each adaptive window of an axis has [out]. */
    static Tensor lengths(long size, long out, Device device) {
        Tensor i = iota(out, device);
        return end(i, size, out).sub(start(i, size, out));
    }

    /** Coordinates [..., out, window] of one axis with size 1 for the others: [..., outs, windows]. */
    private static Tensor aligned(Tensor coordinate, int axis, int axes) {
        int lead = coordinate.rank() - 2;
        Shape shape = coordinate.shape().range(0, lead);
        for (int part = 0; part < 2; part++) {
            for (int a = 0; a < axes; a++) {
                shape = shape.concat(Shape.of(a == axis ? coordinate.size(lead + part) : 1));
            }
        }
        return coordinate.reshape(shape);
    }

    /** Coordinates [..., out, window] of each axis joined to places [..., outs, windows]. */
    static Tensor joined(Tensor[] coordinates, Shape spatial) {
        int axes = coordinates.length;
        Tensor places = aligned(coordinates[0], 0, axes);
        for (int a = 1; a < axes; a++) {
            places = places.mul(spatial.size(a)).add(aligned(coordinates[a], a, axes));
        }
        int lead = places.rank() - 2 * axes;
        Shape outs = places.shape().range(lead, lead + axes);
        Shape windows = places.shape().range(lead + axes, lead + 2 * axes);
        return places.reshape(places.shape().range(0, lead).concat(Shape.of(outs.count(), windows.count())));
    }

    /** The elements [N, C, outs, window] of x [N, C, ...] at places that broadcast to these axes. */
    static Tensor at(Tensor x, Tensor places) {
        Shape planes = x.shape().range(0, 2);
        long outs = places.size(-2);
        long window = places.size(-1);
        Tensor flat =
                x.reshape(planes.concat(Shape.of(x.shape().range(2, x.rank()).count())));
        Tensor index = places.expand(planes.concat(Shape.of(outs, window)));
        Tensor picked = Tensor.bind(new Gather(2), flat, index.reshape(planes.concat(Shape.of(outs * window))));
        return picked.reshape(index.shape());
    }

    /** The greatest elements and their places, of shape out. */
    static Tensor[] greatest(Tensor x, Tensor places, Shape out) {
        Tensor values = at(x, places);
        Tensor best = Tensor.bind(new ArgReduce(true, 3), values);
        Gather pick = new Gather(3);
        return new Tensor[] {
            Tensor.bind(pick, values, best).reshape(out),
            Tensor.bind(pick, places.expand(values.shape()), best).reshape(out)
        };
    }
}
