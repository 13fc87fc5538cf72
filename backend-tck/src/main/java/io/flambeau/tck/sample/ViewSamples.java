package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;

import io.flambeau.tck.Sample;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Adjoint;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Axes;
import io.flambeau.tensor.op.Cat;
import io.flambeau.tensor.op.Diagonal;
import io.flambeau.tensor.op.Expand;
import io.flambeau.tensor.op.Permute;
import io.flambeau.tensor.op.Put;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.op.Slice;
import io.flambeau.tensor.op.Split;
import io.flambeau.tensor.op.ViewAsComplex;
import io.flambeau.tensor.op.ViewAsReal;
import io.flambeau.tensor.op.ViewDType;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.Window;
import io.flambeau.tensor.op.conv.BorderPad;
import io.flambeau.tensor.op.conv.ConstantPad;
import java.util.List;

/** Views, what writing through them means, and what is put together or padded. */
public final class ViewSamples {
    private ViewSamples() {}

    public static void addTo(List<Sample> all) {
        all.add(Sample.of(new Reshape(Shape.of(6, 4)), any(2, 3, 4)));
        all.add(Sample.of(new Reshape(Shape.of(1)), any()));
        all.add(Sample.of(new Reshape(Shape.of(0, 2)), any(3, 0)));
        all.add(Sample.of(new Permute(Axes.of(2, 0, 1)), any(2, 3, 4)));
        all.add(Sample.of(new Expand(Shape.of(3, 2, 4)), any(2, 1)));
        all.add(Sample.of(new Expand(Shape.of(2, 3)), any()));
        all.add(Sample.of(new Slice(1, 1, 2, 2), any(2, 5)));
        all.add(Sample.of(new Slice(0, 4, 5, -1), any(5, 2)));
        all.add(Sample.of(new Slice(0, 2, 0, 1), any(5)));
        all.add(Sample.of(new Split(1, Axes.of(2, 0, 3)), any(2, 5)));
        all.add(Sample.of(new Window(1, 3, 2, 1), any(2, 7)));
        all.add(Sample.of(new Window(0, 3, 1, 2), any(8)));
        all.add(Sample.of(new Diagonal(0, 0, 1), any(3, 4)));
        all.add(Sample.of(new Diagonal(1, 0, 1), any(3, 4)));
        all.add(Sample.of(new Diagonal(-1, 2, 0), any(3, 2, 4)));
        all.add(Sample.of(new AsStrided(Shape.of(2, 3), Axes.of(1, 2), 1), any(3, 4)));
        all.add(Sample.of(ViewAsReal.VIEW_AS_REAL, any(2, 3)));
        all.add(Sample.of(ViewAsComplex.VIEW_AS_COMPLEX, any(3, 2)));
        all.add(Sample.of(new ViewDType(DType.U8), any(2, 3)));
        all.add(Sample.of(new ViewDType(DType.F32), any(2, 4)));
        adjoint(all, new Slice(1, 1, 2, 2), Shape.of(2, 5), Shape.of(2, 2));
        adjoint(all, new Window(1, 3, 2, 1), Shape.of(2, 7), Shape.of(2, 3, 3));
        adjoint(all, new Diagonal(1, 0, 1), Shape.of(3, 4), Shape.of(3));
        adjoint(all, new AsStrided(Shape.of(2, 3), Axes.of(1, 1), 1), Shape.of(3, 4), Shape.of(2, 3));
        all.add(Sample.of(new Put(new Slice(1, 1, 2, 2)), any(2, 5), any(2, 2)));
        all.add(Sample.of(new Put(new AsStrided(Shape.of(2, 3), Axes.of(1, 2), 1)), any(3, 4), any(2, 3)));
        all.add(Sample.of(new Cat(1), any(2, 3), any(2, 0), any(2, 2)));
        all.add(Sample.of(new Cat(0), any(2)));
        all.add(Sample.of(new ConstantPad(Axes.of(1, 0), Axes.of(2, 3), Scalar.of(2L)), any(2, 3)));
        all.add(Sample.of(new ConstantPad(Axes.of(-1, 2), Axes.of(1, -2), Scalar.of(0L)), any(3, 3)));
        all.add(Sample.of(new BorderPad(BorderPad.Mode.REFLECT, Axes.of(1, 2), Axes.of(2, 0)), any(2, 3, 4)));
        all.add(Sample.of(new BorderPad(BorderPad.Mode.REPLICATE, Axes.of(1), Axes.of(2)), any(2, 3)));
        all.add(Sample.of(new BorderPad(BorderPad.Mode.CIRCULAR, Axes.of(1), Axes.of(2)), any(2, 3)));
    }

    private static void adjoint(List<Sample> all, ViewOp view, Shape original, Shape seen) {
        all.add(Sample.made(
                (dtype, device) -> new Adjoint(view, new Spec(original, dtype, device)), any(seen.sizes())));
    }
}
