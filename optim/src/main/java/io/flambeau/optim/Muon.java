package io.flambeau.optim;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import java.util.List;

/**
 * Jordan, <em>Muon: an optimizer for hidden layers in neural networks</em>, 2024: momentum whose matrix is made nearly
 * orthogonal by Newton and Schulz's iteration, in BF16. For matrices alone; train vectors and embeddings with
 * {@link AdamW}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.optim.Muon.html">torch.optim.Muon</a>
 */
public final class Muon extends PerParameter {
    /**
     * @throws ArgumentException if a parameter is no matrix
     */
    public Muon(List<Tensor> parameters, Options options) {
        super(parameters, options);
    }

    /**
     * PyTorch's defaults; {@code adjust_lr_fn} is "original", which makes up for a matrix's proportions, or
     * "match_rms_adamw", by which rates for AdamW fit (Liu et al., <em>Muon is scalable for LLM training</em>, 2025).
     */
    public static Options options() {
        return Options.of("Muon", "lr", 1e-3, "weight_decay", 0.1, "momentum", 0.95, "nesterov", true)
                .and("ns_coefficients", List.of(3.4445, -4.775, 2.0315))
                .and("eps", 1e-7)
                .and("ns_steps", 5.0)
                .and("adjust_lr_fn", "original");
    }

    @Override
    void update(ParamGroup group, Tensor p, Tensor g, State state) {
        if (p.rank() != 2) {
            throw new ArgumentException(
                    "Muon",
                    "a parameter has shape " + p.shape() + "; only matrices can be trained",
                    Fault.BAD_ARGUMENT);
        }
        double momentum = group.real("momentum");
        Tensor mean = remembered(state, "momentum_buffer", p, 0);
        mean.add_(g.sub(mean).mul(1 - momentum));
        Tensor direction = group.flag("nesterov") ? g.add(mean.sub(g).mul(momentum)) : mean;
        p.mul_(1 - group.lr() * group.real("weight_decay"));
        p.sub_(orthogonal(group, direction).to(p.dtype()).mul(group.lr() * scale(group, p)));
    }

    private static double scale(ParamGroup group, Tensor p) {
        double rows = p.size(0);
        double columns = p.size(1);
        return switch (group.text("adjust_lr_fn")) {
            case "original" -> Math.sqrt(Math.max(1, rows / columns));
            case "match_rms_adamw" -> 0.2 * Math.sqrt(Math.max(rows, columns));
            default ->
                throw new ArgumentException(
                        "Muon",
                        "adjust_lr_fn is '" + group.text("adjust_lr_fn") + "'; it must be original or match_rms_adamw",
                        Fault.BAD_ARGUMENT);
        };
    }

    /** The matrix with its singular values brought near 1. */
    private static Tensor orthogonal(ParamGroup group, Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = matrix.to(DType.BF16);
        x = tall ? x.t() : x;
        x = x.div(x.norm().clampMin(Scalar.of(group.real("eps"))));
        for (int i = 0; i < group.real("ns_steps"); i++) {
            Tensor gram = x.matmul(x.t());
            Tensor change =
                    combined(gram, group.real("ns_coefficients", 1), gram, gram, group.real("ns_coefficients", 2));
            x = combined(x, group.real("ns_coefficients", 0), change, x, 1);
        }
        return tall ? x.t() : x;
    }

    /** {@code scale x + factor left @ right}, rounded once. */
    private static Tensor combined(Tensor x, double scale, Tensor left, Tensor right, double factor) {
        Tensor product = left.to(DType.F32).matmul(right.to(DType.F32));
        return x.to(DType.F32).mul(scale).add(product.mul(factor)).to(DType.BF16);
    }
}
