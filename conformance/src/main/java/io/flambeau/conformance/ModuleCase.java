package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One call of a module as PyTorch made it; the values are still JSON.
 *
 * @param constructor the arguments of the constructor by position, {@code options} those by name
 * @param training the mode
 * @param state the state dict before the call
 * @param inputs the arguments of the call by position, {@code named} those by name
 * @param out the expected result
 * @param cotangents what is fed back, for the flattened outputs of {@code differentiable}
 * @param grads the expected gradients by input tensor, {@code parameterGrads} by parameter
 * @param buffers the expected buffers after the call
 */
record ModuleCase(
        String id,
        String module,
        String dtype,
        List<Json> constructor,
        Map<String, Json> options,
        boolean training,
        Map<String, Json> state,
        List<Json> inputs,
        Map<String, Json> named,
        Json out,
        List<Json> cotangents,
        int[] differentiable,
        Map<String, Json> grads,
        Map<String, Json> parameterGrads,
        Map<String, Json> buffers) {

    static ModuleCase of(Fields fields) {
        return new ModuleCase(
                fields.text("id"),
                fields.text("module"),
                fields.text("dtype"),
                fields.list("ctor_args"),
                fields.map("ctor_kwargs"),
                fields.flag("training"),
                fields.map("state_dict"),
                fields.list("inputs"),
                fields.map("kwargs"),
                Objects.requireNonNull(fields.get("out")),
                fields.list("cotangents"),
                fields.integers("differentiable_outputs"),
                fields.map("grads"),
                fields.map("param_grads"),
                fields.map("buffers_after"));
    }
}
