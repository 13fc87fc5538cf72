package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Poly;
import io.flambeau.backend.cpu.internal.Specialiser;
import io.flambeau.backend.cpu.internal.Strip;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise kernels that this vector width has; null where there is none. Each takes the plain strip of the same
 * operation for the last few elements.
 */
public final class VectorStrips {
    private VectorStrips() {}

    public static @Nullable Strip unary(Unary op, Element type, Strip plain) {
        FloatOp function = type == Element.F32 ? ofFloat(op) : null;
        if (function != null) {
            Strip strip = floats(1, function, plain);
            return op == Unary.SIN || op == Unary.COS ? guarded(strip, plain) : strip;
        }
        VectorOperators.Operator operator = switch (op) {
            case NEG -> VectorOperators.NEG;
            case ABS -> type == Element.U8 ? null : VectorOperators.ABS;
            case SQRT -> VectorOperators.SQRT;
            case BITWISE_NOT -> VectorOperators.NOT;
            default -> null;
        };
        return operator == null || type == Element.BOOL ? null : lanes(operator, type, plain);
    }

    public static @Nullable Strip binary(Binary op, Element type, Strip plain) {
        if (type == Element.BOOL) {
            VectorOperators.Operator logic = switch (op) {
                case ADD, MAXIMUM, BITWISE_OR -> VectorOperators.OR;
                case MUL, MINIMUM, BITWISE_AND -> VectorOperators.AND;
                case BITWISE_XOR -> VectorOperators.XOR;
                default -> null;
            };
            return logic == null ? null : lanes(logic, type, plain);
        }
        VectorOperators.Operator operator = switch (op) {
            case ADD -> VectorOperators.ADD;
            case SUB -> VectorOperators.SUB;
            case MUL -> VectorOperators.MUL;
            case DIV -> VectorOperators.DIV;
            case MAXIMUM -> type == Element.U8 ? null : VectorOperators.MAX;
            case MINIMUM -> type == Element.U8 ? null : VectorOperators.MIN;
            case BITWISE_AND -> VectorOperators.AND;
            case BITWISE_OR -> VectorOperators.OR;
            case BITWISE_XOR -> VectorOperators.XOR;
            default -> null;
        };
        boolean half = type == Element.F16 || type == Element.BF16;
        if (operator instanceof VectorOperators.Binary binary && half && VectorMoves.WIDE) {
            boolean brain = type == Element.BF16;
            return Inliner.specialise(MethodHandles.lookup(), HalfStrip.class, Strip.class, brain, binary, plain);
        }
        return operator == null ? null : lanes(operator, type, plain);
    }

    public static @Nullable Strip compare(Compare op, Element type, Strip plain) {
        VectorSpecies<?> species = species(type);
        if (species == null || species.length() > 16 || type == Element.U8) {
            return null;
        }
        VectorOperators.Comparison operator = switch (op) {
            case EQ -> VectorOperators.EQ;
            case NE -> VectorOperators.NE;
            case LT -> VectorOperators.LT;
            case LE -> VectorOperators.LE;
            case GT -> VectorOperators.GT;
            case GE -> VectorOperators.GE;
        };
        return Specialiser.specialise(
                MethodHandles.lookup(), CompareStrip.class, Strip.class, species, operator, plain);
    }

    public static @Nullable Strip where(Element type, Strip plain) {
        VectorSpecies<?> species = switch (type.bytes) {
            case 4 -> Lanes.I32;
            case 8 -> Lanes.I64;
            default -> null;
        };
        return species == null
                ? null
                : Specialiser.specialise(MethodHandles.lookup(), WhereStrip.class, Strip.class, species, plain);
    }

    private static Strip floats(int arity, FloatOp function, Strip plain) {
        return Inliner.specialise(MethodHandles.lookup(), FloatStrip.class, Strip.class, arity, function, plain);
    }

    private static @Nullable Strip lanes(VectorOperators.Operator operator, Element type, Strip plain) {
        VectorSpecies<?> species = species(type);
        return species == null ? null : lanes(species, operator, plain, -1);
    }

    /** @param repeated the operand of which there is one number, or -1 */
    static Strip lanes(VectorSpecies<?> species, VectorOperators.Operator operator, Strip plain, int repeated) {
        return Inliner.specialise(
                MethodHandles.lookup(), LaneStrip.class, Strip.class, species, operator, plain, repeated);
    }

    private static @Nullable VectorSpecies<?> species(Element type) {
        return switch (type) {
            case BOOL, U8, I8 -> Lanes.I8;
            case I16 -> Lanes.I16;
            case I32 -> Lanes.I32;
            case I64 -> Lanes.I64;
            case F32 -> Lanes.F32;
            case F64 -> Lanes.F64;
            default -> null;
        };
    }

    /** Numbers too large for the vector reduction of an angle send their whole strip the slow way. */
    private static Strip guarded(Strip vector, Strip plain) {
        return (n, x, y, z, out) -> (small(n, x) ? vector : plain).run(n, x, y, z, out);
    }

    private static boolean small(int n, long x) {
        boolean small = true;
        for (int i = 0; i < n; i++) {
            small &= !(Math.abs(Mem.f32(x + i * 4L)) > Poly.TRIG_MAX);
        }
        return small;
    }

    private static FloatVector all(float c) {
        return FloatVector.broadcast(Lanes.F32, c);
    }

    private static @Nullable FloatOp ofFloat(Unary op) {
        return switch (op) {
            case SIGN ->
                (x, y, z) -> all(0f).blend(all(1f), x.compare(VectorOperators.GT, 0f))
                        .blend(all(-1f), x.compare(VectorOperators.LT, 0f));
            case SQUARE -> (x, y, z) -> x.mul(x);
            case RSQRT -> (x, y, z) -> VectorPoly.rsqrt(x);
            case RECIPROCAL -> (x, y, z) -> all(1f).div(x);
            case EXP -> (x, y, z) -> VectorPoly.exp(x);
            case EXPM1 -> (x, y, z) -> VectorPoly.expm1(x);
            case LOG -> (x, y, z) -> VectorPoly.log(x);
            case LOG1P -> (x, y, z) -> VectorPoly.log1p(x);
            case SIN -> (x, y, z) -> VectorPoly.sinReduced(x, 0);
            case COS -> (x, y, z) -> VectorPoly.sinReduced(x, 1);
            case TANH -> (x, y, z) -> VectorPoly.tanh(x);
            case SIGMOID -> (x, y, z) -> VectorPoly.sigmoid(x);
            case ERF -> (x, y, z) -> VectorPoly.erf(x);
            case RELU -> (x, y, z) -> x.blend(all(0f), x.compare(VectorOperators.LT, 0f));
            default -> null;
        };
    }
}
