import java.util.Arrays;
import java.util.function.Supplier;

/** What is done with an operation: it is run, recorded, written down. */
interface Interpreter {
    Tensor bind(Op op, Tensor[] in, Stack below);
}

/** Interpreters, the outermost first. */
record Stack(Interpreter top, Stack below) {
    Tensor bind(Op op, Tensor... in) {
        return top.bind(op, in, below);
    }

    /** The stack without recording. */
    Stack quiet() {
        return top instanceof Autograd ? below : this;
    }
}

/** The one door: every operation passes it, and meets the interpreters of the running code. */
final class Door {
    private static final Stack DEFAULT = new Stack(new Autograd(), new Stack(new Eager(new Cpu()), null));
    private static final ScopedValue<Stack> STACK = ScopedValue.newInstance();

    private Door() {}

    static Stack stack() {
        return STACK.orElse(DEFAULT);
    }

    static Tensor bind(Op op, Tensor... in) {
        return stack().bind(op, in);
    }

    /** Runs the body under other interpreters: they cannot leak, they are bound with a lambda. */
    static <T> T with(Stack stack, Supplier<T> body) {
        return ScopedValue.where(STACK, stack).call(body::get);
    }

    static int[][] shapes(Tensor[] in) {
        return Arrays.stream(in).map(x -> x.shape).toArray(int[][]::new);
    }
}
