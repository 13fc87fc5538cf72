/** An operation is a value: it knows its shape rule and its gradient, and nothing of who runs it. */
sealed interface Op permits Primitive, ViewOp, Derived {
    int[] infer(int[]... in);

    /** How a gradient of the output becomes gradients of the inputs, written in operations; null where there is none. */
    default Pullback pullback(Tensor[] in, Tensor out) {
        return null;
    }

    /** Gives a gradient for each input; null for an input without one. */
    interface Pullback {
        Tensor[] of(Tensor gradient);
    }
}

/** A family that every backend implements. */
sealed interface Primitive extends Op permits Unary, Binary, Sum, MatMul {}

/** Another look at the same memory: no kernel, no copy. */
sealed interface ViewOp extends Op permits Expand, Transpose {
    View look(View x);
}

/** Composed of other operations, from which its gradient follows. Open to everyone. */
non-sealed interface Derived extends Op {
    Tensor decompose(Tensor... in);

    /** One with a better gradient than that of its decomposition. */
    interface WithGradient extends Derived {}
}
