package io.flambeau.io.internal.csv;

import io.flambeau.io.internal.Budget;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers for different texts, in the order in which they first come. */
public final class CsvClasses {
    /** A name, its place in the list and in the tree. */
    private static final int CLASS = 160;

    private final Budget budget;
    private final Map<CharSequence, Integer> numbers = new TreeMap<>(CharSequence::compare);
    private final List<String> names = new ArrayList<>();
    private CharBuffer looked = CharBuffer.allocate(0);

    public CsvClasses(Budget budget) {
        this.budget = budget;
    }

    /** The number of a text; only a new one becomes a string. */
    public int number(char[] text, int from, int length) {
        looked = looked.array() == text ? looked.clear() : CharBuffer.wrap(text);
        Integer known = numbers.get(looked.limit(from + length).position(from));
        return known == null ? add(looked.toString()) : known;
    }

    private int add(String name) {
        budget.spend(CLASS + 2L * name.length());
        int number = names.size();
        numbers.put(name, number);
        names.add(name);
        return number;
    }

    public List<String> names() {
        return List.copyOf(names);
    }
}
