package io.flambeau.autograd.gradients;

import io.flambeau.autograd.GradCheck;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Random leaves in double precision, and the checks of a first and a second derivative. */
final class Samples {
    private Samples() {}

    static Tensor real(long seed, long... sizes) {
        Spec spec = new Spec(Shape.of(sizes), DType.F64, Tensors.defaultDevice());
        return Tensors.randn(new Generator(seed), spec).detach().requiresGrad(true);
    }

    static Tensor complex(long seed, long... sizes) {
        Spec spec = new Spec(Shape.of(sizes).concat(Shape.of(2)), DType.F64, Tensors.defaultDevice());
        return Tensors.randn(new Generator(seed), spec)
                .viewAsComplex()
                .clone()
                .detach()
                .requiresGrad(true);
    }

    /** Checks twice on a real and on a complex leaf of these sizes. */
    static void both(UnaryOperator<Tensor> f, long... sizes) {
        GradCheck.DEFAULT.checkTwice(f::apply, real(1, sizes));
        GradCheck.DEFAULT.checkTwice(f::apply, complex(2, sizes));
    }

    static void bothAll(Function<Tensor[], Tensor[]> f, long[]... sizes) {
        Tensor[] reals = new Tensor[sizes.length];
        Tensor[] complexes = new Tensor[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            reals[i] = real(10 + i, sizes[i]);
            complexes[i] = complex(20 + i, sizes[i]);
        }
        GradCheck.DEFAULT.checkAllTwice(f::apply, reals);
        GradCheck.DEFAULT.checkAllTwice(f::apply, complexes);
    }

    static long[] sizes(long... sizes) {
        return sizes;
    }
}
