package io.flambeau.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One kind of golden data: where it lies, and how a file of it is checked. */
public interface Suite {
    /** The folder or file, relative to the golden folder. */
    String place();

    /** The files to check, each on its own, perhaps at the same time. */
    List<Path> files(Path place, String filter) throws IOException;

    /** Checks the cases of one file. */
    void check(Path file, Consumer<Outcome> outcomes);

    /** The files of a folder whose names begin with the filter and end with the extension, in order. */
    static List<Path> named(Path place, String filter, String extension) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.getFileName().toString().endsWith(extension))
                    .filter(file -> file.getFileName().toString().startsWith(filter))
                    .sorted()
                    .toList();
        }
    }
}
