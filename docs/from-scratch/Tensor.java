import java.util.Arrays;

/** What users touch: a handle. Its methods name operations and hand them to the door. All tensors are matrices here. */
final class Tensor {
    final int[] shape;
    final View view;
    Node history;
    Tensor grad;

    /** The view is null while a program is only written down. */
    Tensor(int[] shape, View view) {
        this.shape = shape;
        this.view = view;
    }

    static Tensor of(float value) {
        return of(1, value);
    }

    static Tensor of(int rows, float... values) {
        int[] shape = {rows, values.length / rows};
        return new Tensor(shape, new View(values, shape, View.dense(shape).strides(), 0));
    }

    Tensor requiresGrad() {
        history = new Node(null, new Tensor[] {this}, null);
        return this;
    }

    Tensor add(Tensor y) {
        return broadcast(Binary.ADD, y);
    }

    Tensor mul(Tensor y) {
        return broadcast(Binary.MUL, y);
    }

    Tensor div(Tensor y) {
        return broadcast(Binary.DIV, y);
    }

    Tensor greater(Tensor y) {
        return broadcast(Binary.GREATER, y);
    }

    private Tensor broadcast(Binary op, Tensor y) {
        int[] to = {Math.max(shape[0], y.shape[0]), Math.max(shape[1], y.shape[1])};
        return Door.bind(op, expand(to), y.expand(to));
    }

    Tensor expand(int[] to) {
        return Arrays.equals(shape, to) ? this : Door.bind(new Expand(to), this);
    }

    Tensor neg() {
        return Door.bind(Unary.NEG, this);
    }

    Tensor exp() {
        return Door.bind(Unary.EXP, this);
    }

    Tensor sum(int axis) {
        return Door.bind(new Sum(axis), this);
    }

    Tensor sum() {
        return sum(0).sum(1);
    }

    Tensor matmul(Tensor y) {
        return Door.bind(new MatMul(), this, y);
    }

    Tensor t() {
        return Door.bind(new Transpose(), this);
    }

    Tensor relu() {
        return Door.bind(new Relu(), this);
    }

    Tensor sigmoid() {
        return Door.bind(new Sigmoid(), this);
    }

    float item() {
        if (view == null) {
            throw new IllegalStateException("item: while a program is written down there are no values");
        }
        return view.get(0);
    }
}
