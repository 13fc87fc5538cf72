package io.flambeau.tensor.spi;

import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The one door from interpreters and engines to the inside of a {@link Tensor}. */
public abstract class Access {
    private static @Nullable Access instance;

    protected Access() {}

    /** Called once, by Tensor's initialiser. */
    public static void install(Access access) {
        if (instance != null) {
            throw new IllegalStateException("the door is installed already");
        }
        instance = access;
    }

    private static final class Holder {
        static final Access DOOR = load();

        private static Access load() {
            try {
                Class.forName("io.flambeau.tensor.Tensor", true, Access.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new ExceptionInInitializerError(e);
            }
            return java.util.Objects.requireNonNull(instance);
        }
    }

    public static Access door() {
        return Holder.DOOR;
    }

    /** What runs operations on their devices: the interpreter below all others. */
    public abstract Interpreter eager();

    /**
     * The engine of gradients.
     *
     * @param caller what needs it, for the error where there is none
     */
    public abstract Autograd autograd(String caller);

    /** A tensor with data. */
    public abstract Tensor of(View view, Spec spec);

    /** A tensor without data that stands for a place in a trace or a batch. */
    public abstract Tensor symbolic(Spec spec, Object symbol);

    /** The symbol, or null for a tensor with data. */
    public abstract @Nullable Object symbol(Tensor tensor);

    /**
     * The data, after checking that it is live and this thread's.
     *
     * @param caller the operation, or a name for it, that errors shall name
     */
    public abstract View view(Tensor tensor, Object caller);

    /** The data without a check; for bookkeeping that does not touch it. */
    public abstract View rawView(Tensor tensor);

    /** The history, refreshed if the tensor is a view whose base was written; null if not tracked. */
    public abstract @Nullable History history(Tensor tensor);

    public abstract void history(Tensor tensor, @Nullable History history);

    /** The tensor whose memory this one looks at, or null if it is not a view. */
    public abstract @Nullable Tensor base(Tensor tensor);

    /** Declares {@code tensor} a view of {@code of} (or of what {@code of} is a view of). */
    public abstract void viewOf(Tensor tensor, Tensor of, boolean multiple);

    /** Whether the tensor is one of several views made by one operation, which may not be written under grad. */
    public abstract boolean isOneOfSeveral(Tensor tensor);

    /** Notes that the tensor's history is as new as its base's. */
    public abstract void fresh(Tensor tensor);

    /** Marks a tensor as made in inference mode: it may never be saved for a gradient. */
    public abstract void markInference(Tensor tensor);

    public abstract boolean isInference(Tensor tensor);

    /** Swaps the data under a handle: device moves and loading keep the tensor's identity. */
    public abstract void replace(Tensor tensor, View view, Spec spec);

    /** Makes a tensor look at its memory as a view of it does, with the view's history if it has one. */
    public abstract void look(Tensor tensor, Tensor through);

    /** A second handle to the same data, without history. */
    public abstract Tensor alias(Tensor tensor);
}
