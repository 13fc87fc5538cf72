package io.flambeau.tensor.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Second names that PyTorch has for operations of the other families, and for their forms with an underscore. */
final class Aliases {
    /** A name, then others for the same. */
    private static final List<String> NAMES = List.of(
            "abs absolute",
            "acos arccos",
            "acosh arccosh",
            "asin arcsin",
            "asinh arcsinh",
            "atan arctan",
            "atanh arctanh",
            "atan2 arctan2",
            "cat concat concatenate",
            "clamp clip",
            "div divide",
            "erf special.erf",
            "exp2 special.exp2",
            "expm1 special.expm1",
            "ge greater_equal",
            "gt greater",
            "le less_equal",
            "linalg.vander vander",
            "log1p special.log1p",
            "log_softmax special.log_softmax",
            "logit special.logit",
            "logsumexp special.logsumexp",
            "lt less",
            "mH adjoint",
            "movedim moveaxis",
            "mul multiply",
            "ne not_equal",
            "neg negative",
            "outer ger",
            "round special.round",
            "sigmoid special.expit",
            "sinc special.sinc",
            "softmax special.softmax",
            "sub subtract",
            "swapaxes swapdims",
            "trunc fix",
            "vstack row_stack",
            "xlogy special.xlogy");

    /** Functions of {@code torch.nn.functional} that are in {@code torch} as well. */
    private static final List<String> FUNCTIONS = List.of(
            "adaptive_avg_pool1d",
            "adaptive_max_pool1d",
            "alpha_dropout",
            "avg_pool1d",
            "bilinear",
            "binary_cross_entropy_with_logits",
            "celu",
            "channel_shuffle",
            "conv1d",
            "conv2d",
            "conv3d",
            "conv_transpose1d",
            "conv_transpose2d",
            "conv_transpose3d",
            "cosine_embedding_loss",
            "cosine_similarity",
            "ctc_loss",
            "dropout",
            "feature_alpha_dropout",
            "group_norm",
            "hardshrink",
            "hinge_embedding_loss",
            "kl_div",
            "layer_norm",
            "margin_ranking_loss",
            "max_pool1d",
            "max_pool2d",
            "max_pool3d",
            "pairwise_distance",
            "pdist",
            "pixel_shuffle",
            "pixel_unshuffle",
            "poisson_nll_loss",
            "prelu",
            "rms_norm",
            "rrelu",
            "selu",
            "threshold",
            "triplet_margin_loss");

    private Aliases() {}

    /** The call forms under second names, of those operations that are there and do not have the name already. */
    static Catalog of(Map<String, List<Entry>> byName) {
        List<Entry> all = new ArrayList<>();
        for (String line : NAMES) {
            String[] names = line.split(" ");
            for (int i = 1; i < names.length; i++) {
                add(all, byName, names[0], names[i]);
                if (!names[i].contains(".")) {
                    add(all, byName, names[0] + "_", names[i] + "_");
                }
            }
        }
        for (String name : FUNCTIONS) {
            add(all, byName, "nn.functional." + name, name);
        }
        return new Catalog("Second names", List.copyOf(all));
    }

    private static void add(List<Entry> all, Map<String, List<Entry>> byName, String name, String alias) {
        if (!byName.containsKey(alias)) {
            byName.getOrDefault(name, List.of()).forEach(entry -> all.add(entry.renamed(alias)));
        }
    }
}
