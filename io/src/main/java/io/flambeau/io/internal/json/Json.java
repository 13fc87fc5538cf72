package io.flambeau.io.internal.json;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Source;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A JSON value. Its text form ({@code toString}) is JSON again. */
public sealed interface Json {
    /** An object, its members in the order of the text. */
    record Obj(Map<String, Json> members) implements Json {
        @Override
        public String toString() {
            StringJoiner text = new StringJoiner(",", "{", "}");
            members.forEach((key, value) -> text.add(quoted(key) + ":" + value));
            return text.toString();
        }
    }

    record Arr(List<Json> elements) implements Json {
        @Override
        public String toString() {
            StringJoiner text = new StringJoiner(",", "[", "]");
            elements.forEach(element -> text.add(element.toString()));
            return text.toString();
        }
    }

    record Str(String value) implements Json {
        @Override
        public String toString() {
            return quoted(value);
        }
    }

    /** A number as it is written, so that none loses digits on the way. */
    record Num(String text) implements Json {
        public static Num of(long value) {
            return new Num(Long.toString(value));
        }

        /** A finite number, written so that it reads back to the same bits and is told from an integer. */
        public static Num of(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON has no " + value);
            }
            return new Num(Double.toString(value));
        }

        public boolean isInteger() {
            return text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        }

        /** @throws NumberFormatException if it is not written as an integer or does not fit 64 bits */
        public long toLong() {
            return Long.parseLong(text);
        }

        public double toDouble() {
            return Double.parseDouble(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    enum Null implements Json {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    /** Longer texts are refused as trees; {@link JsonReader} reads them piece by piece. */
    int MAX_BYTES = 100_000_000;

    /** What an object may do with a key that it has twice; RFC 8259 leaves it open. */
    enum Duplicates {
        REFUSE,
        LAST_WINS
    }

    /** The value that the whole of the bytes is, keys being unique. */
    static Json parse(Source source, MemorySegment utf8) {
        return parse(source, utf8, Duplicates.REFUSE);
    }

    static Json parse(Source source, MemorySegment utf8, Duplicates duplicates) {
        if (utf8.byteSize() > MAX_BYTES) {
            throw source.bad("its JSON is longer than " + MAX_BYTES + " bytes");
        }
        JsonReader reader = new JsonReader(source, utf8);
        Json value = new JsonTree(source, reader, duplicates, new Budget(source, utf8.byteSize())).value();
        reader.end();
        return value;
    }

    static Json parse(Source source, String text) {
        return parse(source, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A string as JSON writes it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < 0x20) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
