package io.flambeau.tck;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A program written down: an interpreter that runs nothing, notes every operation with its inputs, and can be replayed
 * on other values of the same specs.
 *
 * <pre>{@code
 * Trace trace = Trace.of(in -> new Tensor[] {in[0].mul(in[1]).sum()}, false, x.spec(), y.spec());
 * Tensor[] out = trace.replay(x, y);
 * }</pre>
 */
public final class Trace implements Interpreter {
    private static final Access DOOR = Access.door();

    private record Step(Op op, Tensor[] in, Tensor[] out, boolean into) {}

    private final boolean decomposing;
    private final List<Step> steps = new ArrayList<>();
    private Tensor[] inputs = {};
    private Tensor[] outputs = {};

    private Trace(boolean decomposing) {
        this.decomposing = decomposing;
    }

    /**
     * Writes a program down.
     *
     * @param decomposing whether derived operations are noted by what they decompose into
     * @param specs of the program's inputs
     */
    public static Trace of(UnaryOperator<Tensor[]> program, boolean decomposing, Spec... specs) {
        Trace trace = new Trace(decomposing);
        trace.inputs = symbols(specs);
        trace.outputs = Modes.current().with(trace).call(() -> program.apply(trace.inputs));
        return trace;
    }

    private static Tensor[] symbols(Spec[] specs) {
        Tensor[] symbols = new Tensor[specs.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = DOOR.symbolic(specs[i], new Object());
        }
        return symbols;
    }

    private static Spec[] specs(Tensor[] in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < specs.length; i++) {
            specs[i] = in[i].spec();
        }
        return specs;
    }

    @Override
    public Tensor[] bind(Op op, Tensor[] in) {
        if (op instanceof HostOp host && host.dataDependent()) {
            throw new TensorException(
                    op.title(), "has shapes that depend on values, and cannot be traced", Fault.NO_VALUE);
        }
        Spec[] specs = op.infer(specs(in));
        if (decomposing && op instanceof Derived derived) {
            return derived.decompose(in);
        }
        Tensor[] out = symbols(specs);
        steps.add(new Step(op, in.clone(), out, false));
        return out;
    }

    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        op.infer(specs(in));
        steps.add(new Step(op, in.clone(), destinations.clone(), true));
    }

    /** The operations in the order in which they were noted. */
    public List<Op> operations() {
        return steps.stream().map(Step::op).toList();
    }

    /** Runs what was written down on other values. */
    public Tensor[] replay(Tensor... values) {
        Map<Object, Tensor> known = new IdentityHashMap<>();
        bound(known, inputs, values);
        for (Step step : steps) {
            Tensor[] in = resolved(known, step.in);
            if (step.into) {
                write(run(step.op, in), resolved(known, step.out));
            } else {
                bound(known, step.out, run(step.op, in));
            }
        }
        return resolved(known, outputs);
    }

    /** While tracing nothing has strides, so whether a reshape must copy is known only now. */
    private static Tensor[] run(Op op, Tensor[] in) {
        return op instanceof Reshape reshape ? new Tensor[] {in[0].reshape(reshape.to())} : Tensor.bindAll(op, in);
    }

    private static void write(Tensor[] results, Tensor[] destinations) {
        for (int i = 0; i < results.length; i++) {
            destinations[i].copy_(results[i]);
        }
    }

    private static void bound(Map<Object, Tensor> known, Tensor[] symbols, Tensor[] values) {
        for (int i = 0; i < symbols.length; i++) {
            known.put(symbol(symbols[i]), values[i]);
        }
    }

    /** What handles of one value have in common; a constant of the program stands for itself. */
    private static Object symbol(Tensor tensor) {
        Object symbol = DOOR.symbol(tensor);
        return symbol == null ? tensor : symbol;
    }

    private static Tensor[] resolved(Map<Object, Tensor> known, Tensor[] symbols) {
        Tensor[] values = new Tensor[symbols.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = known.getOrDefault(symbol(symbols[i]), symbols[i]);
        }
        return values;
    }
}
