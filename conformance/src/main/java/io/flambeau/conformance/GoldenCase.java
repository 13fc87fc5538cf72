package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    static GoldenCase of(Json.Obj json) {
        Map<String, Json> m = json.members();
        List<Json> numbers = list(m, "differentiable_outputs");
        int[] differentiable = new int[numbers.size()];
        for (int i = 0; i < differentiable.length; i++) {
            differentiable[i] = (int) ((Json.Num) numbers.get(i)).toLong();
        }
        return new GoldenCase(
                text(m, "id"),
                text(m, "op"),
                text(m, "variant"),
                text(m, "dtype"),
                list(m, "args"),
                members(m, "kwargs"),
                m.get("out"),
                list(m, "cotangents"),
                differentiable,
                members(m, "grads"));
    }

    private static String text(Map<String, Json> m, String key) {
        return ((Json.Str) Objects.requireNonNull(m.get(key))).value();
    }

    private static List<Json> list(Map<String, Json> m, String key) {
        return m.get(key) instanceof Json.Arr array ? array.elements() : new ArrayList<>();
    }

    private static Map<String, Json> members(Map<String, Json> m, String key) {
        return m.get(key) instanceof Json.Obj object ? object.members() : new LinkedHashMap<>();
    }
}
