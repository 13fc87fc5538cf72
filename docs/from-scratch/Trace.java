import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A program written down: the other terminal interpreter. What stands above it, gradients too, is written down with it. */
final class Trace implements Interpreter {
    record Step(Op op, Tensor[] in, Tensor out) {}

    final List<Step> steps = new ArrayList<>();
    private Tensor input;
    private Tensor output;

    static Trace of(UnaryOperator<Tensor> program, int... shape) {
        Trace trace = new Trace();
        trace.input = new Tensor(shape, null);
        trace.output = Door.with(
                new Stack(new Autograd(), new Stack(trace, null)), () -> program.apply(trace.input));
        return trace;
    }

    @Override
    public Tensor bind(Op op, Tensor[] in, Stack below) {
        Tensor out = new Tensor(op.infer(Door.shapes(in)), null);
        steps.add(new Step(op, in, out));
        return out;
    }

    Tensor replay(Tensor x) {
        Map<Tensor, Tensor> values = new IdentityHashMap<>(Map.of(input, x));
        for (Step step : steps) {
            Tensor[] in = step.in.clone();
            for (int i = 0; i < in.length; i++) {
                in[i] = values.getOrDefault(in[i], in[i]);
            }
            values.put(step.out, Door.bind(step.op, in));
        }
        return values.get(output);
    }
}
