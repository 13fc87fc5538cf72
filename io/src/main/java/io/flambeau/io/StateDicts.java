package io.flambeau.io;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Fits the state dict of one program to the model of another: renames, and tells what differs.
 *
 * {@snippet :
 * Map<String, Tensor> theirs = TorchFile.loadStateDict(Path.of("theirs.pt"));
 * System.out.println(StateDicts.compare(model.stateDict(), theirs)); // every name begins with "module."
 * model.loadStateDict(StateDicts.withoutPrefix(theirs, "module."));
 * }
 */
public final class StateDicts {
    private static final int MOST_LISTED = 20;

    private StateDicts() {}

    /**
     * The same tensors under other names, in the same order.
     *
     * @throws FormatException if two tensors get the same name
     */
    public static LinkedHashMap<String, Tensor> rename(Map<String, Tensor> tensors, UnaryOperator<String> names) {
        LinkedHashMap<String, Tensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (renamed.put(names.apply(name), tensor) != null) {
                throw new FormatException(
                        "StateDicts.rename",
                        "\"" + name + "\" is renamed to \"" + names.apply(name) + "\", which another tensor is too;"
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

    /** What differs in names, shapes and dtypes; values are not compared. */
    public static Difference compare(Map<String, Tensor> expected, Map<String, Tensor> found) {
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> different = new ArrayList<>();
        expected.forEach((name, tensor) -> {
            Tensor other = found.get(name);
            if (other == null) {
                missing.add(name + " " + describe(tensor));
            } else if (other.dtype() != tensor.dtype() || !other.shape().equals(tensor.shape())) {
                different.add(name + " expected " + describe(tensor) + " found " + describe(other));
            }
        });
        found.forEach((name, tensor) -> {
            if (!expected.containsKey(name)) {
                unexpected.add(name + " " + describe(tensor));
            }
        });
        return new Difference(missing, unexpected, different, hint(expected, found));
    }

    private static String describe(Tensor tensor) {
        return tensor.dtype() + tensor.shape().toString();
    }

    /** Wrappers such as DataParallel put one word before every name; that is easily mended. */
    private static String hint(Map<String, Tensor> expected, Map<String, Tensor> found) {
        if (found.isEmpty() || found.keySet().equals(expected.keySet())) {
            return "";
        }
        String first = found.keySet().iterator().next();
        for (int dot = first.indexOf('.'); dot >= 0; dot = first.indexOf('.', dot + 1)) {
            String prefix = first.substring(0, dot + 1);
            boolean fits = found.keySet().stream()
                    .allMatch(name -> name.startsWith(prefix) && expected.containsKey(name.substring(prefix.length())));
            if (fits) {
                return "every name begins with \"" + prefix + "\": use StateDicts.withoutPrefix";
            }
        }
        return "";
    }

    /**
     * What differs between what a model needs and what there is.
     *
     * @param missing needed and not there
     * @param unexpected there and not needed
     * @param different there in another shape or dtype
     * @param hint what may mend it, or nothing
     */
    public record Difference(List<String> missing, List<String> unexpected, List<String> different, String hint) {
        public Difference {
            missing = List.copyOf(missing);
            unexpected = List.copyOf(unexpected);
            different = List.copyOf(different);
        }

        public boolean isEmpty() {
            return missing.isEmpty() && unexpected.isEmpty() && different.isEmpty();
        }

        /** A line for each difference, the first twenty of each kind. */
        @Override
        public String toString() {
            if (isEmpty()) {
                return "no difference";
            }
            StringBuilder text = new StringBuilder();
            list(text, "missing", missing);
            list(text, "unexpected", unexpected);
            list(text, "different", different);
            return text.append(hint).toString().stripTrailing();
        }

        private static void list(StringBuilder text, String title, List<String> names) {
            if (names.isEmpty()) {
                return;
            }
            text.append(names.size()).append(' ').append(title).append(":\n");
            names.stream()
                    .limit(MOST_LISTED)
                    .forEach(name -> text.append("  ").append(name).append('\n'));
            if (names.size() > MOST_LISTED) {
                text.append("  and ").append(names.size() - MOST_LISTED).append(" more\n");
            }
        }
    }
}
