import java.util.List;
import java.util.Random;

/** A network learns exclusive-or; then gradients of gradients, and a gradient written down and replayed. */
final class Main {
    private static Tensor parameter(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(rows, values).requiresGrad();
    }

    private static void step(Tensor parameter, float rate) {
        View w = parameter.view;
        for (int i = 0; i < w.count(); i++) {
            w.set(i, w.get(i) - rate * parameter.grad.view.get(i));
        }
        parameter.grad = null;
    }

    public static void main(String[] arguments) {
        Random random = new Random(1);
        Tensor x = Tensor.of(4, 0, 0, 0, 1, 1, 0, 1, 1);
        Tensor target = Tensor.of(4, 0, 1, 1, 0);
        Tensor w1 = parameter(random, 2, 8);
        Tensor b1 = parameter(random, 1, 8);
        Tensor w2 = parameter(random, 8, 1);
        Tensor b2 = parameter(random, 1, 1);
        for (int i = 0; i < 2000; i++) {
            Tensor y = x.matmul(w1).add(b1).relu().matmul(w2).add(b2).sigmoid();
            Tensor error = y.add(target.neg());
            Autograd.backward(error.mul(error).sum());
            List.of(w1, b1, w2, b2).forEach(p -> step(p, 0.1f));
        }
        Tensor y = x.matmul(w1).add(b1).relu().matmul(w2).add(b2).sigmoid();
        System.out.printf("exclusive or: %.0f %.0f %.0f %.0f%n", y.view.get(0), y.view.get(1), y.view.get(2), y.view.get(3));

        Tensor a = Tensor.of(3).requiresGrad();
        Tensor slope = Autograd.gradient(a.mul(a).mul(a), a);
        System.out.println("a³ at 3: slope " + slope.item() + ", slope of the slope " + Autograd.gradient(slope, a).item());

        Trace trace = Trace.of(z -> Autograd.gradient(z.requiresGrad().mul(z).exp().sum(), z), 1, 1);
        System.out.println("the slope of exp(z²) took " + trace.steps.size() + " operations; at 0.5 it is "
                + trace.replay(Tensor.of(0.5f)).item());
    }
}
