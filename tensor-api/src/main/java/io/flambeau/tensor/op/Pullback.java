package io.flambeau.tensor.op;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A gradient rule and the values it saves.
 *
 * <p>The rule itself captures no tensor: what it needs later is named in {@link #saving} and handed back to it, so that
 * the graph knows every byte it holds, frees each value when its node has run, and notices overwritten ones. Cotangents
 * of outputs that nothing used arrive as zeros. For complex values the rule follows PyTorch's convention: the cotangent
 * is the conjugate Wirtinger derivative, hence the {@code conj()} in rules of holomorphic functions.
 *
 * <pre>{@code
 * Pullback.saving(x, y).of((g, s) -> g.mul(s[1].conj()), (g, s) -> g.mul(s[0].conj()))   // of x * y
 * }</pre>
 */
public final class Pullback {
    /** The gradient of one input. */
    @FunctionalInterface
    public interface Part {
        Tensor apply(Tensor g, Tensor[] saved);
    }

    /** The gradients of all inputs at once, for several outputs or where they share work. */
    @FunctionalInterface
    public interface Joint {
        /**
         * @param g one cotangent for each output; null for one that is neither floating nor complex
         * @param saved the saved values in their order; null for one that no needed gradient reads
         * @param needs which inputs need a gradient
         * @return one gradient for each input; null where none is needed or there is none
         */
        @Nullable Tensor[] apply(Tensor[] g, Tensor[] saved, boolean[] needs);
    }

    /** The gradient that an input does not have: asking for it fails and names the operation. */
    private record Refusal(Op op, @Nullable String argument) implements Part {
        @Override
        public Tensor apply(Tensor g, Tensor[] saved) {
            throw new GradientException(
                    op.title(),
                    argument == null
                            ? "has no gradient, and one of shape " + g.shape() + " came back to it; detach() its inputs"
                            : "has no gradient for " + argument + ", and one was asked for; detach() it",
                    Fault.NOT_DIFFERENTIABLE);
        }
    }

    /** Names the saved values first, the rule second. */
    public static final class Saving {
        private final Tensor[] saved;

        private Saving(Tensor[] saved) {
            this.saved = saved;
        }

        /** One rule for each input of an operation with one output; null for an input without gradient. */
        public Pullback of(@Nullable Part... parts) {
            return new Pullback(saved, each(parts), null, 0, refused(parts));
        }

        /** One rule for all inputs. */
        public Pullback joint(Joint rule) {
            return new Pullback(saved, rule);
        }
    }

    private static final Tensor[] NOTHING = {};
    private static final Saving EMPTY = new Saving(NOTHING);

    private final Tensor[] saved;
    private final Joint rule;
    private final long @Nullable [] reads;
    private final long constant;
    private final long refused;

    private Pullback(Tensor[] saved, Joint rule) {
        this(saved, rule, null, 0, 0);
    }

    private Pullback(Tensor[] saved, Joint rule, long @Nullable [] reads, long constant, long refused) {
        this.saved = saved;
        this.rule = rule;
        this.reads = reads;
        this.constant = constant;
        this.refused = refused;
    }

    /**
     * Says which saved values the gradient of each input reads, so that the others are not kept where an input needs no
     * gradient: the product of an activation with a frozen weight keeps the weight alone.
     *
     * @param reads for each input a set of bits, bit k for saved value k; without this, each reads all
     */
    public Pullback reading(long... reads) {
        return new Pullback(saved, rule, reads, constant, refused);
    }

    /**
     * Says which outputs have no gradient although their dtype allows one.
     *
     * @param outputs a set of bits, bit i for output i
     */
    public Pullback constant(long outputs) {
        return new Pullback(saved, rule, reads, outputs, refused);
    }

    /** Whether the output has no gradient. */
    public boolean isConstant(int output) {
        return (constant >>> output & 1) != 0;
    }

    /** Whether the gradient of the input reads the saved value. */
    public boolean reads(int input, int value) {
        return reads == null || (reads[input] >>> value & 1) != 0;
    }

    public static Saving saving(Tensor... values) {
        return values.length == 0 ? EMPTY : new Saving(values);
    }

    /** A rule that saves nothing, one for each input. */
    public static Pullback of(@Nullable Part... parts) {
        return EMPTY.of(parts);
    }

    /** A joint rule that saves nothing. */
    public static Pullback joint(Joint rule) {
        return EMPTY.joint(rule);
    }

    /** The rule of an operation without gradient: what depends on it is tracked, and asking for its gradient fails. */
    public static Pullback refused(Op op, int inputs) {
        Part[] parts = new Part[inputs];
        Arrays.fill(parts, new Refusal(op, null));
        return of(parts);
    }

    /** The gradient of an input that has none although the others have: asking for it fails. */
    public static Part refused(Op op, String argument) {
        return new Refusal(op, argument);
    }

    /** Whether asking for the gradient of the input fails, whatever the values. */
    public boolean refuses(int input) {
        return (refused >>> input & 1) != 0;
    }

    private static long refused(@Nullable Part[] parts) {
        long inputs = 0;
        for (int i = 0; i < parts.length; i++) {
            inputs |= parts[i] instanceof Refusal ? 1L << i : 0;
        }
        return inputs;
    }

    private static Joint each(@Nullable Part[] parts) {
        return (g, saved, needs) -> {
            Tensor[] gradients = new Tensor[needs.length];
            for (int i = 0; i < parts.length; i++) {
                Part part = parts[i];
                if (needs[i] && part != null) {
                    gradients[i] = part.apply(g[0], saved);
                }
            }
            return gradients;
        };
    }

    /** The values to keep until the rule has run. */
    public Tensor[] saved() {
        return saved;
    }

    public Joint rule() {
        return rule;
    }
}
