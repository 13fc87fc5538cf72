package io.flambeau.io.internal.checkpoint;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rebuilds the values that a {@link Structure} described. */
public final class StructureReader {
    private final Source source;
    private final Function<String, ? extends @Nullable Object> tensors;

    public StructureReader(Source source, Map<String, Tensor> tensors) {
        this(source, tensors::get);
    }

    private StructureReader(Source source, Function<String, ? extends @Nullable Object> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    /** Checks before any tensor is read that the structure uses the tensors of the file, all of them. */
    public static void checkNames(Source source, Json json, Set<String> names) {
        Set<String> used = new HashSet<>();
        new StructureReader(source, (Function<String, @Nullable Object>) name -> {
                    used.add(name);
                    return names.contains(name) ? name : null;
                })
                .read(json);
        if (used.size() != names.size()) {
            throw source.bad("it has " + names.size() + " tensors and uses " + used.size());
        }
    }

    public LinkedHashMap<String, @Nullable Object> read(Json json) {
        if (!(json instanceof Json.Obj(Map<String, Json> members)) || isSpecial(members)) {
            throw source.bad("its content is no map");
        }
        LinkedHashMap<String, @Nullable Object> map = new LinkedHashMap<>();
        members.forEach((key, value) -> map.put(key, value(value)));
        return map;
    }

    private static boolean isSpecial(Map<String, Json> members) {
        return members.size() == 1 && members.keySet().iterator().next().startsWith("$");
    }

    private @Nullable Object value(Json json) {
        return switch (json) {
            case Json.Null _ -> null;
            case Json.Bool(boolean flag) -> flag;
            case Json.Str(String text) -> text;
            case Json.Num number -> number(number);
            case Json.Arr(List<Json> elements) -> {
                List<@Nullable Object> list = new ArrayList<>(elements.size());
                elements.forEach(element -> list.add(value(element)));
                yield list;
            }
            case Json.Obj(Map<String, Json> members) -> {
                if (isSpecial(members)) {
                    Map.Entry<String, Json> only = members.entrySet().iterator().next();
                    yield special(only.getKey(), only.getValue());
                }
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                members.forEach((key, value) -> map.put(key, value(value)));
                yield map;
            }
        };
    }

    private Object number(Json.Num number) {
        try {
            if (number.isInteger()) {
                return number.toLong();
            }
            return number.toDouble();
        } catch (NumberFormatException e) {
            throw bad(number.text() + " as a number");
        }
    }

    private Object special(String kind, Json value) {
        switch (kind) {
            case Structure.TENSOR -> {
                Object tensor = value instanceof Json.Str(String name) ? tensors.apply(name) : null;
                if (tensor != null) {
                    return tensor;
                }
            }
            case Structure.FLOAT -> {
                if (value instanceof Json.Str(String text)
                        && Set.of("NaN", "Infinity", "-Infinity").contains(text)) {
                    return Double.valueOf(text);
                }
            }
            case Structure.MAP -> {
                if (value instanceof Json.Arr(List<Json> pairs)) {
                    return map(pairs);
                }
            }
            default -> throw bad(kind);
        }
        throw bad(kind + " with " + Source.quote(value.toString()));
    }

    private Map<Object, @Nullable Object> map(List<Json> pairs) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Json pair : pairs) {
            if (!(pair instanceof Json.Arr(List<Json> two) && two.size() == 2)) {
                throw bad("a map of something else than pairs");
            }
            Object key = value(two.get(0));
            if (!(key instanceof String || key instanceof Long) || map.containsKey(key)) {
                throw bad("the key " + Source.quote(String.valueOf(key)) + " in a map");
            }
            map.put(key, value(two.get(1)));
        }
        return map;
    }

    private FormatException bad(String what) {
        return source.bad("its content has " + what);
    }
}
