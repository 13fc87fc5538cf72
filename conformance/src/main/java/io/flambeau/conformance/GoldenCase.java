package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call as PyTorch made it; the values are still JSON, because each layout makes tensors of its own.
 *
 * @param out the expected result, or null where the call must be refused
 * @param cotangents what is fed back, for the flattened outputs of {@code differentiable}
 * @param grads the expected gradients by input tensor
 */
record GoldenCase(
        String id,
        String op,
        String variant,
        String dtype,
        List<Json> args,
        Map<String, Json> kwargs,
        @Nullable Json out,
        List<Json> cotangents,
        int[] differentiable,
        Map<String, Json> grads) {

    boolean isHalf() {
        return dtype.endsWith("float16");
    }

    static GoldenCase of(Fields fields) {
        return new GoldenCase(
                fields.text("id"),
                fields.text("op"),
                fields.text("variant"),
                fields.text("dtype"),
                fields.list("args"),
                fields.map("kwargs"),
                fields.get("out"),
                fields.list("cotangents"),
                fields.integers("differentiable_outputs"),
                fields.map("grads"));
    }
}
