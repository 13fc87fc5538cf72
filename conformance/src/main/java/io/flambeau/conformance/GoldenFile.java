package io.flambeau.conformance;

import io.flambeau.io.Safetensors;
import io.flambeau.io.SafetensorsFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Index;
import io.flambeau.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A safetensors file of golden cases: the cases in its header, the tensors that they name. */
final class GoldenFile implements AutoCloseable {
    private final SafetensorsFile file;
    private final List<Fields> cases;

    GoldenFile(Path path) {
        file = Safetensors.open(path);
        String text = Objects.requireNonNull(file.metadata().get("cases"));
        Json.Arr array = (Json.Arr) Json.parse(Source.of("conformance", path), text);
        cases = array.elements().stream()
                .map(element -> new Fields(((Json.Obj) element).members()))
                .toList();
    }

    List<Fields> cases() {
        return cases;
    }

    Tensor tensor(String name) {
        return file.tensor(name);
    }

    /** A value that was written as plain JSON; tensors as they are. */
    @Nullable Object value(Json json) {
        return value(json, (name, requiresGrad) -> tensor(name));
    }

    /** As {@link #value(Json)}, with the caller's way to make a tensor of a name. */
    @Nullable Object value(Json json, BiFunction<String, Boolean, Tensor> tensors) {
        Map<String, Json> m = ((Json.Obj) json).members();
        Map.Entry<String, Json> first = m.entrySet().iterator().next();
        Json content = first.getValue();
        return switch (first.getKey()) {
            case "tensor" ->
                tensors.apply(((Json.Str) content).value(), m.get("requires_grad") instanceof Json.Bool b && b.value());
            case "int" -> ((Json.Num) content).toLong();
            case "float" -> real(content);
            case "complex" -> {
                List<Json> parts = ((Json.Arr) content).elements();
                yield new Complex(real(parts.get(0)), real(parts.get(1)));
            }
            case "bool" -> ((Json.Bool) content).value();
            case "str" -> ((Json.Str) content).value();
            case "none" -> null;
            case "list", "tuple" -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (Json element : ((Json.Arr) content).elements()) {
                    values.add(value(element, tensors));
                }
                yield values;
            }
            case "dtype" -> dtype(((Json.Str) content).value());
            case "slice" -> {
                List<Json> bounds = ((Json.Arr) content).elements();
                yield new Index.Range(bound(bounds.get(0)), bound(bounds.get(1)), bound(bounds.get(2)));
            }
            case "ellipsis" -> Index.ellipsis();
            default -> throw new IllegalArgumentException("a golden value of kind " + first.getKey());
        };
    }

    private static @Nullable Long bound(Json json) {
        return json instanceof Json.Num number ? (Long) number.toLong() : null;
    }

    private static double real(Json json) {
        return switch (json) {
            case Json.Num number -> number.toDouble();
            case Json.Str text when text.value().equals("nan") -> Double.NaN;
            case Json.Str text when text.value().equals("inf") -> Double.POSITIVE_INFINITY;
            case Json.Str text when text.value().equals("-inf") -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("a golden number " + json);
        };
    }

    static DType dtype(String name) {
        return Arrays.stream(DType.values())
                .filter(dtype -> dtype.title().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a golden dtype " + name));
    }

    @Override
    public void close() {
        file.close();
    }
}
