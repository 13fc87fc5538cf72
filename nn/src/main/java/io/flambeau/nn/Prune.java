package io.flambeau.nn;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parameters with elements that stay 0: a parametrisation by a mask, under the keys
 * {@code parametrizations.weight.original} and {@code parametrizations.weight.0.mask}.
 *
 * <pre>{@code
 * Prune.l1Unstructured(layer, "weight", 0.3);          // the smallest 30 % become 0
 * Prune.lnStructured(layer, "weight", 2L, 2, 0);       // and two more rows, those of the least norm
 * Prune.remove(layer, "weight");                       // an ordinary parameter again, zeros and all
 * }</pre>
 *
 * An amount is a share from 0 to 1 or, as a whole number, a count. Who prunes again takes from what is left, and the
 * amount is one of what is left.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/nn.html#module-torch.nn.utils.prune">torch.nn.utils.prune</a>
 */
public final class Prune {
    private Prune() {}

    /** A parameter times a mask. */
    static final class Pruned extends Parametrisation {
        /** The mask lies where PyTorch has the state of a parametrisation. */
        private static final class Mask extends Module {
            private final Tensor mask;

            Mask(Tensor mask) {
                this.mask = buffer("mask", mask);
            }
        }

        private final Tensor original;
        private final Mask mask;

        Pruned(Tensor weight) {
            this.original = parameter("original", weight.clone());
            this.mask = child("0", new Mask(weight.onesLike()));
        }

        @Override
        Tensor value() {
            return original.mul(mask.mask);
        }
    }

    /** How many of so many are pruned. */
    private interface Amount {
        long of(long size);

        static Amount share(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new ArgumentException(
                        "prune", "the share is " + share + "; it must lie between 0 and 1", Fault.BAD_ARGUMENT);
            }
            return size -> (long) Math.rint(share * size);
        }

        static Amount count(long count) {
            return size -> {
                if (count < 0 || count > size) {
                    throw new ArgumentException(
                            "prune",
                            "cannot prune " + count + " of the " + size + " that are left",
                            Fault.BAD_ARGUMENT);
                }
                return count;
            };
        }
    }

    /** Prunes the elements of the least absolute value. Returns the module. */
    public static <M extends Module> M l1Unstructured(M module, String name, double share) {
        return prune(module, name, null, Tensor::abs, Amount.share(share));
    }

    /** As {@link #l1Unstructured(Module, String, double)}, a number of them. */
    public static <M extends Module> M l1Unstructured(M module, String name, long count) {
        return prune(module, name, null, Tensor::abs, Amount.count(count));
    }

    /** Prunes elements at random. Returns the module. */
    public static <M extends Module> M randomUnstructured(M module, String name, double share) {
        return prune(module, name, null, Prune::random, Amount.share(share));
    }

    /** As {@link #randomUnstructured(Module, String, double)}, a number of them. */
    public static <M extends Module> M randomUnstructured(M module, String name, long count) {
        return prune(module, name, null, Prune::random, Amount.count(count));
    }

    /**
     * Prunes the slices along an axis that have the least norm. Returns the module.
     *
     * @param n the norm's order, as of {@code Linalg.vectorNorm}
     */
    public static <M extends Module> M lnStructured(M module, String name, double share, double n, int axis) {
        return prune(module, name, axis, w -> norm(w, n, axis), Amount.share(share));
    }

    /** As {@link #lnStructured(Module, String, double, double, int)}, a number of them. */
    public static <M extends Module> M lnStructured(M module, String name, long count, double n, int axis) {
        return prune(module, name, axis, w -> norm(w, n, axis), Amount.count(count));
    }

    /** Prunes slices along an axis at random. Returns the module. */
    public static <M extends Module> M randomStructured(M module, String name, double share, int axis) {
        return prune(module, name, axis, w -> random(norm(w, 1, axis)), Amount.share(share));
    }

    /** As {@link #randomStructured(Module, String, double, int)}, a number of them. */
    public static <M extends Module> M randomStructured(M module, String name, long count, int axis) {
        return prune(module, name, axis, w -> random(norm(w, 1, axis)), Amount.count(count));
    }

    /** Prunes the elements where the mask is 0. Returns the module. */
    public static <M extends Module> M customFromMask(M module, String name, Tensor mask) {
        Pruned pruned = pruned(module, name);
        Tensors.noGrad(() -> {
            pruned.mask.mask.mul_(mask.ne(0));
        });
        pruned.refresh();
        return module;
    }

    /** Makes the parameter an ordinary one again, with zeros where it was pruned. Returns the module. */
    public static <M extends Module> M remove(M module, String name) {
        return Parametrisations.remove(module, name);
    }

    /** Whether the module or one below it has a pruned parameter. */
    public static boolean isPruned(Module module) {
        return module.namedModules().values().stream().anyMatch(Pruned.class::isInstance);
    }

    private static Tensor random(Tensor like) {
        return Tensors.rand(like.shape().sizes()).to(like.device());
    }

    private static int[] others(Tensor w, int axis) {
        int kept = Math.floorMod(axis, w.rank());
        return IntStream.range(0, w.rank()).filter(i -> i != kept).toArray();
    }

    private static Tensor norm(Tensor w, double n, int axis) {
        return w.norm(n, false, others(w, axis));
    }

    private static Pruned pruned(Module module, String name) {
        if (module.parametrisation(name) instanceof Pruned before) {
            return before;
        }
        Pruned[] made = new Pruned[1];
        module.parametrise(name, weight -> made[0] = new Pruned(weight));
        return made[0];
    }

    private static <M extends Module> M prune(
            M module, String name, @Nullable Integer axis, UnaryOperator<Tensor> scores, Amount amount) {
        boolean isNew = !(module.parametrisation(name) instanceof Pruned);
        Pruned pruned = pruned(module, name);
        try {
            Tensors.noGrad(() -> narrow(pruned.mask.mask, pruned.original.detach(), axis, scores, amount));
        } catch (TensorException e) {
            if (isNew) {
                module.settle(name);
            }
            throw e;
        }
        pruned.refresh();
        return module;
    }

    /** Sets the mask to 0 where the scores of what is left are lowest: of elements, or of slices along an axis. */
    private static void narrow(
            Tensor mask, Tensor weight, @Nullable Integer axis, UnaryOperator<Tensor> scores, Amount amount) {
        Tensor alive = axis == null ? mask.ne(0) : mask.ne(0).any(false, others(mask, axis));
        Tensor left = alive.flatten();
        Tensor ranked =
                scores.apply(weight).flatten().to(DType.F32).maskedFill(left.logicalNot(), Double.POSITIVE_INFINITY);
        long count = amount.of(left.sum().itemLong());
        Tensor lowest = ranked.topk(count, 0, false)[1];
        Tensor kept = ranked.onesLike().scatter(0, lowest, Scalar.of(0));
        long[] sizes = mask.shape().sizes();
        if (axis != null) {
            int along = Math.floorMod(axis, sizes.length);
            long size = sizes[along];
            Arrays.fill(sizes, 1);
            sizes[along] = size;
        }
        mask.mul_(kept.reshape(sizes).to(mask.dtype()));
    }
}
