package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDictsTest {
    private static Map<String, Tensor> model() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("fc.weight", TestFiles.pattern(DType.F32, 2, 3));
        tensors.put("fc.bias", TestFiles.pattern(DType.F32, 2));
        return tensors;
    }

    @Test
    void addsAndRemovesPrefixes() {
        Map<String, Tensor> model = model();
        Map<String, Tensor> wrapped = StateDicts.withPrefix(model, "module.");
        assertThat(wrapped.keySet()).containsExactly("module.fc.weight", "module.fc.bias");
        assertThat(StateDicts.withoutPrefix(wrapped, "module.")).isEqualTo(model);
        assertThat(StateDicts.withoutPrefix(model, "module.")).isEqualTo(model);
        assertThat(StateDicts.rename(model, name -> name.replace("fc", "head")))
                .containsEntry("head.bias", model.get("fc.bias"));
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        assertThatThrownBy(() -> StateDicts.rename(model(), name -> "x"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("\"fc.bias\" is renamed to \"x\", which another tensor is too")
                .hasMessageContaining("FB-601");
    }
}
