package io.flambeau.backend.cpu.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in two forms with the same bits, of vectors and plain, and which of them is to run.
 *
 * <p>Note [Cold kernels]: until the second compiler has a kernel of vectors, each of its vectors is an object and each
 * operation on one a call, so work takes a hundred times as long; and when a program starts, the compiler has hundreds of
 * methods to do first. Plain loops are a few times slower than compiled vectors, but nearly so fast from the start. So
 * they stand in when program and kernel are new: for as long as it takes to make a model's parameters and to train on a
 * batch, or, where they would take most of that time themselves, for a moment. A kernel that is first called later, when
 * the compiler has time, is of vectors at once.
 *
 * <p>Note [Plain loops on the heap]: before the second compiler has a loop, an access to native memory is many calls, an
 * access to an array is none. So plain loops that stand in copy what they read to an array and their results back.
 *
 * @param <T> what the kernel is called by
 */
public final class Forms<T> {
    /** Nanoseconds for which a program is new, and for which the plain form of a kernel runs. */
    private static final long LONG = 2_000_000_000;

    private static final long OPENED = System.nanoTime();

    /** The same for products: a program that has many is better off with vectors soon. */
    private static final long SHORT = 200_000_000;

    private final @Nullable Supplier<? extends @Nullable T> vector;
    private final T plain;
    private final long patience;

    /**
     * The form that runs from now on; null while the plain one stands in. As both give the same bits, it does not matter
     * when a thread sees it.
     */
    private @Nullable T settled;

    /** When the kernel was first called; 0 until then. */
    private long start;

    private boolean turn;
    private @Nullable T made;

    private Forms(@Nullable Supplier<? extends @Nullable T> vector, T plain, long patience) {
        this.vector = vector;
        this.plain = plain;
        this.patience = patience;
        if (vector == null || patience == 0) {
            settled = made();
        }
    }

    /** @param vector makes the form of vectors, or null if there is none; null on the plain path */
    public static <T> Forms<T> of(@Nullable Supplier<? extends @Nullable T> vector, T plain) {
        return new Forms<>(vector, plain, Kernels.STAND_INS ? LONG : 0);
    }

    /** The forms of a kernel that nearly all the time of heavy work goes to. */
    static <T> Forms<T> heavy(T vector, T plain) {
        return new Forms<>(() -> vector, plain, Kernels.STAND_INS ? SHORT : 0);
    }

    /** A kernel that has but one form. */
    public static <T> Forms<T> only(T kernel) {
        return new Forms<>(null, kernel, 0);
    }

    /** The form that stands in, or the only one. */
    T plain() {
        return plain;
    }

    /** The form that a call is to take. */
    public T now() {
        T form = settled;
        return form != null ? form : unsettled();
    }

    private T unsettled() {
        if (Kernels.ALTERNATE) {
            turn = !turn;
            return turn ? plain : made();
        }
        long time = System.nanoTime();
        if (start == 0) {
            start = time;
        }
        if (time - start <= patience && start - OPENED <= LONG) {
            return plain;
        }
        T form = made();
        settled = form;
        return form;
    }

    /** The form of vectors, made when it is first wanted; the plain one if there is no other. */
    private synchronized T made() {
        T form = made;
        if (form == null) {
            form = vector != null ? vector.get() : null;
            form = form != null ? form : plain;
            made = form;
        }
        return form;
    }
}
