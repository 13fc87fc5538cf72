package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.List;

/** An optimizer whose rule is written for one parameter at a time. */
abstract class PerParameter extends Optimizer {
    PerParameter(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** The rule for one parameter and its gradient, which already has its sign. */
    abstract void update(ParamGroup group, Tensor p, Tensor gradient, State state);

    @Override
    final void update(ParamGroup group, List<Tensor> parameters, List<Tensor> gradients, List<State> states) {
        boolean ascend = group.has("maximize") && group.flag("maximize");
        for (int i = 0; i < parameters.size(); i++) {
            Tensor g = gradients.get(i).detach();
            update(group, parameters.get(i), ascend ? g.neg() : g, states.get(i));
        }
    }

    /** The gradient with the decay of the weights added, as L2 regularisation does. */
    static Tensor decayed(ParamGroup group, Tensor p, Tensor gradient) {
        double decay = group.real("weight_decay");
        return decay == 0 ? gradient : gradient.add(p.detach().mul(decay));
    }
}
