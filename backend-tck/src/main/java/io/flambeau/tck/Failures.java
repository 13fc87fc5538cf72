package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.Supplier;

/** Calls that must fail, with the exact message, which is the same on every device. */
final class Failures {
    private Failures() {}

    /**
     * A call that must fail, at once or when its result is read: a device may be behind.
     *
     * @param message what it says
     */
    record Failure(String message, Supplier<?> call) {
        void check(Device device) {
            try {
                if (Tensors.withDevice(device, call) instanceof Tensor result) {
                    result.to(Case.REFERENCE);
                }
            } catch (TensorException e) {
                Laws.assertForm(e);
                if (!message.equals(e.getMessage())) {
                    throw new AssertionError("the message is '" + e.getMessage() + "', expected '" + message + "'");
                }
                return;
            }
            throw new AssertionError("did not fail: " + message);
        }

        @Override
        public String toString() {
            return message;
        }
    }

    private static Failure of(String message, Supplier<?> call) {
        return new Failure(message, call);
    }

    static List<Failure> all() {
        return List.of(
                of(
                        "add: shapes [2, 3] and [3, 2] do not broadcast: axis -1 is 3 on the left and 2 on the right (FB-104)",
                        () -> Tensors.zeros(2, 3).add(Tensors.zeros(3, 2))),
                of(
                        "matmul: inner dimensions differ: left [2, 3] has 3 columns, right [2, 3] has 2 rows (FB-103)",
                        () -> Tensors.zeros(2, 3).matmul(Tensors.zeros(2, 3))),
                of(
                        "gather: index 4 is out of range for an axis of size 3 (FB-107)",
                        () -> Tensors.zeros(2, 3).gather(1, Tensors.of(new long[] {4}, 1, 1))),
                of(
                        "gather: index -1 is out of range for an axis of size 2 (FB-107)",
                        () -> Tensors.zeros(2, 3).gather(0, Tensors.of(new long[] {-1}, 1, 1))),
                of(
                        "scatter: index 2 is out of range for an axis of size 2 (FB-107)",
                        () -> Tensors.zeros(2).scatter(0, Tensors.of(new long[] {2}), Tensors.zeros(1))),
                of(
                        "scatterAdd: index 9 is out of range for an axis of size 2 (FB-107)",
                        () -> Tensors.zeros(2).scatterAdd(0, Tensors.of(new long[] {9}), Tensors.zeros(1))),
                of(
                        "floorDivide: an integer divisor is 0; convert to a floating dtype or mask the zeros (FB-108)",
                        () -> Tensors.arange(3).floorDivide(Tensors.zeros(DType.I64, 3))),
                of(
                        "remainder: an integer divisor is 0; convert to a floating dtype or mask the zeros (FB-108)",
                        () -> Tensors.arange(3).remainder(Scalar.of(0L))),
                of(
                        "amax: axis 0 of shape [0, 3] has no elements, and an empty amax has no value (FB-109)",
                        () -> Tensors.zeros(0, 3).amax(0)),
                of(
                        "argmax: axis 0 of shape [0] has no elements (FB-109)",
                        () -> Tensors.zeros(0).argmax(0)),
                of(
                        "sub: is not defined for bool; use bitwiseXor or logicalNot (FB-120)",
                        () -> Tensors.zeros(DType.BOOL, 2).sub(Tensors.zeros(DType.BOOL, 2))),
                of(
                        "add_: a result of float32 cannot be written into int64; use the form without underscore, or convert"
                                + " with to(dtype) (FB-122)",
                        () -> Tensors.arange(3).add_(0.5)),
                of(
                        "reshape: shape [2, 3] holds 6 elements, [4] holds 4 (FB-105)",
                        () -> Tensors.zeros(2, 3).reshape(4)),
                of(
                        "view: shape [3, 2] with strides [1, 3] cannot be seen as [6] without a copy; use reshape (FB-106)",
                        () -> Tensors.zeros(2, 3).t().view(6)),
                of(
                        "sum: axis 2 is out of range for shape [2, 3], whose axes go from -2 to 1 (FB-102)",
                        () -> Tensors.zeros(2, 3).sum(2)),
                of(
                        "add: cannot write into a tensor of shape [2, 3] in which several indices share an element, as after"
                                + " expand; clone it first (FB-204)",
                        () -> Tensors.zeros(3).expand(Shape.of(2, 3)).add_(1)),
                of(
                        "item: needs a tensor of one element, this one has shape [2] (FB-103)",
                        () -> Tensors.zeros(2).item()));
    }
}
