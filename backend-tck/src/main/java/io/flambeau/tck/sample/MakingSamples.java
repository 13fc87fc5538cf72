package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.positive;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.Move;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.random.Dropout;
import io.flambeau.tensor.op.random.Poisson;
import java.util.List;

/** Elements from nothing, copied, converted, moved or drawn. */
public final class MakingSamples {
    private MakingSamples() {}

    public static void addTo(List<Sample> all) {
        for (Shape shape : List.of(Shape.of(3, 5), Shape.SCALAR, Shape.of(0))) {
            all.add(Sample.made((dtype, device) -> new Fill(new Spec(shape, dtype, device), Scalar.of(3L))));
            all.add(Sample.made((dtype, device) -> new Fill(new Spec(shape, dtype, device), Scalar.of(0.1))));
            all.add(Sample.made(
                    (dtype, device) -> new Iota(new Spec(shape, dtype, device), Scalar.of(2L), Scalar.of(3L))));
            all.add(Sample.made((dtype, device) -> new Random(new Spec(shape, dtype, device), 42, 7)));
        }
        all.add(Sample.made((dtype, device) ->
                        new Iota(new Spec(Shape.of(50), dtype, device), Scalar.of(0.5), Scalar.of(-0.1)))
                .onFloats());
        all.add(Sample.made((dtype, device) ->
                new Random(new Spec(Shape.of(4099), dtype, device), 0x123456789ABCDEFL, (1L << 32) - 5)));
        Shapes.add(all, Copy.COPY, any());
        for (DType dtype : DType.values()) {
            // A difference of 1e-6 would be lost in the rounding of the smaller dtypes.
            boolean wide = dtype == DType.F64 || dtype == DType.C128;
            Sample cast = Sample.of(new Cast(dtype), any());
            Shapes.add(all, wide ? cast : cast.withoutGradient());
        }
        all.add(Sample.of(new Move(new Device("reference", 1)), any(2, 3)));
        all.add(Sample.of(new Dropout(0.4, 11, 5), any(5, 9)));
        all.add(Sample.of(new Dropout(0, 11, 5), any(7)));
        all.add(Sample.of(new Dropout(1, 11, 5), any(7)));
        all.add(Sample.of(new Poisson(11, 5), positive(3, 4)));
        Input counter = Input.indices(new long[] {1L << 33}, 1);
        all.add(Sample.made((dtype, device) -> new Random(new Spec(Shape.of(3, 5), dtype, device), 42, 7), counter));
        all.add(Sample.of(new Dropout(0.4, 11, 5), any(5, 9), counter));
        all.add(Sample.of(new Poisson(11, 5), positive(3, 4), counter));
    }
}
