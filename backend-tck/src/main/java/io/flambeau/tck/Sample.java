package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.op.Op;
import java.util.List;

/**
 * One call of an operation that all laws are checked on.
 *
 * @param maker gives the operation for a dtype and a device; most are the same for all
 * @param inputs how its inputs are made
 * @param flowing bit i is set if gradients flow back through output i and are determined by the inputs
 * @param held bit i is set if input i has no gradient although its dtype could
 * @param floating whether it is only tried in floating and complex dtypes
 */
public record Sample(Maker maker, List<Input> inputs, long flowing, long held, boolean floating) {
    /** An operation that names a dtype or a device. */
    @FunctionalInterface
    public interface Maker {
        Op of(DType dtype, Device device);
    }

    /** A call of an operation that is the same for all dtypes and devices. */
    public static Sample of(Op op, Input... inputs) {
        return made((dtype, device) -> op, inputs);
    }

    /** A call of an operation that names a dtype or a device. */
    public static Sample made(Maker maker, Input... inputs) {
        return new Sample(maker, List.of(inputs), -1, 0, false);
    }

    /** The operation, for reports. */
    public Op op() {
        return maker.of(DType.F32, Case.REFERENCE);
    }

    /** Says through which outputs gradients flow; others are for the backward pass alone, or not unique. */
    public Sample flowing(int... outputs) {
        return new Sample(maker, inputs, bits(outputs), held, floating);
    }

    /** Says that the gradient is not checked: it has kinks at the values, or many elements. */
    public Sample withoutGradient() {
        return new Sample(maker, inputs, 0, held, floating);
    }

    /** Says which inputs have no gradient, although their dtypes could. */
    public Sample holding(int... inputs) {
        return new Sample(maker, this.inputs, flowing, bits(inputs), floating);
    }

    /** Says that the call is only tried in floating and complex dtypes. */
    public Sample onFloats() {
        return new Sample(maker, inputs, flowing, held, true);
    }

    /** The same call with inputs of other shapes. */
    public Sample with(List<Input> others) {
        return new Sample(maker, others, flowing, held, floating);
    }

    private static long bits(int... places) {
        long mask = 0;
        for (int place : places) {
            mask |= 1L << place;
        }
        return mask;
    }

    boolean holds(int input) {
        return (held >>> input & 1) != 0;
    }

    boolean flows(int output) {
        return (flowing >>> output & 1) != 0;
    }

    /** The same for all dtypes and devices, so that they get the same values. */
    long seed() {
        long seed = op().title().hashCode();
        for (Input input : inputs) {
            seed = 31 * seed + input.shape().hashCode();
        }
        return seed;
    }

    /** The operation with the shapes of its inputs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(op().toString());
        for (Input input : inputs) {
            text.append(' ').append(input.shape());
        }
        return text.toString();
    }
}
