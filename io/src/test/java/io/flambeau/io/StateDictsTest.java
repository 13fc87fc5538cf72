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
    private static Map<String, Tensor> model(String prefix) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(prefix + "fc.weight", TestFiles.pattern(DType.F32, 2, 3));
        tensors.put(prefix + "fc.bias", TestFiles.pattern(DType.F32, 2));
        return tensors;
    }

    @Test
    void tellsWhatDiffers() {
        Map<String, Tensor> found = model("");
        found.remove("fc.bias");
        found.put("fc.weight", TestFiles.pattern(DType.F64, 3, 3));
        found.put("head.bias", TestFiles.pattern(DType.F32, 1));
        StateDicts.Difference difference = StateDicts.compare(model(""), found);
        assertThat(difference.isEmpty()).isFalse();
        assertThat(difference).hasToString("""
                1 missing:
                  fc.bias float32[2]
                1 unexpected:
                  head.bias float32[1]
                1 different:
                  fc.weight expected float32[2, 3] found float64[3, 3]""");
        assertThat(StateDicts.compare(model(""), model("")).toString()).isEqualTo("no difference");
    }

    @Test
    void findsThePrefixOfAWrapper() {
        Map<String, Tensor> wrapped = model("model.module.");
        assertThat(StateDicts.compare(model(""), wrapped).hint())
                .isEqualTo("every name begins with \"model.module.\": use StateDicts.withoutPrefix");
        Map<String, Tensor> mended = StateDicts.withoutPrefix(wrapped, "model.module.");
        assertThat(StateDicts.compare(model(""), mended).isEmpty()).isTrue();
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        assertThatThrownBy(() -> StateDicts.rename(model(""), name -> "x"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("\"fc.bias\" is renamed to \"x\", which another tensor is too")
                .hasMessageContaining("FB-601");
    }

    @Test
    void listsOnlyTheFirstOfMany() {
        Map<String, Tensor> many = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            many.put("layer" + i, TestFiles.pattern(DType.F32, 1));
        }
        assertThat(StateDicts.compare(many, Map.of()).toString()).contains("50 missing", "layer19", "and 30 more");
    }
}
