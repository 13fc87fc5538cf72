package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The conformance kit without a test framework: every law for every operation's samples, on one device.
 *
 * <pre>{@code
 * Kit.of(new Device("mine", 0)).run(profile -> true, operation -> true, finding -> finding.failures().forEach(IO::println));
 * }</pre>
 *
 * {@link BackendContract} makes the tests of JUnit of it.
 */
public final class Kit {
    private final Device device;
    private final List<Sample> samples;
    private final Exclusions exclusions;

    /**
     * What came of one law for all samples of one operation, or of a declared failure.
     *
     * @param operation the operation's class and title
     * @param law the law that was checked
     * @param passed how many cases kept it
     * @param failures what is wrong with those that did not
     * @param excluded the cases that the backend declares it does not keep, with its reasons
     */
    public record Finding(String operation, Law law, int passed, List<String> failures, List<String> excluded) {
        public Finding {
            failures = List.copyOf(failures);
            excluded = List.copyOf(excluded);
        }
    }

    Kit(Device device, List<Sample> samples, Class<?> binding) {
        this.device = device;
        this.samples = samples;
        exclusions = Exclusions.of(device.backend(), binding);
    }

    /** The kit's own samples on a device, with what its backend excludes if this class's loader finds the file. */
    public static Kit of(Device device) {
        return new Kit(device, OpSamples.all(), Kit.class);
    }

    Exclusions exclusions() {
        return exclusions;
    }

    /** The samples of a profile's operations, by the operations' names. */
    Map<String, List<Sample>> operations(Profile profile) {
        Map<String, List<Sample>> operations = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (Profile.of(sample.op()) == profile) {
                String name = sample.op().getClass().getSimpleName() + " "
                        + sample.op().title();
                operations.computeIfAbsent(name, key -> new ArrayList<>()).add(sample);
            }
        }
        return operations;
    }

    /** Checks all that the predicates let through, declared failures with profile Core, one finding after another. */
    public void run(Predicate<Profile> profiles, Predicate<String> operations, Consumer<Finding> each) {
        for (Profile profile : Profile.values()) {
            if (profiles.test(profile)) {
                operations(profile).forEach((name, some) -> {
                    if (operations.test(name)) {
                        for (Law law : Law.values()) {
                            each.accept(check(name, law, some));
                        }
                    }
                });
            }
        }
        if (profiles.test(Profile.CORE)) {
            Failures.all().stream()
                    .filter(failure -> operations.test(failure.toString()))
                    .forEach(failure -> each.accept(check(failure)));
        }
    }

    private Finding check(Failures.Failure failure) {
        Optional<String> problem = tried(() -> failure.check(device), failure);
        return new Finding(
                failure.toString(),
                Law.FAILURES,
                problem.isEmpty() ? 1 : 0,
                problem.map(List::of).orElse(List.of()),
                List.of());
    }

    Finding check(String operation, Law law, List<Sample> some) {
        List<String> failures = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        int passed = 0;
        for (Sample sample : some) {
            for (DType dtype : law.dtypes()) {
                for (Layout layout : law.layouts()) {
                    Case c = new Case(sample, dtype, layout, device);
                    if (!c.isHeld() || law != Law.FAILURES && !c.isDefined()) {
                        continue;
                    }
                    Optional<String> reason = exclusions.reason(law, c);
                    if (reason.isPresent()) {
                        excluded.add(c + ": " + reason.get());
                        continue;
                    }
                    Optional<String> failure = tried(() -> law.check(c), c);
                    failure.ifPresent(failures::add);
                    passed += failure.isPresent() ? 0 : 1;
                }
            }
        }
        return new Finding(operation, law, passed, failures, excluded);
    }

    private static Optional<String> tried(Runnable check, Object what) {
        try (Scope _ = Scope.open("case")) {
            check.run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(what + ": " + (e instanceof AssertionError ? e.getMessage() : trace(e)));
        }
    }

    private static String trace(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        for (StackTraceElement frame : e.getStackTrace()) {
            if (text.length() < 1500) {
                text.append("\n        at ").append(frame);
            }
        }
        return text.toString();
    }
}
