package io.flambeau.tck;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Test data that lives outside the repository.
 *
 * <p>The folder is named by the system property {@code flambeau.testdata} or, without it, by the environment variable
 * {@code FLAMBEAU_TESTDATA}. A test whose data are absent is skipped and says so; where the data must be there, the
 * system property {@code flambeau.requireTestdata} or the variable {@code FLAMBEAU_REQUIRE_TESTDATA} set to
 * {@code true} turns the skip into a failure.
 */
public final class TestData {
    private static final System.Logger LOG = System.getLogger("io.flambeau.tck");

    private TestData() {}

    /**
     * The file or folder at a path relative to the test data.
     *
     * <pre>{@code Path images = TestData.require("data/mnist/t10k-images-idx3-ubyte.gz");}</pre>
     */
    public static Path require(String relative) {
        Optional<Path> folder =
                setting("flambeau.testdata", "FLAMBEAU_TESTDATA").map(Path::of);
        if (folder.isEmpty()) {
            return absent("needs test data " + relative + ": set -Dflambeau.testdata=DIR or FLAMBEAU_TESTDATA");
        }
        Path path = folder.get().resolve(relative);
        return Files.exists(path) ? path : absent("needs test data " + relative + ": not found in " + folder.get());
    }

    private static Path absent(String message) {
        boolean required = setting("flambeau.requireTestdata", "FLAMBEAU_REQUIRE_TESTDATA")
                .map(Boolean::parseBoolean)
                .orElse(false);
        if (required) {
            return fail(message);
        }
        LOG.log(System.Logger.Level.WARNING, "a test is skipped: it " + message);
        return abort(message);
    }

    private static Optional<String> setting(String property, String variable) {
        String value = System.getProperty(property, System.getenv(variable));
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
