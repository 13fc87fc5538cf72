package io.flambeau.optim;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Shazeer and Stern, <em>Adafactor: adaptive learning rates with sublinear memory cost</em>, 2018: of a matrix's squared
 * gradients it remembers the means of rows and of columns alone.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Adafactor.html">torch.optim.Adafactor</a>
 */
public final class Adafactor extends PerParameter {
    public Adafactor(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /** PyTorch's defaults; of {@code eps}, NaN stands for the smallest step above 1 of the parameter's dtype. */
    public static Options options() {
        return Options.of("Adafactor", "lr", 1e-2, "beta2_decay", -0.8, "eps", List.of(Double.NaN, 1e-3))
                .and("d", 1.0)
                .and("weight_decay", 0.0)
                .and("maximize", false);
    }

    private static double machineEpsilon(DType dtype) {
        return switch (dtype) {
            case F64 -> Math.ulp(1.0);
            case F16 -> 0x1p-10;
            case BF16 -> 0x1p-7;
            default -> Math.ulp(1f);
        };
    }

    private static double rootMeanSquare(Tensor x) {
        return x.detach().norm().item() / Math.sqrt(x.count());
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor g, State state) {
        double step = state.nextStep();
        double given = group.real("eps", 0);
        double eps = Double.isNaN(given) ? machineEpsilon(p.dtype()) : given;
        double share = Math.pow(step, group.real("beta2_decay"));
        double rate = Math.max(group.real("eps", 1), rootMeanSquare(p)) * Math.min(group.lr(), 1 / Math.sqrt(step));
        p.mul_(1 - group.lr() * group.real("weight_decay"));
        Tensor variance;
        if (g.rank() > 1) {
            Tensor rowMean = g.square().mean(true, -1);
            Tensor columnMean = g.square().mean(true, -2);
            Tensor rows = lasting(() -> state.tensor("row_var", rowMean::zerosLike));
            Tensor columns = lasting(() -> state.tensor("col_var", columnMean::zerosLike));
            rows.add_(rowMean.sub(rows).mul(share));
            columns.add_(columnMean.sub(columns).mul(share));
            variance = rows.matmul(columns).div(rows.mean(true, -2).clampMin(Scalar.of(eps)));
        } else {
            Tensor squares = remembered(state, "variance", p, 0);
            variance = squares.add_(g.square().sub(squares).mul(share));
        }
        Tensor update = variance.clampMin(Scalar.of(eps * eps)).rsqrt().mul(g);
        p.sub_(update.mul(rate / Math.max(1, rootMeanSquare(update) / group.real("d"))));
    }

    @Override
    boolean statesAreShaped() {
        return false;
    }
}
