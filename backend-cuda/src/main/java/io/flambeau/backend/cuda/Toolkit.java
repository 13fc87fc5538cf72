package io.flambeau.backend.cuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the libraries of an installed CUDA toolkit lie.
 *
 * <p>Note [How a CUDA library is found]: by its versioned name, since machines that only run programs have no other:
 * first in the folders that the user named ({@code -Dflambeau.cuda.path}, then CUDA_HOME and CUDA_PATH), then where the
 * system's loader looks (LD_LIBRARY_PATH, ldconfig), then in {@code /usr/local/cuda*}, a Python's {@code nvidia}
 * packages and conda. The newest major version that the driver can serve is taken. A library's own helpers
 * (cublasLt for cublas, the built-ins for nvrtc) are opened first, from the same folder, because the library asks
 * the loader for them by bare name and would find another release's, or none.
 */
final class Toolkit {
    private static final String PROPERTY = "flambeau.cuda.path";

    private Toolkit() {}

    /**
     * Opens a library.
     *
     * @param base its name, for example {@code libnvrtc.so}
     * @param majors the versions that will do, the best first
     * @param helpers how the names of files begin that must be opened before it, if they lie beside it
     */
    static Optional<NativeLibrary> open(String base, List<Integer> majors, String... helpers) {
        for (Path folder : named()) {
            Optional<NativeLibrary> found = open(folder, base, majors, helpers);
            if (found.isPresent()) {
                return found;
            }
        }
        for (int major : majors) {
            Optional<NativeLibrary> found = NativeLibrary.open(base + "." + major);
            if (found.isPresent()) {
                return found;
            }
        }
        for (Path folder : usual()) {
            Optional<NativeLibrary> found = open(folder, base, majors, helpers);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<NativeLibrary> open(Path folder, String base, List<Integer> majors, String... helpers) {
        for (int major : majors) {
            Path file = folder.resolve(base + "." + major);
            if (Files.exists(file)) {
                for (String helper : helpers) {
                    entries(folder, helper + "." + major + "*").forEach(path -> NativeLibrary.open(path.toString()));
                }
                Optional<NativeLibrary> found = NativeLibrary.open(file.toString());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Set<Path> named() {
        Set<Path> folders = new LinkedHashSet<>();
        Stream.of(System.getProperty(PROPERTY), System.getenv("CUDA_HOME"), System.getenv("CUDA_PATH"))
                .filter(place -> place != null && !place.isBlank())
                .forEach(place -> addToolkit(folders, Path.of(place)));
        return folders;
    }

    private static Set<Path> usual() {
        Set<Path> folders = new LinkedHashSet<>();
        entries(Path.of("/usr/local"), "cuda*").forEach(place -> addToolkit(folders, place));
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            String place = System.getenv(variable);
            if (place != null && !place.isBlank()) {
                folders.add(Path.of(place, "lib"));
                addPackages(folders, Path.of(place, "lib"));
            }
        }
        addPackages(folders, Path.of("/usr/lib"));
        addPackages(folders, Path.of("/usr/local/lib"));
        addPackages(folders, Path.of(System.getProperty("user.home", "/"), ".local", "lib"));
        return folders;
    }

    /** A toolkit's folders, or the folder itself where it holds the libraries. */
    private static void addToolkit(Set<Path> folders, Path place) {
        folders.add(place.resolve("lib64"));
        folders.add(place.resolve("targets/x86_64-linux/lib"));
        folders.add(place.resolve("lib"));
        folders.add(place);
    }

    /** The libraries that Python's packages bring: {@code python3.x/site-packages/nvidia/NAME/lib}. */
    private static void addPackages(Set<Path> folders, Path lib) {
        for (Path python : entries(lib, "python3*")) {
            for (String packages : List.of("site-packages", "dist-packages")) {
                for (Path part : entries(python.resolve(packages).resolve("nvidia"), "*")) {
                    folders.add(part.resolve("lib"));
                }
            }
        }
    }

    /** What in a folder fits a pattern, the latest version first; nothing if there is no such folder. */
    private static List<Path> entries(Path folder, String pattern) {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                found.forEach(all::add);
            } catch (IOException | java.nio.file.DirectoryIteratorException _) {
                return List.of();
            }
        }
        all.sort(java.util.Comparator.reverseOrder());
        return all;
    }
}
