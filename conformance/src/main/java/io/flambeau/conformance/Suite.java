package io.flambeau.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One kind of golden data: where it lies, and how a file of it is checked. */
public interface Suite {
    /** The folder or file, relative to the golden folder. */
    String place();

    /** The files to check, each on its own, perhaps at the same time. */
    List<Path> files(Path place, String filter) throws IOException;

    /** Checks the cases of one file. */
    void check(Path file, Consumer<Outcome> outcomes);
}
