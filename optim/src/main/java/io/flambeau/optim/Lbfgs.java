package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Limited-memory BFGS (Nocedal, <em>Updating quasi-Newton matrices with limited storage</em>, 1980). It needs the closure
 * that recomputes the loss and runs backward; each call of {@link #step(DoubleSupplier)} iterates.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.LBFGS.html">torch.optim.LBFGS</a>
 */
public final class Lbfgs extends Optimizer {
    /** As {@link Options#with} takes it for {@code line_search_fn}: a line search to the strong Wolfe conditions. */
    public static final String STRONG_WOLFE = "strong_wolfe";

    public Lbfgs(List<Tensor> parameters, Options options) {
        super(parameters, options);
        Object search = options.asMap().get("line_search_fn");
        if (!"none".equals(search) && !STRONG_WOLFE.equals(search)) {
            throw new ArgumentException(
                    "Lbfgs", "the line search '" + search + "' is neither none nor strong_wolfe", Fault.BAD_ARGUMENT);
        }
    }

    /** PyTorch's defaults; {@code max_eval} 0 stands for 5/4 of {@code max_iter}. */
    public static Options options() {
        return Options.of(
                "Lbfgs",
                "lr",
                1.0,
                "max_iter",
                20.0,
                "max_eval",
                0.0,
                "tolerance_grad",
                1e-7,
                "tolerance_change",
                1e-9,
                "history_size",
                100.0,
                "line_search_fn",
                "none");
    }

    @Override
    void update(ParamGroup group, List<Tensor> parameters, List<Tensor> gradients, List<State> states) {
        throw new TensorException("Lbfgs", "needs to recompute the loss; call step with a closure", Fault.BAD_STATE);
    }

    @Override
    boolean statesAreShaped() {
        return false;
    }

    @Override
    public double step(DoubleSupplier closure) {
        if (groups().size() != 1) {
            throw new TensorException(
                    "Lbfgs", "takes one group of parameters, not " + groups().size(), Fault.BAD_STATE);
        }
        return Tensors.noGrad(() -> {
            try (Scope _ = Scope.open("Lbfgs")) {
                return new Run(groups().getFirst(), closure).iterate();
            }
        });
    }

    /** One call of step. */
    private final class Run {
        private final ParamGroup group;
        private final List<Tensor> parameters;
        private final DoubleSupplier closure;
        private final State state;
        private final int maxIterations;
        private final int maxEvaluations;
        private final double toleranceChange;
        private int evaluations;
        private double loss;
        private Tensor gradient;

        Run(ParamGroup group, DoubleSupplier closure) {
            this.group = group;
            this.parameters = group.parameters();
            this.closure = closure;
            this.state = state(parameters.getFirst());
            this.maxIterations = (int) group.real("max_iter");
            int given = (int) group.real("max_eval");
            this.maxEvaluations = given == 0 ? maxIterations * 5 / 4 : given;
            this.toleranceChange = group.real("tolerance_change");
            this.loss = evaluate();
            this.gradient = gathered();
        }

        private double evaluate() {
            evaluations++;
            return Tensors.enableGrad(closure::getAsDouble);
        }

        /** All gradients as one vector; zeros where there is none. */
        private Tensor gathered() {
            Tensor[] parts = new Tensor[parameters.size()];
            for (int i = 0; i < parts.length; i++) {
                Tensor g = parameters.get(i).grad();
                parts[i] = (g == null ? parameters.get(i).detach().zerosLike() : g.detach()).flatten();
            }
            return Tensors.cat(0, parts);
        }

        private void move(double t, Tensor direction) {
            long at = 0;
            for (Tensor p : parameters) {
                p.add_(direction.narrow(0, at, p.count()).reshape(p.shape()).mul(t));
                at += p.count();
            }
        }

        /** Loss and gradient at a step from where the search began; the parameters stay there. */
        private StrongWolfe.Point at(Tensor[] start, double t, Tensor direction) {
            move(t, direction);
            double value = evaluate();
            Tensor slope = gathered();
            for (int i = 0; i < start.length; i++) {
                parameters.get(i).copy_(start[i]);
            }
            return new StrongWolfe.Point(t, value, slope, slope.dot(direction).item());
        }

        double iterate() {
            double first = loss;
            boolean optimal = greatest(gradient) <= group.real("tolerance_grad");
            double step = state.number("t", 0);
            for (int i = 0; i < maxIterations && !optimal; i++) {
                double count = state.number("n_iter", 0) + 1;
                state.put("n_iter", count);
                Tensor direction = count == 1 ? gradient.neg() : direction(step);
                keep("prev_flat_grad", gradient);
                double before = loss;
                state.put("prev_loss", before);
                double slope = gradient.dot(direction).item();
                step = group.lr()
                        * (count == 1 ? Math.min(1, 1 / gradient.abs().sum().item()) : 1);
                state.put("t", step);
                keep("d", direction);
                if (slope > -toleranceChange) {
                    break;
                }
                boolean last = i == maxIterations - 1;
                step = advance(step, direction, slope, last);
                state.put("t", step);
                optimal = greatest(gradient) <= group.real("tolerance_grad");
                if (last
                        || evaluations >= maxEvaluations
                        || greatest(direction) * Math.abs(step) <= toleranceChange
                        || Math.abs(loss - before) < toleranceChange) {
                    break;
                }
            }
            state.put("func_evals", state.number("func_evals", 0) + evaluations);
            return first;
        }

        /** Moves along the direction, and says how far. */
        private double advance(double step, Tensor direction, double slope, boolean last) {
            if (group.text("line_search_fn").equals(STRONG_WOLFE)) {
                Tensor[] start =
                        parameters.stream().map(p -> p.detach().clone()).toArray(Tensor[]::new);
                StrongWolfe line = new StrongWolfe(
                        t -> at(start, t, direction),
                        new StrongWolfe.Point(0, loss, gradient, slope),
                        greatest(direction),
                        toleranceChange);
                StrongWolfe.Point found = line.search(step, maxEvaluations - evaluations);
                loss = found.value();
                gradient = found.gradient();
                move(found.step(), direction);
                return found.step();
            }
            move(step, direction);
            if (!last) {
                loss = evaluate();
                gradient = gathered();
            }
            return step;
        }

        /** The direction in which the approximate Hessian sees the minimum, after it has learnt the last step. */
        private Tensor direction(double step) {
            List<Tensor> changes = state.tensors("old_dirs");
            List<Tensor> steps = state.tensors("old_stps");
            Tensor change = gradient.sub(kept("prev_flat_grad"));
            Tensor moved = kept("d").mul(step);
            double curvature = change.dot(moved).item();
            if (curvature > 1e-10) {
                if (changes.size() >= (int) group.real("history_size")) {
                    changes.removeFirst();
                    steps.removeFirst();
                }
                changes.add(lasting(change::clone));
                steps.add(lasting(moved::clone));
                state.put("H_diag", curvature / change.dot(change).item());
            }
            Tensor q = gradient.neg();
            double[] weights = new double[changes.size()];
            double[] rates = new double[weights.length];
            for (int i = weights.length - 1; i >= 0; i--) {
                rates[i] = 1 / changes.get(i).dot(steps.get(i)).item();
                weights[i] = steps.get(i).dot(q).item() * rates[i];
                q = q.sub(changes.get(i).mul(weights[i]));
            }
            q = q.mul(state.number("H_diag", 1));
            for (int i = 0; i < weights.length; i++) {
                q = q.add(steps.get(i).mul(weights[i] - changes.get(i).dot(q).item() * rates[i]));
            }
            return q;
        }

        /** Copies a vector into the state. */
        private Tensor keep(String key, Tensor value) {
            if (state.has(key)) {
                return kept(key).copy_(value);
            }
            Tensor copy = lasting(value::clone);
            state.put(key, copy);
            return copy;
        }

        private Tensor kept(String key) {
            return state.tensor(key, () -> gradient);
        }

        private static double greatest(Tensor vector) {
            return vector.count() == 0 ? 0 : vector.abs().amax().item();
        }
    }
}
