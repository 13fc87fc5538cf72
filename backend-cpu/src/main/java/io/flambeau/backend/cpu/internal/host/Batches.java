package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** Runs an operation of many matrices as many operations of one, which threads share. */
final class Batches {
    private Batches() {}

    /** The kernel, or null where there is but one matrix, or the operands have different batches. */
    static @Nullable Kernel of(HostOp op, Spec[] in) {
        int rank = in[0].shape().rank() - 2;
        Shape batch = in[0].shape().range(0, Math.max(0, rank));
        if (batch.count() < 2) {
            return null;
        }
        Spec[] out = op.infer(in);
        for (Spec[] specs : new Spec[][] {in, out}) {
            for (Spec spec : specs) {
                Shape shape = spec.shape();
                if (spec.dtype().isHalf()
                        || shape.rank() < rank
                        || !shape.range(0, rank).equals(batch)) {
                    return null;
                }
            }
        }
        return (inputs, outputs) -> {
            try {
                Workers.run((int) batch.count(), b -> one(op, inputs, outputs, rank, b));
            } catch (TensorException e) {
                whole(op, inputs);
                throw e;
            }
        };
    }

    private static void one(HostOp op, View[] inputs, View[] outputs, int rank, int b) {
        HostArray[] operands = new HostArray[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Shape rest = inputs[i].shape().range(rank, inputs[i].shape().rank());
            operands[i] = Values.read(inputs[i].dtype(), at(inputs[i], rest, b), rest);
        }
        HostArray[] results = op.run(operands);
        for (int i = 0; i < outputs.length; i++) {
            Values.write(results[i], at(outputs[i], results[i].shape(), b));
        }
    }

    private static long at(View view, Shape one, int b) {
        return view.address() + b * one.count() * view.dtype().bytes();
    }

    /** The operation as it is defined: it throws what names the right matrix of the batch. */
    static HostArray[] whole(HostOp op, View[] inputs) {
        HostArray[] operands = new HostArray[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            operands[i] = Values.read(inputs[i].dtype(), inputs[i].address(), inputs[i].shape());
        }
        return op.run(operands);
    }
}
