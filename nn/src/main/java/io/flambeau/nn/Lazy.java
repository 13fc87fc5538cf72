package io.flambeau.nn;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A module that takes its input size from the first call, or from the state dict that is loaded first. Before that it has
 * no parameters: do one of the two, for example a call on zeros, before parameters go to an optimizer.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.modules.lazy.LazyModuleMixin.html">lazy modules</a>
 */
public abstract class Lazy extends Module {
    private final List<UnaryOperator<Tensor>> waiting = new ArrayList<>();
    private final int inputAxis;
    private final int weightAxis;
    private final long groups;
    private @Nullable Module made;

    /**
     * A module that is made later.
     *
     * @param inputAxis the axis of inputs that has the size
     * @param weightAxis the axis of the weight that has the size, divided by the groups
     */
    protected Lazy(int inputAxis, int weightAxis, long groups) {
        this.inputAxis = inputAxis;
        this.weightAxis = weightAxis;
        this.groups = groups;
    }

    /** Makes the module for inputs of this size. */
    protected abstract Module make(long in);

    private Module make(long in, Device device) {
        Module module = Tensors.noGrad(() -> make(in));
        module.to(device);
        waiting.forEach(module::convert);
        module.train(isTraining());
        made = standIn(module);
        return module;
    }

    @Override
    protected final Tensor forward(Tensor input) {
        Module module = made;
        return (module == null ? make(input.size(inputAxis), input.device()) : module).call(input);
    }

    @Override
    final void loading(String prefix, Map<String, Tensor> state) {
        Tensor weight = state.getOrDefault(prefix + "weight", state.get(prefix + "running_mean"));
        int axis = weight != null && weight.rank() == 1 ? 0 : weightAxis;
        if (made == null && weight != null && weight.rank() > axis) {
            make(weight.size(axis) * groups, Tensors.defaultDevice());
        }
    }

    @Override
    final void freezing() {
        if (made == null) {
            throw new TensorException(
                    title(), "has no parameters yet; call it once, or load a state dict", Fault.BAD_STATE);
        }
    }

    @Override
    final void converted(UnaryOperator<Tensor> conversion) {
        waiting.add(conversion);
    }

    @Override
    public final String toString() {
        return made == null ? super.toString() : made.toString();
    }
}
