package io.flambeau.io.internal.checkpoint;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Describes nested values as JSON in which tensors stand by name.
 *
 * <p>Note [Structure of checkpoints]: null, booleans, text, integers, finite numbers (always with a point or an
 * exponent), lists and maps with keys of text are what they are in JSON. An object whose only key begins with
 * {@code $} is something else: {@code {"$tensor": name}}, {@code {"$float": "NaN"}}, or
 * {@code {"$map": [[key, value], ...]}} for a map whose keys are not all text or begin with {@code $}.
 */
public final class Structure {
    static final String TENSOR = "$tensor";
    static final String FLOAT = "$float";
    static final String MAP = "$map";
    /** So deep that JSON's own limit is never reached: a map can take three levels. */
    static final int MAX_DEPTH = 64;

    private final Source source;
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<Tensor, String> names = new IdentityHashMap<>();

    public Structure(Source source) {
        this.source = source;
    }

    /** The tensors that were met, by the names that stand for them. */
    public SequencedMap<String, Tensor> tensors() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    public Json describe(@Nullable Object value) {
        return describe(value, "", 0);
    }

    private Json describe(@Nullable Object value, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw source.refuse(
                    "values are nested deeper than " + MAX_DEPTH + " at " + Source.quote(path), "flatten them");
        }
        return switch (value) {
            case null -> Json.Null.NULL;
            case Tensor tensor -> only(TENSOR, new Json.Str(name(tensor, path)));
            case String text -> new Json.Str(text);
            case Boolean flag -> new Json.Bool(flag);
            case Double number -> real(number);
            case Float number -> real(number);
            case Long number -> Json.Num.of(number);
            case Integer number -> Json.Num.of(number);
            case Short number -> Json.Num.of(number);
            case Byte number -> Json.Num.of(number);
            case List<?> list -> {
                List<Json> elements = new ArrayList<>(list.size());
                for (int i = 0; i < list.size(); i++) {
                    elements.add(describe(list.get(i), join(path, i), depth + 1));
                }
                yield new Json.Arr(elements);
            }
            case Map<?, ?> map -> map(map, path, depth);
            default ->
                throw source.refuse(
                        "a value of " + value.getClass().getName() + " at " + Source.quote(path) + " cannot be saved",
                        "save tensors, numbers, booleans, text, lists and maps");
        };
    }

    private static Json real(double number) {
        return Double.isFinite(number) ? Json.Num.of(number) : only(FLOAT, new Json.Str(Double.toString(number)));
    }

    private Json map(Map<?, ?> map, String path, int depth) {
        boolean plain = map.keySet().stream().allMatch(key -> key instanceof String text && !text.startsWith("$"));
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        List<Json> pairs = new ArrayList<>();
        map.forEach((key, value) -> {
            Json described = describe(value, join(path, key), depth + 1);
            if (plain) {
                members.put((String) key, described);
            } else if (key instanceof String || key instanceof Long || key instanceof Integer) {
                pairs.add(new Json.Arr(List.of(describe(key, path, depth), described)));
            } else {
                throw source.refuse(
                        "a map at " + Source.quote(path) + " has the key " + key, "use text or integers as keys");
            }
        });
        return plain ? new Json.Obj(members) : only(MAP, new Json.Arr(pairs));
    }

    private static Json only(String key, Json value) {
        return new Json.Obj(Map.of(key, value));
    }

    private static String join(String path, Object key) {
        return path.isEmpty() ? key.toString() : path + "." + key;
    }

    /** A tensor is named after the first place where it occurs. */
    private String name(Tensor tensor, String path) {
        String known = names.get(tensor);
        if (known != null) {
            return known;
        }
        String name = path.isEmpty() ? "tensor" : path;
        for (int i = 2; tensors.containsKey(name); i++) {
            name = path + "#" + i;
        }
        tensors.put(name, tensor);
        names.put(tensor, name);
        return name;
    }
}
