package io.flambeau.autograd;

import static io.flambeau.autograd.BackwardTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Index;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Special;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** In-place changes of shape: what they share with other in-place operations, and what with views. */
class ViewingTest {
    private record Form(UnaryOperator<Tensor> inPlace, UnaryOperator<Tensor> functional) {}

    private static final Map<String, Form> FORMS = Map.of(
            "squeeze_", new Form(x -> x.squeeze_(), x -> x.squeeze()),
            "squeeze_ of an axis", new Form(x -> x.squeeze_(1), x -> x.squeeze(1)),
            "unsqueeze_", new Form(x -> x.unsqueeze_(-1), x -> x.unsqueeze(-1)),
            "transpose_", new Form(x -> x.transpose_(0, 2), x -> x.transpose(0, 2)),
            "swapaxes_", new Form(x -> x.swapaxes_(0, 1), x -> x.swapaxes(0, 1)),
            "asStrided_",
                    new Form(
                            x -> x.asStrided_(Shape.of(2, 2), new long[] {1, 3}, 0),
                            x -> x.asStrided(Shape.of(2, 2), new long[] {1, 3}, 0)));

    private static Tensor leaf() {
        return Tensors.arange(6).to(DType.F64).reshape(2, 1, 3).clone().requiresGrad(true);
    }

    @Test
    void equalsTheFunctionalFormWithItsGradient() {
        Tensor weight = Tensors.of(new double[] {1, 2, 3, 4, 5, 6});
        FORMS.forEach((name, form) -> {
            Tensor a = leaf();
            Tensor x = a.mul(2);
            assertThat(form.inPlace().apply(x)).as(name).isSameAs(x);
            x.mul_(3);
            Tensor b = leaf();
            Tensor y = form.functional().apply(b.mul(2)).mul(3);
            assertThat(x.shape()).as(name).isEqualTo(y.shape());
            assertThat(x.toDoubleArray()).as(name).containsExactly(y.toDoubleArray());
            x.flatten().mul(weight.narrow(0, 0, x.count())).sum().backward();
            y.flatten().mul(weight.narrow(0, 0, y.count())).sum().backward();
            assertThat(a.grad().toDoubleArray())
                    .as(name)
                    .containsExactly(b.grad().toDoubleArray());
        });
    }

    @Test
    void sharesMemoryAndCountsAsAWrite() {
        FORMS.forEach((name, form) -> {
            Tensor x = leaf().detach().clone();
            Tensor alias = x.detach();
            int version = x.version();
            form.inPlace().apply(x);
            assertThat(alias.version()).as(name).isEqualTo(version + 1);
            assertThat(alias.shape()).as(name).isEqualTo(Shape.of(2, 1, 3));
            x.fill_(7);
            assertThat(alias.get(Index.at(0)).select(0, 0).select(0, 0).item())
                    .as(name)
                    .isEqualTo(7);
        });
    }

    @Test
    void refusesLeavesAndSiblings() {
        FORMS.forEach((name, form) -> {
            Tensor x = leaf();
            String operation = name.replaceAll(" .*", "");
            assertFault(Fault.LEAF_WRITE, () -> form.inPlace().apply(x)).hasMessageStartingWith(operation + ": a leaf");
            assertFault(Fault.LEAF_WRITE, () -> form.inPlace().apply(x.narrow(0, 0, 2)))
                    .hasMessageStartingWith(operation + ": a view of a leaf");
            assertFault(Fault.VIEW_WRITE, () -> form.inPlace().apply(x.mul(2).split(1, 0)[0]));
            assertThat(x.shape()).as(name).isEqualTo(Shape.of(2, 1, 3));
            Tensors.noGrad(() -> {
                form.inPlace().apply(x);
            });
            assertThat(x.requiresGrad()).as(name).isTrue();
        });
    }

    @Test
    void aViewStaysAViewOfItsBase() {
        Tensor a = leaf();
        Tensor base = a.mul(2);
        Tensor row = base.narrow(0, 0, 1);
        row.unsqueeze_(0);
        row.mul_(3);
        assertThat(row.shape()).isEqualTo(Shape.of(1, 1, 1, 3));
        assertThat(base.toDoubleArray()).containsExactly(0, 6, 12, 6, 8, 10);
        base.sum().backward();
        assertThat(a.grad().toDoubleArray()).containsExactly(6, 6, 6, 2, 2, 2);
    }

    @Test
    void applyWritesAnyFunctionOverItsInput() {
        Tensor a = leaf();
        Tensor x = a.add(1);
        assertThat(x.apply_(Special::digamma)).isSameAs(x);
        x.sum().backward();
        assertThat(a.grad().select(0, 0).select(0, 0).select(0, 0).item())
                .isCloseTo(Math.PI * Math.PI / 6, within(1e-12));
        assertFault(Fault.NO_BROADCAST, () -> a.add(1).apply_(y -> y.sum(0)));
    }
}
