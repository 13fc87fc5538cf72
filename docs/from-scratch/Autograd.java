import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** How a tensor came about; of a leaf, the tensor itself. */
record Node(Op op, Tensor[] in, Op.Pullback pullback) {}

/** Gradients as an interpreter. It names no operation: each brings its own rule. */
final class Autograd implements Interpreter {
    @Override
    public Tensor bind(Op op, Tensor[] in, Stack below) {
        if (op instanceof Derived derived && !(op instanceof Derived.WithGradient)) {
            return derived.decompose(in);
        }
        Tensor out = below.bind(op, in);
        for (Tensor x : in) {
            if (x.history != null && out.history == null) {
                Op.Pullback pullback = op.pullback(in, out);
                out.history = pullback == null ? null : new Node(op, in, pullback);
            }
        }
        return out;
    }

    /** Adds the gradients of a single number to all leaves it was made of. */
    static void backward(Tensor loss) {
        Map<Node, Tensor> found = Door.with(Door.stack().quiet(), () -> gradients(loss));
        found.forEach((node, g) -> {
            if (node.pullback() == null) {
                Tensor leaf = node.in()[0];
                leaf.grad = leaf.grad == null ? g : leaf.grad.add(g);
            }
        });
    }

    /** The gradient of a single number as a tensor with a history of its own, so that it has a gradient again. */
    static Tensor gradient(Tensor y, Tensor x) {
        return gradients(y).get(x.history);
    }

    /** Backwards through the graph, each node once, when all that uses it has spoken. */
    private static Map<Node, Tensor> gradients(Tensor y) {
        Map<Node, Tensor> gradients = new IdentityHashMap<>();
        gradients.put(y.history, Tensor.of(1));
        for (Node node : order(y.history).reversed()) {
            if (node.pullback() != null) {
                Tensor[] parts = node.pullback().of(gradients.get(node));
                for (int i = 0; i < parts.length; i++) {
                    if (node.in()[i].history != null) {
                        gradients.merge(node.in()[i].history, parts[i], Tensor::add);
                    }
                }
            }
        }
        return gradients;
    }

    /** Every node after those it was made of; without recursion, for graphs may be deep. */
    private static List<Node> order(Node root) {
        List<Node> order = new ArrayList<>();
        Map<Node, Boolean> done = new IdentityHashMap<>();
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.peek();
            boolean first = done.putIfAbsent(node, false) == null;
            if (first && node.pullback() != null) {
                for (Tensor x : node.in()) {
                    if (x.history != null && !done.containsKey(x.history)) {
                        open.push(x.history);
                    }
                }
            } else {
                open.pop();
                if (!done.put(node, true)) {
                    order.add(node);
                }
            }
        }
        return order;
    }
}
