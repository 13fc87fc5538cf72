package io.flambeau.autograd.internal;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A graph written down. */
public final class Drawing {
    private final Map<Node, Integer> numbers = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Leaf> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Storage> storages = Collections.newSetFromMap(new IdentityHashMap<>());

    private Drawing() {}

    /** The graph behind the tensors, each operation before those it depends on. */
    public static Drawing of(Tensor... roots) {
        Drawing drawing = new Drawing();
        for (int i = roots.length - 1; i >= 0; i--) {
            drawing.search(Slot.of(roots[i]));
        }
        Collections.reverse(drawing.nodes);
        for (int i = 0; i < drawing.nodes.size(); i++) {
            drawing.numbers.put(drawing.nodes.get(i), i + 1);
        }
        return drawing;
    }

    private record Step(Node node, int[] next) {}

    private void search(@Nullable Slot root) {
        Deque<Step> path = new ArrayDeque<>();
        enter(root, path);
        while (!path.isEmpty()) {
            Step step = path.peek();
            if (step.next[0] == step.node.inputs().length) {
                nodes.add(path.pop().node);
            } else {
                enter(step.node.inputs()[step.next[0]++], path);
            }
        }
    }

    private void enter(@Nullable Slot slot, Deque<Step> path) {
        if (slot instanceof Leaf leaf) {
            leaves.add(leaf);
        } else if (slot instanceof Output output && numbers.putIfAbsent(output.node, 0) == null) {
            path.push(new Step(output.node, new int[1]));
            for (Kept kept : kept(output.node)) {
                if (kept.storage() != null) {
                    storages.add(kept.storage());
                }
            }
        }
    }

    private static List<Kept> kept(Node node) {
        List<Kept> all = new ArrayList<>();
        if (node.saved() != null) {
            for (Kept kept : node.saved()) {
                if (kept != null) {
                    all.add(kept);
                }
            }
        }
        return all;
    }

    public int size() {
        return nodes.size();
    }

    public long bytes() {
        return sum(storages);
    }

    private static long sum(Iterable<Storage> storages) {
        long bytes = 0;
        for (Storage storage : storages) {
            bytes += storage.bytes();
        }
        return bytes;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            line(node, text);
        }
        return text.append(nodes.size())
                .append(nodes.size() == 1 ? " operation, " : " operations, ")
                .append(leaves.size())
                .append(leaves.size() == 1 ? " leaf; " : " leaves; ")
                .append(bytes())
                .append(" bytes kept\n")
                .toString();
    }

    private void line(Node node, StringBuilder text) {
        text.append('#').append(numbers.get(node)).append(' ').append(node.title());
        String separator = " ";
        for (Spec spec : node.outputs()) {
            text.append(separator).append(brief(spec));
            separator = ", ";
        }
        separator = " of ";
        for (Slot input : node.inputs()) {
            if (input != null) {
                text.append(separator).append(named(input));
                separator = ", ";
            }
        }
        List<Kept> kept = kept(node);
        if (node.saved() == null) {
            text.append("; freed");
        } else if (!kept.isEmpty()) {
            Set<Storage> own = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Kept value : kept) {
                if (value.storage() != null) {
                    own.add(value.storage());
                }
            }
            text.append("; keeps ")
                    .append(kept.size())
                    .append(kept.size() == 1 ? " value, " : " values, ")
                    .append(sum(own))
                    .append(" bytes");
        }
        text.append(node.site()).append('\n');
    }

    private String named(Slot slot) {
        return slot instanceof Output output
                ? "#" + numbers.get(output.node) + (output.node.outputs().length > 1 ? "." + output.index() : "")
                : "leaf " + brief(slot.spec());
    }

    private static String brief(Spec spec) {
        return spec.dtype() + spec.shape().toString();
    }
}
