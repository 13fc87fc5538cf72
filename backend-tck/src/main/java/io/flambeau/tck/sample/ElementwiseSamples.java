package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.between;
import static io.flambeau.tck.Input.mask;
import static io.flambeau.tck.Input.nonzero;
import static io.flambeau.tck.Input.positive;
import static io.flambeau.tck.Input.unit;
import static io.flambeau.tck.Input.whole;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.Where;
import java.util.List;

/** The elementwise primitives. */
public final class ElementwiseSamples {
    private ElementwiseSamples() {}

    public static void addTo(List<Sample> all) {
        for (Unary op : Unary.values()) {
            Shapes.add(all, op, domain(op));
        }
        for (Binary op : Binary.values()) {
            Shapes.add(all, op, op == Binary.POW ? positive() : any(), divides(op) ? nonzero() : any());
            Shapes.add(all, Sample.made((dtype, device) -> new ScalarBinary(op, two(dtype), false), any()));
            Shapes.add(all, Sample.made((dtype, device) -> new ScalarBinary(op, two(dtype), true), nonzero()));
            if (op.isDefined(DType.F32)) {
                Shapes.add(
                        all,
                        Sample.of(new ScalarBinary(op, Scalar.of(0.1), false), positive())
                                .onFloats());
            }
        }
        for (Compare op : Compare.values()) {
            Shapes.add(all, op, whole(), whole());
            Shapes.add(all, new ScalarCompare(op, Scalar.ONE), whole());
        }
        Shapes.add(all, Where.WHERE, mask(), any(), any());
    }

    /** 2, or true: promotion has made the tensor's category at least that of the number. */
    private static Scalar two(DType dtype) {
        return dtype == DType.BOOL ? Scalar.of(true) : Scalar.of(2L);
    }

    private static boolean divides(Binary op) {
        return switch (op) {
            case DIV, REMAINDER, FMOD, FLOOR_DIVIDE, TRUNC_DIVIDE -> true;
            default -> false;
        };
    }

    private static Input domain(Unary op) {
        return switch (op) {
            case SQRT, RSQRT, LOG, LOG2, LOG10 -> positive();
            case RECIPROCAL -> nonzero();
            case LOG1P, TAN, ASIN, ACOS, ATANH -> unit();
            case ACOSH -> between(1.2, 3);
            default -> any();
        };
    }
}
