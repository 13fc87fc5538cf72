package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tck.Input;
import io.flambeau.tck.Law;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.loss.CtcLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 10 of the conformance kit catches the faults it is there for; here, since it needs an engine. */
class SecondGradientsTest {
    private static final Device REFERENCE = new Device("reference", 0);

    /** The cube, with a first gradient that is right; only {@link #SOUND} has the right second one. */
    private enum Cube implements Derived.WithGradient {
        SOUND,
        /** The input is cut off where the gradient is formed. */
        CUT_FROM_INPUT,
        /** The cotangent is. */
        CUT_FROM_COTANGENT,
        /** The first gradient is right, the operation that gives it has a wrong one. */
        WRONG;

        @Override
        public Spec[] infer(Spec[] in) {
            return new Spec[] {in[0]};
        }

        @Override
        public Tensor[] decompose(Tensor[] in) {
            return new Tensor[] {in[0].mul(in[0]).mul(in[0])};
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            return Pullback.saving(in[0]).of((g, s) -> switch (this) {
                case SOUND -> g.mul(s[0].square().conj()).mul(3);
                case CUT_FROM_INPUT -> g.mul(s[0].detach().square().conj()).mul(3);
                case CUT_FROM_COTANGENT -> g.detach().mul(s[0].square().conj()).mul(3);
                case WRONG -> g.mul(Tensor.bind(Square.SQUARE, s[0]).conj()).mul(3);
            });
        }
    }

    private enum Square implements Derived.WithGradient {
        SQUARE;

        @Override
        public Spec[] infer(Spec[] in) {
            return new Spec[] {in[0]};
        }

        @Override
        public Tensor[] decompose(Tensor[] in) {
            return new Tensor[] {in[0].square()};
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            return Pullback.saving(in[0]).of((g, s) -> g.mul(s[0].conj()).mul(2.1));
        }
    }

    private static void check(Law law, Cube op, DType dtype) {
        law.check(Sample.of(op, Input.any(2, 3)), dtype, REFERENCE);
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "C128"})
    void faultsInSecondGradientsAloneAreFound(DType dtype) {
        for (Cube op : Cube.values()) {
            assertThatCode(() -> check(Law.GRADIENT, op, dtype)).doesNotThrowAnyException();
        }
        assertThatCode(() -> check(Law.SECOND_GRADIENT, Cube.SOUND, dtype)).doesNotThrowAnyException();
        assertFound("along input 0", Cube.CUT_FROM_INPUT, dtype);
        assertFound("along cotangent 0", Cube.CUT_FROM_COTANGENT, dtype);
        assertFound("along input 0", Cube.WRONG, dtype);
    }

    private static void assertFound(String where, Cube op, DType dtype) {
        assertThatThrownBy(() -> check(Law.SECOND_GRADIENT, op, dtype))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the second gradient " + where);
    }

    @Test
    void theGradientOfTheCtcLossRefusesToBeDifferentiated() {
        Tensor x = Tensors.zeros(DType.F64, 4, 1, 3).requiresGrad(true);
        Tensor targets = Tensors.of(new long[] {1, 2}, 1, 2);
        Tensor loss = Tensor.bind(
                new CtcLoss(0), x.logSoftmax(2), targets, Tensors.of(new long[] {4}, 1), Tensors.of(new long[] {2}, 1));
        Tensor g = Grad.grad(new Tensor[] {loss.sum()}, null, new Tensor[] {x}, true, true, false)[0];
        assertThatThrownBy(() -> g.square().sum().backward())
                .isInstanceOf(GradientException.class)
                .hasMessageContaining("FB-306");
    }
}
