package io.flambeau.nn;

import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Trainable tensors under the keys 0, 1, …. */
public final class ParameterList extends Module implements Iterable<Tensor> {
    private final List<Tensor> values = new ArrayList<>();

    public ParameterList(Tensor... values) {
        for (Tensor value : values) {
            this.values.add(parameter(Integer.toString(this.values.size()), value));
        }
    }

    public int size() {
        return values.size();
    }

    public Tensor at(int index) {
        return values.get(index);
    }

    @Override
    public Iterator<Tensor> iterator() {
        return values.iterator();
    }
}
