package io.flambeau.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What followed a command's name: options as {@code --name value} or {@code --name=value}, flags, and operands. */
final class Arguments {
    private final Map<String, String> values;
    private final List<String> operands;

    private Arguments(Map<String, String> values, List<String> operands) {
        this.values = values;
        this.operands = operands;
    }

    /** Sorts words by the options a command knows; {@code --} ends the options. */
    static Arguments parse(List<String> words, Command command) {
        Map<String, String> values = new HashMap<>();
        List<String> operands = new ArrayList<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(operands::add);
            } else if (word.startsWith("--")) {
                takeOption(word.substring(2), rest, command, values);
            } else {
                operands.add(word);
            }
        }
        if (!operands.isEmpty() && command.operands().isEmpty()) {
            throw new UsageException(command.name() + ": does not know what to do with '" + operands.getFirst() + "'");
        }
        return new Arguments(values, List.copyOf(operands));
    }

    private static void takeOption(String word, Iterator<String> rest, Command command, Map<String, String> values) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = command.options().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(command.name() + ": has no option --" + name));
        String value;
        if (option.isFlag()) {
            if (equals >= 0) {
                throw new UsageException("--" + name + ": takes no value");
            }
            value = "";
        } else if (equals >= 0) {
            value = word.substring(equals + 1);
        } else if (rest.hasNext()) {
            value = rest.next();
        } else {
            throw new UsageException(option + ": the value is missing");
        }
        if (values.put(name, value) != null) {
            throw new UsageException("--" + name + ": is given twice");
        }
    }

    List<String> operands() {
        return operands;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Path> path(String name) {
        return value(name, "a path", Path::of);
    }

    int integer(String name, int otherwise) {
        return value(name, "a whole number", Integer::valueOf).orElse(otherwise);
    }

    long integer(String name, long otherwise) {
        return value(name, "a whole number", Long::valueOf).orElse(otherwise);
    }

    double number(String name, double otherwise) {
        return value(name, "a number", Double::valueOf).orElse(otherwise);
    }

    private <T> Optional<T> value(String name, String kind, Function<String, T> parse) {
        return text(name).map(text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException | InvalidPathException e) {
                throw new UsageException("--" + name + ": '" + text + "' is not " + kind);
            }
        });
    }
}
