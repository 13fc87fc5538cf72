package io.flambeau.nn.catalog;

import io.flambeau.nn.Module;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.catalog.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All modules under PyTorch's names. */
public final class ModuleCatalog {
    private static final Map<String, ModuleEntry> ALL = index(
            LinearModules.ENTRIES,
            ConvolutionModules.ENTRIES,
            PoolModules.ENTRIES,
            PadModules.ENTRIES,
            NormModules.ENTRIES,
            ActivationModules.ENTRIES,
            RecurrentModules.ENTRIES,
            AttentionModules.ENTRIES,
            LossModules.ENTRIES);

    private static final String OTHERS = """

            ## What is no module of numbers alone

            | PyTorch | Flambeau |
            |---|---|
            | `Module` | `extends Module`; see [add a layer](recipes/add-a-layer.md) |
            | `Sequential`, `ModuleList`, `ModuleDict`, `ParameterList`, `ParameterDict` | the same names |
            | `LazyLinear`, `LazyConv2d` and the other lazy modules | the same names; sized by the first call or state dict |
            | `TransformerEncoder`, `TransformerDecoder` | the same names |
            | `Unflatten(dim, sizes)` | `new Unflatten(axis, sizes)` |
            | `UpsamplingNearest2d`, `UpsamplingBilinear2d` | `new Upsample(options)` |
            | `AdaptiveLogSoftmaxWithLoss` | the same name |
            | `init.orthogonal_(t)` and the other initial values | `Init.orthogonal(t, 1)` and so on |
            | `utils.clip_grad_norm_`, `utils.clip_grad_value_` | `Clip.clipGradNorm(parameters, 1)`, `Clip.clipGradValue(parameters, 1)` |
            | `utils.parameters_to_vector`, `utils.vector_to_parameters` | `ParameterVector.of(parameters)`, `ParameterVector.copy(vector, parameters)` |
            | `utils.parametrizations.weight_norm`, `spectral_norm`, `orthogonal` | `Parametrisations.weightNorm(layer, "weight")`, `Parametrisations.spectralNorm(layer, "weight")`, `Parametrisations.orthogonal(layer, "weight")` |
            | `utils.fuse_conv_bn_eval`, `optim.swa_utils.update_bn` | `BatchNorms.fuseConvBnEval(conv, norm)`, `BatchNorms.updateBn(inputs, model)` |
            | `utils.prune.l1_unstructured`, `random_unstructured`, `ln_structured`, `random_structured`, `custom_from_mask`, `remove` | `Prune.l1Unstructured(layer, "weight", 0.3)` and so on |
            | `utils.rnn.pack_padded_sequence`, `pad_packed_sequence`, `pad_sequence` | `PackedSequence.pack(x, lengths, batchFirst)`, `packed.pad(batchFirst, 0)`, `PackedSequence.padded(list, batchFirst, 0)` |
            | `SyncBatchNorm`, `DataParallel`, `CrossMapLRN2d` | not here; `LocalResponseNorm` does what the last does |
            """;

    private ModuleCatalog() {}

    /**
     * A module made by name.
     *
     * @param module what was made
     * @param entry its entry
     * @param constructor the arguments it was made of
     */
    public record Made(Module module, ModuleEntry entry, Arguments constructor) {
        /** Calls the module: a tensor, or an array or list of them as PyTorch's tuples. */
        public @Nullable Object call(
                List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
            return entry.caller().of(module, constructor, entry.call().bind(positional, named));
        }
    }

    @SafeVarargs
    private static Map<String, ModuleEntry> index(List<ModuleEntry>... families) {
        Map<String, ModuleEntry> all = new LinkedHashMap<>();
        for (List<ModuleEntry> family : families) {
            family.forEach(entry -> all.put(entry.name(), entry));
        }
        return Collections.unmodifiableMap(all);
    }

    /** Every module by PyTorch's class. */
    public static Map<String, ModuleEntry> all() {
        return ALL;
    }

    /** The modules as a document: PyTorch's form and ours. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("""
            # Modules

            Every module under PyTorch's name, with its form here. Parameters, buffers and their keys in a state dict
            are PyTorch's, so that its checkpoints load. A module is called by `call`; what returns more than one
            tensor has a call of its own, for example `lstm.callWithState(x, h, c)`.

            This file is written from the catalogue of modules; a test keeps it current.

            | PyTorch | Flambeau |
            |---|---|
            """);
        for (ModuleEntry entry : ALL.values()) {
            text.append("| `")
                    .append(entry.constructor().text())
                    .append("` | `")
                    .append(entry.java())
                    .append("` |\n");
        }
        return text.append(OTHERS).toString();
    }

    /**
     * Makes a module from PyTorch's arguments.
     *
     * @throws ArgumentException if there is no such module, or it does not take the arguments
     */
    public static Made make(
            String name, List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
        ModuleEntry entry = ALL.get(name);
        if (entry == null) {
            throw new ArgumentException(name, "there is no module of this name", Fault.BAD_ARGUMENT);
        }
        Arguments arguments = entry.constructor().bind(positional, named);
        return new Made(entry.maker().of(arguments), entry, arguments);
    }
}
