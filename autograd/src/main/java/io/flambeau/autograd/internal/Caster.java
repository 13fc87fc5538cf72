package io.flambeau.autograd.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Decorator;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import org.jspecify.annotations.Nullable;

/** Casts the inputs of operations to the precision that suits them. */
public final class Caster implements Decorator {
    private final DType low;

    public Caster(DType low) {
        this.low = low;
    }

    /** The modes with this caster, or none, in place of the one they have. */
    public static Modes replaced(Modes modes, @Nullable Caster caster) {
        Modes result = modes.undecorated();
        for (Decorator decorator : modes.above()) {
            if (!(decorator instanceof Caster)) {
                result = result.with(decorator, false);
            }
        }
        return caster == null ? result : result.with(caster, false);
    }

    @Override
    public Tensor[] bind(Op op, Tensor[] in, Interpreter next) {
        return switch (BatchedOp.precision(op)) {
            case LOW -> next.bind(op, cast(in, false, low));
            case FULL -> next.bind(op, cast(in, true, DType.F32));
            case AS_GIVEN -> isMixed(in) ? mixed(op, in, next) : next.bind(op, in);
        };
    }

    /** Whether half precision meets single: activations of an earlier product and the parameters of a norm. */
    private static boolean isMixed(Tensor[] in) {
        boolean half = false;
        boolean single = false;
        for (Tensor t : in) {
            half |= t.dtype().isHalf();
            single |= t.dtype() == DType.F32;
        }
        return half && single;
    }

    /** Runs in single precision; the result has the first input's dtype. */
    private static Tensor[] mixed(Op op, Tensor[] in, Interpreter next) {
        Tensor[] out = next.bind(op, cast(in, true, DType.F32));
        if (out[0].dtype() == DType.F32) {
            out[0] = out[0].to(in[0].dtype());
        }
        return out;
    }

    /** The inputs with the half ones, or the F32 ones, converted. */
    private static Tensor[] cast(Tensor[] in, boolean halves, DType to) {
        Tensor[] cast = in;
        for (int i = 0; i < in.length; i++) {
            DType dtype = in[i].dtype();
            if (halves ? dtype.isHalf() : dtype == DType.F32) {
                if (cast == in) {
                    cast = in.clone();
                }
                cast[i] = in[i].to(to);
            }
        }
        return cast;
    }

    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations, Interpreter next) {
        next.bindInto(op, in, destinations);
    }
}
