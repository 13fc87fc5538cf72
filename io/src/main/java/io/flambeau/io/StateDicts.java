package io.flambeau.io;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Renames the entries of a state dict, so that the file of one program fits the model of another.
 *
 * {@snippet :
 * Map<String, Tensor> theirs = TorchFile.loadStateDict(Path.of("theirs.pt")); // module.fc.weight, ...
 * model.loadStateDict(StateDicts.withoutPrefix(theirs, "module."));          // fc.weight, ...
 * }
 */
public final class StateDicts {
    private StateDicts() {}

    /**
     * The same tensors under other names, in the same order.
     *
     * @throws FormatException if two tensors get the same name
     */
    public static LinkedHashMap<String, Tensor> rename(Map<String, Tensor> tensors, UnaryOperator<String> names) {
        LinkedHashMap<String, Tensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String other = names.apply(name);
            if (renamed.put(other, tensor) != null) {
                throw new FormatException(
                        "StateDicts.rename",
                        "\"" + name + "\" is renamed to \"" + other + "\", which another tensor is too;"
                                + " give each its own name",
                        Fault.STATE_DICT);
            }
        });
        return renamed;
    }

    /** The same tensors; names that begin with a prefix lose it. */
    public static LinkedHashMap<String, Tensor> withoutPrefix(Map<String, Tensor> tensors, String prefix) {
        return rename(tensors, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
    }

    /** The same tensors; every name gets a prefix. */
    public static LinkedHashMap<String, Tensor> withPrefix(Map<String, Tensor> tensors, String prefix) {
        return rename(tensors, name -> prefix + name);
    }
}
