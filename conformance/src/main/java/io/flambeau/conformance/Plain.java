package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as options are given: Long, Double, Boolean, String, List, and null. */
final class Plain {
    private Plain() {}

    static @Nullable Object of(Json json) {
        return switch (json) {
            case Json.Num number ->
                number.text().matches("-?\\d+") ? (Object) number.toLong() : (Object) number.toDouble();
            case Json.Bool flag -> flag.value();
            case Json.Str text -> text.value();
            case Json.Arr array -> array.elements().stream().map(Plain::of).toList();
            default -> null;
        };
    }

    static Map<String, @Nullable Object> of(Map<String, Json> members) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        members.forEach((key, value) -> plain.put(key, of(value)));
        return plain;
    }
}
