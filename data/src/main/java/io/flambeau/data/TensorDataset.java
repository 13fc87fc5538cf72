package io.flambeau.data;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;

/** Tensors whose first axes count the samples: sample i is place i of each. */
public final class TensorDataset implements Dataset<Tensor[]> {
    private final Tensor[] tensors;

    /**
     * @throws ShapeException if the first sizes differ
     */
    public TensorDataset(Tensor... tensors) {
        if (tensors.length == 0) {
            throw new ArgumentException("TensorDataset", "needs at least one tensor", Fault.BAD_ARGUMENT);
        }
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i].rank() == 0 || tensors[i].size(0) != tensors[0].size(0)) {
                throw new ShapeException(
                        "TensorDataset",
                        "tensor " + i + " has shape " + tensors[i].shape() + ", tensor 0 has " + tensors[0].shape()
                                + "; the first sizes must be equal",
                        Fault.SHAPE_MISMATCH);
            }
        }
        this.tensors = tensors.clone();
    }

    @Override
    public int size() {
        return Math.toIntExact(tensors[0].size(0));
    }

    @Override
    public Tensor[] get(int index) {
        Tensor[] sample = new Tensor[tensors.length];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = tensors[i].select(0, index);
        }
        return sample;
    }

    /** The samples at several indices, gathered in one step for each tensor. */
    Batch batch(int[] indices) {
        Tensor index = Tensors.of(indices).to(DType.I64);
        Tensor[] batch = new Tensor[tensors.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = tensors[i].indexSelect(0, index);
        }
        return new Batch(batch);
    }
}
