package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds cotangents back through a result, and compares the gradients. */
final class Feedback {
    private Feedback() {}

    /** Feeds back; what is wrong, or null. */
    static @Nullable String run(GoldenFile file, @Nullable Object result, int[] differentiable, List<Json> cotangents) {
        List<Tensor> outputs = new ArrayList<>();
        flatten(result, outputs);
        for (int i = 0; i < differentiable.length; i++) {
            if (differentiable[i] >= outputs.size()) {
                return "there is no output " + differentiable[i];
            }
            Tensor output = outputs.get(differentiable[i]);
            // Without a history the gradients are zero.
            if (output.requiresGrad()) {
                output.backward((Tensor) file.value(cotangents.get(i)), true, false);
            }
        }
        return null;
    }

    private static void flatten(@Nullable Object value, List<Tensor> into) {
        switch (value) {
            case Tensor tensor -> into.add(tensor);
            case Tensor[] tensors -> flatten(Arrays.asList(tensors), into);
            case List<?> list -> list.forEach(element -> flatten(element, into));
            case null, default -> {}
        }
    }

    /** What is wrong with a gradient, or null; none is the same as zeros. */
    static @Nullable String compare(
            Comparison comparison, String of, @Nullable Object expected, @Nullable Tensor actual) {
        Object want = expected;
        Tensor got = actual;
        if (want instanceof Tensor w && got == null) {
            got = w.zerosLike();
        } else if (want == null && got != null) {
            want = got.zerosLike();
        }
        return comparison.check("the gradient of " + of, want, got);
    }
}
