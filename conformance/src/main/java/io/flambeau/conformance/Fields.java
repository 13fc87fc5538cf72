package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a golden case, still JSON. */
record Fields(Map<String, Json> members) {
    @Nullable Json get(String key) {
        return members.get(key);
    }

    String text(String key) {
        return ((Json.Str) required(key)).value();
    }

    double number(String key) {
        return ((Json.Num) required(key)).toDouble();
    }

    private Json required(String key) {
        return Objects.requireNonNull(members.get(key), key);
    }

    boolean flag(String key) {
        return members.get(key) instanceof Json.Bool b && b.value();
    }

    /** The elements, or none if the field is absent. */
    List<Json> list(String key) {
        return members.get(key) instanceof Json.Arr array ? array.elements() : new ArrayList<>();
    }

    /** The members, or none if the field is absent. */
    Map<String, Json> map(String key) {
        return members.get(key) instanceof Json.Obj object ? object.members() : new LinkedHashMap<>();
    }

    int[] integers(String key) {
        List<Json> numbers = list(key);
        int[] integers = new int[numbers.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) ((Json.Num) numbers.get(i)).toLong();
        }
        return integers;
    }
}
