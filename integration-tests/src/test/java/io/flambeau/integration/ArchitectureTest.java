package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
    private static final JavaClasses BUILT = BuiltModules.classes();

    @ParameterizedTest
    @EnumSource
    void holds(Rule rule) {
        rule.rule.check(BUILT);
    }

    @ParameterizedTest
    @EnumSource
    void noticesAViolation(Rule rule, @TempDir Path folder) {
        Sources.compile(folder, rule.violation);
        var result = rule.rule.evaluate(new ClassFileImporter().importPath(folder));
        assertThat(result.hasViolation())
                .as("%s lets its planted violation pass", rule)
                .isTrue();
    }

    /** A rule over nothing always holds: each part of the project must have been seen. */
    @ParameterizedTest
    @CsvSource({
        "io.flambeau.tensor, 400",
        "io.flambeau.autograd, 30",
        "io.flambeau.nn, 150",
        "io.flambeau.optim, 35",
        "io.flambeau.data, 15",
        "io.flambeau.io, 70",
        "io.flambeau.backend.cpu, 100",
        "io.flambeau.backend.clike, 15",
        "io.flambeau.backend.opencl, 6",
        "io.flambeau.backend.cuda, 12",
        "io.flambeau.tck, 80",
        "io.flambeau.conformance, 10",
        "io.flambeau.cli, 30",
        "io.flambeau.examples, 9",
    })
    void sawTheWholeProject(String name, int atLeast) {
        long seen = BUILT.stream()
                .filter(type -> (type.getPackageName() + ".").startsWith(name + "."))
                .count();
        assertThat(seen).as("classes in %s", name).isGreaterThanOrEqualTo(atLeast);
    }
}
