package io.flambeau.integration;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The modules of this build as they were packaged, found on the class path of the tests. */
final class BuiltModules {
    private BuiltModules() {}

    /** Where they are: jars, or folders of classes when nothing has been packaged. */
    static List<Path> locations() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .filter(entry -> entry.getFileName().toString().startsWith("flambeau-")
                        || entry.endsWith(Path.of("target", "classes")))
                .toList();
    }

    /** The one built in a folder of the project. */
    static Path location(String folder) {
        return locations().stream()
                .filter(path -> path.endsWith(Path.of(folder, "target", "classes"))
                        || path.getParent().endsWith(Path.of(folder, "target")))
                .findFirst()
                .orElseThrow();
    }

    static JavaClasses classes() {
        return new ClassFileImporter()
                .importLocations(locations().stream().map(BuiltModules::classes).toList());
    }

    private static Location classes(Path path) {
        if (Files.isDirectory(path)) {
            return Location.of(path);
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return Location.of(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those with a descriptor, sorted by name. */
    static List<ModuleReference> references() {
        return ModuleFinder.of(locations().toArray(Path[]::new)).findAll().stream()
                .filter(module -> !module.descriptor().isAutomatic())
                .sorted(Comparator.comparing(module -> module.descriptor().name()))
                .toList();
    }
}
