package io.flambeau.tck;

import static io.flambeau.tck.Input.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.norm.Softmax;
import org.junit.jupiter.api.Test;

/** Every law catches the fault it is there for, and lets the sound backend pass. */
class LawTest {
    private static Case faulty(DType dtype, Layout layout, Op op, Input... inputs) {
        return new Case(Sample.of(op, inputs), dtype, layout, FaultyProvider.DEVICE);
    }

    /** An operation that is wrong in one of its declarations. */
    private enum Wrong implements Derived.WithGradient {
        SPEC,
        GRADIENT,
        CAPTURE,
        MESSAGE,
        VALUE;

        @Override
        public Spec[] infer(Spec[] in) {
            if (this == MESSAGE && in[0].dtype() == DType.BOOL) {
                throw new DTypeException("", "no", Fault.BAD_DTYPE);
            }
            return new Spec[] {this == SPEC ? in[0].with(DType.F64) : in[0]};
        }

        @Override
        public Tensor[] decompose(Tensor[] in) {
            // A value that is read, where only a trace shows that it may not be.
            return new Tensor[] {this == VALUE && in[0].sum().item() > 1e9 ? in[0] : in[0].square()};
        }

        @Override
        public Pullback pullback(Tensor[] in, Tensor[] out) {
            Tensor x = in[0];
            return this == CAPTURE
                    ? Pullback.of((g, s) -> g.mul(x).mul(2))
                    : Pullback.saving(x).of((g, s) -> g.mul(s[0]).mul(this == GRADIENT ? 3 : 2));
        }
    }

    private static Case wrong(Wrong op, DType dtype) {
        return new Case(Sample.of(op, any(2, 3)), dtype, Layout.CONTIGUOUS, Case.REFERENCE);
    }

    @Test
    void law1CatchesAnotherSpec() {
        assertThatThrownBy(() -> Law.SPECS.check(wrong(Wrong.SPEC, DType.F32))).hasMessageContaining("float64");
        assertThatCode(() -> Law.SPECS.check(wrong(Wrong.SPEC, DType.F64))).doesNotThrowAnyException();
    }

    @Test
    void law2CatchesAKernelThatIsNotItsDecomposition() {
        Case c = faulty(DType.F32, Layout.CONTIGUOUS, new Softmax(1), any(2, 3));
        assertThatThrownBy(() -> Law.KERNEL.check(c))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is 1.0");
        assertThatCode(() -> Law.KERNEL.check(c.on(Case.REFERENCE))).doesNotThrowAnyException();
    }

    @Test
    void law3CatchesAnotherFunction() {
        Case c = faulty(DType.F32, Layout.CONTIGUOUS, Unary.SIN, any(2, 3));
        assertThatThrownBy(() -> Law.REFERENCE.check(c)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> Law.REFERENCE.check(faulty(DType.F32, Layout.CONTIGUOUS, Unary.COS, any(2, 3))))
                .doesNotThrowAnyException();
    }

    @Test
    void law4CatchesAWrongGradientAndACapturedTensor() {
        assertThatThrownBy(() -> Law.GRADIENT.check(wrong(Wrong.GRADIENT, DType.F64)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the rule's gradient of input 0");
        assertThatThrownBy(() -> Law.GRADIENT.check(wrong(Wrong.CAPTURE, DType.F64)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("captures a Tensor");
        assertThatCode(() -> Law.GRADIENT.check(wrong(Wrong.VALUE, DType.F64))).doesNotThrowAnyException();
    }

    @Test
    void law5CatchesAValueThatIsReadInATrace() {
        assertThatThrownBy(() -> Law.REPLAY.check(wrong(Wrong.VALUE, DType.F32)))
                .hasMessageContaining("FB-150");
        assertThatCode(() -> Law.REPLAY.check(wrong(Wrong.GRADIENT, DType.F32))).doesNotThrowAnyException();
    }

    @Test
    void law6CatchesStridesThatAreNotLookedAt() {
        Case c = faulty(DType.F32, Layout.TRANSPOSED, Unary.ABS, any(2, 3));
        assertThatThrownBy(() -> Law.STRIDES.check(c)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Law.STRIDES.check(c.as(Layout.SLICED))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Law.STRIDES.check(c.as(Layout.EXPANDED))).isInstanceOf(AssertionError.class);
        assertThatCode(() -> Law.STRIDES.check(c.as(Layout.CONTIGUOUS))).doesNotThrowAnyException();
    }

    @Test
    void law7CatchesAMessageOfAnotherForm() {
        assertThatThrownBy(() -> Law.FAILURES.check(wrong(Wrong.MESSAGE, DType.BOOL)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is not of the form");
        assertThatCode(() -> Law.FAILURES.check(wrong(Wrong.SPEC, DType.BOOL))).doesNotThrowAnyException();
    }

    @Test
    void law8CatchesADestinationThatIsReadWrongly() {
        Case c = faulty(DType.F32, Layout.TRANSPOSED, Unary.ABS, any(3, 2));
        assertThatThrownBy(() -> Law.DESTINATIONS.check(c)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> Law.DESTINATIONS.check(c.on(Case.REFERENCE))).doesNotThrowAnyException();
    }

    @Test
    void law9CatchesASwallowedNan() {
        Case c = faulty(DType.F32, Layout.CONTIGUOUS, Binary.MAXIMUM, any(2, 3), any(2, 3));
        assertThatThrownBy(() -> Law.SPECIAL_VALUES.check(c)).hasMessageContaining("expected NaN");
        assertThatCode(() -> Law.SPECIAL_VALUES.check(faulty(DType.F32, Layout.CONTIGUOUS, Binary.ADD, any(2), any(2))))
                .doesNotThrowAnyException();
    }

    @Test
    void exclusionsAreReadWithTheirReasons() {
        Exclusions exclusions = Exclusions.of("faulty", LawTest.class);
        Case sin = faulty(DType.F32, Layout.CONTIGUOUS, Unary.SIN, any(2));
        assertThat(exclusions.reason(Law.REFERENCE, sin)).contains("wrong on purpose");
        assertThat(exclusions.reason(Law.SPECS, sin)).isEmpty();
        Case wide = faulty(DType.F64, Layout.CONTIGUOUS, Unary.SIN, any(2));
        assertThat(exclusions.reason(Law.SPECS, wide)).contains("wrong on purpose, under every law");
        assertThat(exclusions.unused()).containsExactly("KERNEL nothing *: matches nothing");
    }

    @Test
    void aTraceReplaysWritesThroughViews() {
        Spec spec = Tensors.zeros(2, 3).spec();
        Trace trace = Trace.of(
                in -> {
                    Tensor copy = in[0].clone();
                    copy.select(0, 1).mul_(Scalar.of(10L));
                    return new Tensor[] {copy.sum(1)};
                },
                false,
                spec);
        assertThat(trace.replay(Tensors.ones(2, 3))[0].toFloatArray()).containsExactly(3, 30);
        assertThat(trace.replay(Tensors.arange(6).to(DType.F32).reshape(2, 3))[0].toFloatArray())
                .containsExactly(3, 120);
    }
}
