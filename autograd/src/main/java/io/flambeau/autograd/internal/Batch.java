package io.flambeau.autograd.internal;

import io.flambeau.autograd.Vmap;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Batching;
import io.flambeau.tensor.spi.Decorator;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function on all elements of a batch at once: the function sees one element, its operations run on all.
 *
 * <p>Note [How operations are batched]: primitives and views have another operation of their family that does it. A
 * derived operation without a gradient of its own is decomposed; one with a gradient becomes a {@link BatchedOp}, so
 * that its own gradient is used. Operations of the host run once for each element. New constants get a value for each
 * element, because a batched value may be written into them.
 */
public final class Batch implements Decorator {
    private static final Access DOOR = Access.door();

    private final long size;
    private final Vmap.Randomness randomness;

    public Batch(long size, Vmap.Randomness randomness) {
        this.size = size;
        this.randomness = randomness;
    }

    /** Runs the body as one that sees elements; also where it already does. */
    public <T extends @Nullable Object> T call(Supplier<T> body) {
        Modes modes = Modes.current();
        for (Decorator decorator : modes.above()) {
            if (decorator == this) {
                return body.get();
            }
        }
        return modes.with(this, true).call(body);
    }

    /** An element of the tensor, whose first axis is the batch's. */
    public Tensor element(Tensor all) {
        return Lane.of(this, all);
    }

    /** All elements, along a first axis. */
    public Tensor all(Tensor element) {
        return lane(element) instanceof Lane lane ? lane.target() : spread(element);
    }

    /** Whether a tensor has a value for each element. */
    public boolean differs(Tensor element) {
        return lane(element) != null;
    }

    private @Nullable Lane lane(Tensor tensor) {
        return DOOR.symbol(tensor) instanceof Lane lane && lane.batch() == this ? lane : null;
    }

    /** The same value for all elements, along a first axis. */
    Tensor spread(Tensor tensor) {
        return tensor.expand(tensor.shape().insert(0, size));
    }

    private boolean concerns(Tensor[] tensors) {
        for (Tensor t : tensors) {
            if (DOOR.symbol(t) instanceof Lane lane && lane.batch() == this) {
                return true;
            }
        }
        return false;
    }

    Tensor[] elements(Tensor[] all) {
        Tensor[] elements = new Tensor[all.length];
        for (int i = 0; i < all.length; i++) {
            elements[i] = element(all[i]);
        }
        return elements;
    }

    Tensor[] alls(Tensor[] elements) {
        Tensor[] all = new Tensor[elements.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = all(elements[i]);
        }
        return all;
    }

    @Override
    public Tensor[] bind(Op op, Tensor[] in, Interpreter next) {
        if (Batching.drawsOnHost(op) && randomness != Vmap.Randomness.SAME) {
            if (randomness == Vmap.Randomness.ERROR) {
                throw drawn(op, in);
            }
            return elements(oneByOne(op, alls(in), next));
        }
        if (!concerns(in)) {
            Op apart = Batching.apart(op, size);
            if (apart != null) {
                return switch (randomness) {
                    case SAME -> next.bind(op, in);
                    case DIFFERENT -> elements(next.bind(apart, in));
                    case ERROR -> throw drawn(op, in);
                };
            }
            Op constant = in.length == 0 ? Batching.batched(op, size) : op;
            return constant == null || constant.equals(op) ? next.bind(op, in) : elements(next.bind(constant, in));
        }
        op.infer(specs(in));
        Op batched = Batching.batched(op, size);
        if (batched != null) {
            return elements(next.bind(batched, prepared(op, in)));
        }
        return switch (op) {
            case Derived.WithGradient derived -> elements(next.bind(new BatchedOp(this, derived), alls(in)));
            case Derived derived -> derived.decompose(in);
            default -> elements(oneByOne(op, alls(in), next));
        };
    }

    private static ArgumentException drawn(Op op, Tensor[] in) {
        return new ArgumentException(
                "vmap",
                "the function draws " + op.infer(specs(in))[0]
                        + " at random; say whether the elements share the numbers",
                Fault.BAD_ARGUMENT);
    }

    private static Spec[] specs(Tensor[] in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < specs.length; i++) {
            specs[i] = in[i].spec();
        }
        return specs;
    }

    private Tensor[] oneByOne(Op op, Tensor[] all, Interpreter next) {
        if (op instanceof HostOp host && host.dataDependent()) {
            throw new TensorException(
                    op.title(),
                    "the shape of its result depends on the data and may differ between the elements of a batch; call"
                            + " it outside of vmap",
                    Fault.NO_VALUE);
        }
        Tensor[][] results = new Tensor[Math.toIntExact(size)][];
        for (int b = 0; b < results.length; b++) {
            Tensor[] one = new Tensor[all.length];
            for (int i = 0; i < one.length; i++) {
                one[i] = all[i].select(0, b);
            }
            boolean apart = randomness == Vmap.Randomness.DIFFERENT;
            results[b] = next.bind(apart ? Batching.apart(op, b) : op, one);
        }
        Tensor[] out = new Tensor[results[0].length];
        for (int i = 0; i < out.length; i++) {
            Tensor[] column = new Tensor[results.length];
            for (int b = 0; b < column.length; b++) {
                column[b] = results[b][i];
            }
            out[i] = Tensor.stackAll(0, column);
        }
        return out;
    }

    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations, Interpreter next) {
        if (!concerns(in) && !concerns(destinations)) {
            next.bindInto(op, in, destinations);
            return;
        }
        for (Tensor destination : destinations) {
            if (!concerns(new Tensor[] {destination})) {
                throw new ArgumentException(
                        op.title() + "_",
                        "a value for each element of a batch cannot be written into a tensor from outside of vmap,"
                                + " which has one value for all; write into a new tensor and return it",
                        Fault.BAD_ARGUMENT);
            }
        }
        Op batched = Batching.batched(op, size);
        if (batched != null) {
            next.bindInto(batched, prepared(op, in), alls(destinations));
            return;
        }
        Tensor[] results = bind(op, apart(in, destinations), next);
        for (int i = 0; i < destinations.length; i++) {
            destinations[i].copy_(results[i]);
        }
    }

    private Tensor[] prepared(Op op, Tensor[] in) {
        Tensor[] all = alls(in);
        for (int i = 0; i < all.length; i++) {
            all[i] = Batching.prepared(op, all[i]);
        }
        return all;
    }

    /** The inputs with copies of those that will be overwritten, in case a gradient needs them. */
    private static Tensor[] apart(Tensor[] in, Tensor[] destinations) {
        Tensor[] apart = in.clone();
        for (int i = 0; i < apart.length; i++) {
            for (Tensor destination : destinations) {
                if (Checks.storage(in[i]) == Checks.storage(destination)) {
                    apart[i] = in[i].clone();
                }
            }
        }
        return apart;
    }
}
