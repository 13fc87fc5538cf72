package io.flambeau.io.internal.json;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json.Duplicates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the tree of a text, within a budget of memory. */
final class JsonTree {
    /** What a value costs, with its place in a list or a map. */
    private static final int VALUE = 160;

    private final Source source;
    private final JsonReader reader;
    private final Duplicates duplicates;
    private final Budget budget;

    JsonTree(Source source, JsonReader reader, Duplicates duplicates, Budget budget) {
        this.source = source;
        this.reader = reader;
        this.duplicates = duplicates;
        this.budget = budget;
    }

    Json value() {
        budget.spend(VALUE);
        return switch (reader.peek()) {
            case '{' -> object();
            case '[' -> {
                List<Json> elements = new ArrayList<>();
                reader.beginArray();
                while (reader.element()) {
                    elements.add(value());
                }
                yield new Json.Arr(elements);
            }
            case '"' -> new Json.Str(text(reader.string()));
            case 't' -> {
                reader.literal("true");
                yield new Json.Bool(true);
            }
            case 'f' -> {
                reader.literal("false");
                yield new Json.Bool(false);
            }
            case 'n' -> {
                reader.literal("null");
                yield Json.Null.NULL;
            }
            default -> new Json.Num(reader.number());
        };
    }

    private String text(String text) {
        budget.spend(2L * text.length());
        return text;
    }

    private Json object() {
        Map<String, Json> members = new LinkedHashMap<>();
        reader.beginObject();
        for (String key = reader.key(); key != null; key = reader.key()) {
            Json before = members.put(text(key), value());
            if (before != null && duplicates == Duplicates.REFUSE) {
                throw source.bad("its JSON has the key " + Source.quote(key) + " twice");
            }
        }
        return new Json.Obj(members);
    }
}
