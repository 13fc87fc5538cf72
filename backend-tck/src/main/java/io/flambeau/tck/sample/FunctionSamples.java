package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.between;
import static io.flambeau.tck.Input.nonzero;
import static io.flambeau.tck.Input.of;
import static io.flambeau.tck.Input.positive;
import static io.flambeau.tck.Input.probability;
import static io.flambeau.tck.Input.unit;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.op.activation.Activation;
import io.flambeau.tensor.op.activation.ActivationBackward;
import io.flambeau.tensor.op.activation.Elu;
import io.flambeau.tensor.op.activation.Gelu;
import io.flambeau.tensor.op.activation.Glu;
import io.flambeau.tensor.op.activation.Hard;
import io.flambeau.tensor.op.activation.HardShrink;
import io.flambeau.tensor.op.activation.HardTanh;
import io.flambeau.tensor.op.activation.LeakyRelu;
import io.flambeau.tensor.op.activation.Smooth;
import io.flambeau.tensor.op.activation.SoftShrink;
import io.flambeau.tensor.op.activation.Softplus;
import io.flambeau.tensor.op.activation.Threshold;
import io.flambeau.tensor.op.math.BinaryFunction;
import io.flambeau.tensor.op.math.Clamp;
import io.flambeau.tensor.op.math.ComplexAbs;
import io.flambeau.tensor.op.math.Exponent;
import io.flambeau.tensor.op.math.Logit;
import io.flambeau.tensor.op.math.Mantissa;
import io.flambeau.tensor.op.math.NanToNum;
import io.flambeau.tensor.op.math.NextAfter;
import io.flambeau.tensor.op.math.OrthogonalPolynomial;
import io.flambeau.tensor.op.math.Polygamma;
import io.flambeau.tensor.op.math.RoundDecimals;
import io.flambeau.tensor.op.math.SafeSqrt;
import io.flambeau.tensor.op.math.SpecialFunction;
import io.flambeau.tensor.op.math.SpecialPair;
import io.flambeau.tensor.op.math.UnaryFunction;
import java.util.ArrayList;
import java.util.List;

/** Elementwise functions that are no primitives: the special functions and the activations. */
public final class FunctionSamples {
    private FunctionSamples() {}

    public static void addTo(List<Sample> all) {
        for (UnaryFunction op : UnaryFunction.values()) {
            Shapes.add(all, op, any());
        }
        for (BinaryFunction op : BinaryFunction.values()) {
            Shapes.add(all, op, domain(op), domain(op));
        }
        for (SpecialFunction op : SpecialFunction.values()) {
            Shapes.add(all, op, domain(op));
        }
        Shapes.add(all, Sample.of(SpecialPair.ZETA, between(1.5, 4), positive()));
        Shapes.add(all, Sample.of(SpecialPair.IGAMMA, positive(), positive()));
        Shapes.add(all, Sample.of(SpecialPair.IGAMMAC, positive(), positive()));
        Shapes.add(all, SpecialPair.XLOG1PY, any(), unit());
        for (OrthogonalPolynomial op : OrthogonalPolynomial.values()) {
            all.add(Sample.of(op, unit(3, 4), of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2}, 3, 4)));
        }
        Shapes.add(all, new Polygamma(0), positive());
        Shapes.add(all, new Polygamma(2), positive());
        Shapes.add(all, new Logit(-1), probability());
        Shapes.add(all, new Logit(0.2), probability());
        Shapes.add(all, Mantissa.MANTISSA, nonzero());
        Shapes.add(all, Exponent.EXPONENT, nonzero());
        Shapes.add(all, new NanToNum(0, 10, -10), any());
        Shapes.add(all, Sample.made((dtype, device) -> new NextAfter(dtype), any(), any()));
        Shapes.add(all, new RoundDecimals(2), any());
        Shapes.add(all, new RoundDecimals(-1), any());
        Shapes.add(all, ComplexAbs.COMPLEX_ABS, any());
        Shapes.add(all, SafeSqrt.SAFE_SQRT, positive());
        Shapes.add(all, new Clamp(Scalar.of(-1L), Scalar.of(1L)), any());
        Shapes.add(all, new Clamp(null, Scalar.of(1L)), any());
        Shapes.add(all, new Clamp(Scalar.of(0L), null), any());
        all.add(Sample.of(new Glu(1), any(3, 4)));
        for (Activation op : activations()) {
            Shapes.add(all, op, any());
            Shapes.add(all, new ActivationBackward(op), any(), any());
        }
    }

    private static List<Activation> activations() {
        List<Activation> all = new ArrayList<>(List.of(Smooth.values()));
        all.addAll(List.of(Hard.values()));
        all.add(new Gelu(false));
        all.add(new Gelu(true));
        all.add(new Elu(0.7, 1.1, 0.9));
        all.add(new HardShrink(0.5));
        all.add(new HardTanh(-1, 1));
        all.add(new LeakyRelu(0.1));
        all.add(new SoftShrink(0.5));
        all.add(new Softplus(1.5, 2));
        all.add(new Threshold(0.5, -3));
        return all;
    }

    private static Input domain(BinaryFunction op) {
        return switch (op) {
            case XLOGY, HYPOT -> positive();
            default -> nonzero();
        };
    }

    private static Input domain(SpecialFunction op) {
        return switch (op) {
            case ERFINV -> unit();
            case NDTRI -> probability();
            case LGAMMA,
                    DIGAMMA,
                    ENTR,
                    BESSEL_Y0,
                    BESSEL_Y1,
                    MODIFIED_BESSEL_K0,
                    MODIFIED_BESSEL_K1,
                    SCALED_MODIFIED_BESSEL_K0,
                    SCALED_MODIFIED_BESSEL_K1 -> positive();
            default -> nonzero();
        };
    }
}
