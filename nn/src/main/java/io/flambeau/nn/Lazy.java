package io.flambeau.nn;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A module that takes its input size from the first call. Before that it has no parameters: call it once, for example
 * on zeros, before parameters go to an optimizer and before a state dict is loaded.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.nn.modules.lazy.LazyModuleMixin.html">lazy modules</a>
 */
public abstract class Lazy extends Module {
    private final List<UnaryOperator<Tensor>> waiting = new ArrayList<>();
    private @Nullable Module made;

    /** A module that is made later. */
    protected Lazy() {}

    /** Makes the module for inputs like this one. */
    protected abstract Module make(Tensor input);

    @Override
    protected final Tensor forward(Tensor input) {
        Module module = made;
        if (module == null) {
            module = Tensors.noGrad(() -> make(input));
            module.to(input.device());
            waiting.forEach(module::convert);
            module.train(isTraining());
            made = standIn(module);
        }
        return module.call(input);
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
