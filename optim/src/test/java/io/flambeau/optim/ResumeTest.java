package io.flambeau.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.optim.schedule.StepLr;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States of other optimizers, other parameters or other times are refused before anything is changed. */
class ResumeTest {
    private static Tensor parameter(long... sizes) {
        Tensor p = Tensors.ones(sizes).requiresGrad(true);
        p.grad(Tensors.ones(sizes));
        return p;
    }

    private static Adam trained(Tensor... parameters) {
        Adam adam = new Adam(List.of(parameters), Adam.options());
        adam.step();
        return adam;
    }

    private static void refused(Map<?, ?> state, String message) {
        Adam other = trained(parameter(2, 3), parameter(3));
        String before = other.stateDict().toString();
        assertThatThrownBy(() -> other.loadStateDict(state))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("loadStateDict")
                .hasMessageContaining(message)
                .hasMessageContaining("FB-601");
        assertThat(other.stateDict()).hasToString(before);
    }

    @Test
    void otherShapesOrdersAndCountsAreRefused() {
        refused(trained(parameter(2, 3), parameter(4)).stateDict(), "exp_avg of parameter 1 has shape [4]");
        refused(trained(parameter(3), parameter(2, 3)).stateDict(), "exp_avg of parameter 0 has shape [3]");
        refused(trained(parameter(2, 3)).stateDict(), "group 0 has 1 parameters, this optimizer's 2");
        Adam groups = trained(parameter(2, 3));
        groups.addGroup(List.of(parameter(3)));
        refused(groups.stateDict(), "has 2 groups, this optimizer 1");
        refused(Map.of("state", Map.of()), "needs the entries state and param_groups");
        refused(Map.of("state", Map.of(), "param_groups", List.of(Map.of())), "no list params");
    }

    @Test
    void extraEntriesChangeNothing() {
        Adam adam = trained(parameter(2, 3), parameter(3));
        Map<String, Object> state = new LinkedHashMap<>(adam.stateDict());
        state.put("version", 7);
        Adam other = new Adam(List.of(parameter(2, 3), parameter(3)), Adam.options());
        other.loadStateDict(state);
        assertThat(other.stateDict()).hasToString(adam.stateDict().toString());
    }

    @Test
    void aScheduleWithoutItsNumbersIsRefused() {
        StepLr schedule = new StepLr(trained(parameter(2)), 3, 0.1);
        assertThatThrownBy(() -> schedule.load(Map.of("base.0", 1.0)))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("'epoch'");
    }
}
