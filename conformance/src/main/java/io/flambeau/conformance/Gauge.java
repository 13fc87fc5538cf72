package io.flambeau.conformance;

import io.flambeau.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the freedom out of eigenvectors and singular vectors: turns ours to PyTorch's signs and phases before they are
 * compared.
 *
 * <p>The turns are constants of the graph, so that the gradients can be compared too: they do not depend on the choice.
 */
final class Gauge {
    private Gauge() {}

    /** The result with PyTorch's choice of what is free; itself where nothing is. */
    static @Nullable Object align(GoldenCase c, @Nullable Object expected, @Nullable Object result) {
        if (!(result instanceof Tensor[] ours) || !(expected instanceof List<?> theirs) || !fits(ours, theirs)) {
            return result;
        }
        return switch (c.op()) {
            case "linalg.eigh", "linalg.eig" ->
                new Tensor[] {
                    ours[0], ours[1].mul(phases(ours[1], (Tensor) theirs.get(1)).unsqueeze(-2))
                };
            case "linalg.svd" -> {
                Tensor v = ours[2].mH();
                Tensor[] turned = vectors(ours[0], v, (Tensor) theirs.get(0), ((Tensor) theirs.get(2)).mH(), ours[1]);
                yield new Tensor[] {turned[0], ours[1], turned[1].mH()};
            }
            case "svd" -> {
                Tensor[] turned = vectors(ours[0], ours[2], (Tensor) theirs.get(0), (Tensor) theirs.get(2), ours[1]);
                yield new Tensor[] {turned[0], ours[1], turned[1]};
            }
            default -> result;
        };
    }

    private static boolean fits(Tensor[] ours, List<?> theirs) {
        boolean fits = ours.length == theirs.size();
        for (int i = 0; fits && i < ours.length; i++) {
            fits = theirs.get(i) instanceof Tensor t
                    && t.shape().equals(ours[i].shape())
                    && t.dtype() == ours[i].dtype()
                    && t.count() > 0;
        }
        return fits;
    }

    /** Left and right vectors turn together; those beyond the singular values are free within their space. */
    private static Tensor[] vectors(Tensor u, Tensor v, Tensor theirU, Tensor theirV, Tensor values) {
        long k = values.size(-1);
        Tensor phases = phases(u.narrow(-1, 0, k), theirU.narrow(-1, 0, k)).unsqueeze(-2);
        return new Tensor[] {turned(u, theirU, phases, k), turned(v, theirV, phases, k)};
    }

    private static Tensor turned(Tensor x, Tensor theirs, Tensor phases, long k) {
        Tensor first = x.narrow(-1, 0, k).mul(phases);
        long rest = x.size(-1) - k;
        if (rest == 0) {
            return first;
        }
        Tensor beyond = x.narrow(-1, k, rest);
        Tensor turn = beyond.detach().mH().matmul(theirs.narrow(-1, k, rest));
        return first.cat(-1, beyond.matmul(turn));
    }

    /** The unit numbers that turn our columns into theirs. */
    private static Tensor phases(Tensor ours, Tensor theirs) {
        return ours.detach().conj().mul(theirs).sum(-2).sgn();
    }
}
