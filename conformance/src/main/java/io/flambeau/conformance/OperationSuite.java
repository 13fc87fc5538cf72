package io.flambeau.conformance;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Catalogs;
import io.flambeau.tensor.catalog.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ops/}: calls of single operations, with gradients, in every layout and in place; and calls that must be refused. */
final class OperationSuite implements Suite {
    private static final String EXTENSION = ".safetensors";

    @Override
    public String place() {
        return "ops";
    }

    @Override
    public List<Path> files(Path place, String filter) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .filter(file -> matches(file, filter))
                    .sorted()
                    .toList();
        }
    }

    private static boolean matches(Path file, String filter) {
        String name = file.getFileName().toString();
        String op = name.substring(0, name.length() - EXTENSION.length());
        return filter.isEmpty()
                || op.equals(filter)
                || op.startsWith(filter + ".")
                || filter.endsWith("*") && op.startsWith(filter.substring(0, filter.length() - 1));
    }

    @Override
    public void check(Path path, Consumer<Outcome> outcomes) {
        try (GoldenFile file = new GoldenFile(path)) {
            for (Fields fields : file.cases()) {
                outcomes.accept(check(file, GoldenCase.of(fields)));
            }
        }
    }

    private static Outcome check(GoldenFile file, GoldenCase c) {
        if (Catalogs.find(c.op()).isEmpty()) {
            return Outcome.skipped(c.id(), "the operation " + c.op() + " is not there");
        }
        Rule rule = Rule.of(c);
        if (rule.skip()) {
            return Outcome.skipped(c.id(), rule.reason());
        }
        if (c.out() == null) {
            return refused(file, c);
        }
        for (Layout layout : Layout.values()) {
            if (layout == Layout.CONTIGUOUS || !rule.contiguousOnly()) {
                Outcome outcome = run(file, c, layout, false, rule);
                if (outcome.status() != Outcome.Status.PASSED) {
                    return outcome;
                }
            }
        }
        return Catalogs.find(c.op() + "_").isEmpty()
                ? Outcome.passed(c.id())
                : run(file, c, Layout.CONTIGUOUS, true, rule);
    }

    private static Outcome run(GoldenFile file, GoldenCase c, Layout layout, boolean inPlace, Rule rule) {
        try (Scope _ = Scope.open("case")) {
            return new GoldenRun(file, c, layout, inPlace, rule).outcome();
        }
    }

    private static Outcome refused(GoldenFile file, GoldenCase c) {
        try (Scope _ = Scope.open("case")) {
            new GoldenRun(file, c, Layout.CONTIGUOUS, false, Rule.of(c)).call();
            // A device may be behind.
            Tensors.synchronize(Tensors.defaultDevice());
        } catch (TensorException e) {
            String message = String.valueOf(e.getMessage());
            if (!plain(message).contains(plain(Entry.camel(c.op())))) {
                return Outcome.failed(c.id(), "the refusal does not name the operation: " + message, 0);
            }
            String problem = message.substring(message.indexOf(':') + 1, message.lastIndexOf('('));
            return VALUE.matcher(problem).find()
                    ? Outcome.passed(c.id())
                    : Outcome.failed(c.id(), "the refusal names no actual value: " + message, 0);
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed(c.id(), "was not refused but broke: " + e, 0);
        }
        return Outcome.failed(c.id(), "was not refused", 0);
    }

    /** A number, a shape, a dtype, a truth value or quoted text; or the name of an argument that is not known. */
    private static final Pattern VALUE =
            Pattern.compile("\\d|'|\\[]|\\b(bool|true|false|null|none|None|NaN|nan|inf)|has no argument \\w+");

    /** A name without regard to how its words are joined. */
    private static String plain(String text) {
        return text.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
