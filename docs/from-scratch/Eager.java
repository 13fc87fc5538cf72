/** One method for each family of primitives, over views. A backend never sees a tensor. */
interface Backend {
    void unary(Unary op, View x, View out);

    void binary(Binary op, View x, View y, View out);

    void sum(int axis, View x, View out);

    void matmul(View x, View y, View out);
}

/** The terminal interpreter: operations as work on a backend. */
record Eager(Backend backend) implements Interpreter {
    @Override
    public Tensor bind(Op op, Tensor[] in, Stack below) {
        int[] shape = op.infer(Door.shapes(in));
        return switch (op) {
            case ViewOp view -> new Tensor(shape, view.look(in[0].view));
            case Derived derived -> Door.with(new Stack(this, null), () -> derived.decompose(in));
            case Primitive primitive -> {
                View out = View.dense(shape);
                switch (primitive) {
                    case Unary unary -> backend.unary(unary, in[0].view, out);
                    case Binary binary -> backend.binary(binary, in[0].view, in[1].view, out);
                    case Sum sum -> backend.sum(sum.axis(), in[0].view, out);
                    case MatMul _ -> backend.matmul(in[0].view, in[1].view, out);
                }
                yield new Tensor(shape, out);
            }
        };
    }
}

/** The slowest backend that is right. */
final class Cpu implements Backend {
    @Override
    public void unary(Unary op, View x, View out) {
        for (int i = 0; i < out.count(); i++) {
            out.set(i, (float) op.scalar.applyAsDouble(x.get(i)));
        }
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        for (int i = 0; i < out.count(); i++) {
            out.set(i, (float) op.scalar.applyAsDouble(x.get(i), y.get(i)));
        }
    }

    @Override
    public void sum(int axis, View x, View out) {
        int columns = x.shape()[1];
        for (int i = 0; i < x.count(); i++) {
            int to = axis == 0 ? i % columns : i / columns;
            out.set(to, out.get(to) + x.get(i));
        }
    }

    @Override
    public void matmul(View x, View y, View out) {
        int inner = x.shape()[1];
        int columns = y.shape()[1];
        for (int i = 0; i < out.count(); i++) {
            float sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += x.get(i / columns * inner + k) * y.get(k * columns + i % columns);
            }
            out.set(i, sum);
        }
    }
}
