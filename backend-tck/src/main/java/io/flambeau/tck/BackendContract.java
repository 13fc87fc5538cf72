package io.flambeau.tck;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.flambeau.tensor.Device;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/**
 * The conformance kit: every law for every operation's samples, on one device. A backend binds it with one class, and
 * declares what it does not keep in a file (see {@link Exclusions}).
 *
 * <pre>{@code
 * class MyBackendTest extends BackendContract {
 *     protected Device device() {
 *         return new Device("mine", 0);
 *     }
 * }
 * }</pre>
 *
 * Profiles are tags: {@code tck-core}, {@code tck-vision}, {@code tck-transformer} and {@code tck-full}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
    private static final int SHOWN = 5;

    private final Report report = new Report();
    private final Set<Profile> tried = EnumSet.noneOf(Profile.class);
    private @Nullable Kit kit;

    /** The device to be tested. */
    protected abstract Device device();

    /** The samples to test with: the kit's, to which a backend with operations of its own adds. */
    protected List<Sample> samples() {
        return OpSamples.all();
    }

    @TestFactory
    @Tag("tck-core")
    Stream<DynamicNode> core() {
        return nodes(Profile.CORE);
    }

    @TestFactory
    @Tag("tck-vision")
    Stream<DynamicNode> vision() {
        return nodes(Profile.VISION);
    }

    @TestFactory
    @Tag("tck-transformer")
    Stream<DynamicNode> transformer() {
        return nodes(Profile.TRANSFORMER);
    }

    @TestFactory
    @Tag("tck-full")
    Stream<DynamicNode> full() {
        return nodes(Profile.FULL);
    }

    /** Declared failures give the declared messages, word for word. */
    @TestFactory
    @Tag("tck-core")
    Stream<DynamicNode> messages() {
        return Failures.all().stream().map(failure -> dynamicTest(failure.toString(), () -> failure.check(device())));
    }

    /** A line that excludes nothing hides a fault that was mended, or names one wrongly; seen when all profiles ran. */
    @AfterAll
    void writeReport() {
        report.write(device(), kit().exclusions());
        List<String> unused = kit().exclusions().unused();
        if (tried.size() == Profile.values().length && !unused.isEmpty()) {
            throw new AssertionError("exclusions that match nothing: " + String.join("; ", unused));
        }
    }

    private Kit kit() {
        if (kit == null) {
            kit = new Kit(device(), samples(), getClass());
        }
        return kit;
    }

    /** One container for each operation of a profile, one test in it for each law, one case for each dtype and layout. */
    private Stream<DynamicNode> nodes(Profile profile) {
        tried.add(profile);
        return kit().operations(profile).entrySet().stream()
                .map(entry -> dynamicContainer(
                        entry.getKey(),
                        Stream.of(Law.values())
                                .map(law -> dynamicTest(
                                        law.describe(),
                                        () -> judge(kit().check(entry.getKey(), law, entry.getValue()))))));
    }

    private void judge(Kit.Finding found) {
        List<String> failures = found.failures();
        report.count(
                found.law(), found.passed(), failures.size(), found.excluded().size());
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " cases fail:\n"
                    + String.join("\n", failures.subList(0, Math.min(SHOWN, failures.size()))));
        }
        if (found.passed() == 0 && !found.excluded().isEmpty()) {
            throw new TestAbortedException("excluded: " + found.excluded().getFirst());
        }
    }
}
