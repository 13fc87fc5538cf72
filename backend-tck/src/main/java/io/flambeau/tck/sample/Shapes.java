package io.flambeau.tck.sample;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.Op;
import java.util.Arrays;
import java.util.List;

/** Samples of operations that take any shape: a matrix, a scalar, nothing. */
final class Shapes {
    private static final List<Shape> ALL = List.of(Shape.of(3, 5), Shape.SCALAR, Shape.of(2, 0));

    private Shapes() {}

    /** The operation on inputs of these kinds, all of one shape. */
    static void add(List<Sample> to, Op op, Input... kinds) {
        add(to, Sample.of(op, kinds));
    }

    /** The sample with other shapes. */
    static void add(List<Sample> to, Sample sample) {
        for (Shape shape : ALL) {
            List<Input> inputs =
                    sample.inputs().stream().map(input -> input.with(shape)).toList();
            to.add(sample.with(inputs));
        }
    }

    /** So many inputs of one kind. */
    static Input[] of(int count, Input kind) {
        Input[] inputs = new Input[count];
        Arrays.fill(inputs, kind);
        return inputs;
    }
}
