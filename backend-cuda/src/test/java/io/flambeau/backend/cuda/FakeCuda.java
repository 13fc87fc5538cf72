package io.flambeau.backend.cuda;

import io.flambeau.tensor.Device;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A CUDA driver and compiler that need no GPU, built from {@code src/test/fake-cuda} in the folder that
 * LD_LIBRARY_PATH names, and what they can be told and asked. Without g++ the tests that need it are skipped and say so,
 * or fail if FLAMBEAU_REQUIRE_CUDA is true.
 */
final class FakeCuda {
    private static final String FOLDER = "fake-cuda";
    private static final List<String> HEADERS = List.of("module.h", "kernel.h", "fibres.h", "floats.h", "product.h");
    /** Where those libraries are that are to be found only on demand. */
    private static final String LIBRARIES = "libraries";

    private static boolean built;

    private FakeCuda() {}

    /** The device, after making sure that there is a driver. */
    static Device device() {
        require();
        return new Device("cuda", 0);
    }

    /** Builds the libraries once. */
    static synchronized void require() {
        if (!built) {
            try {
                compile("cuda.cpp", "libcuda.so.1");
                compile("nvrtc.cpp", "libnvrtc.so.12");
                Files.createDirectories(folder().resolve(LIBRARIES));
                compile("cublas.cpp", LIBRARIES + "/libcublas.so.12");
                compile("cublaslt.cpp", LIBRARIES + "/libcublasLt.so.12");
                compile("cudnn.cpp", LIBRARIES + "/libcudnn.so.9");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            built = true;
        }
    }

    /** Where the sources are, and the libraries will be: it must be there when the JVM starts, or the loader skips it. */
    static Path folder() {
        return Stream.of(System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator))
                .filter(place -> place.endsWith(FOLDER))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("LD_LIBRARY_PATH names no folder " + FOLDER));
    }

    private static void compile(String source, String library) throws IOException {
        Path folder = folder();
        Path to = folder.resolve(library);
        Path stamp = to.resolveSibling("built-from-" + to.getFileName());
        StringBuilder text = new StringBuilder(Files.readString(folder.resolve(source)));
        for (String header : HEADERS) {
            text.append(Files.readString(folder.resolve(header)));
        }
        if (Files.exists(to) && Files.exists(stamp) && Files.readString(stamp).contentEquals(text)) {
            return;
        }
        Path part = Files.createTempFile(folder, source, ".part");
        String output = run(
                "g++",
                "-std=c++17",
                "-O1",
                "-shared",
                "-fPIC",
                "-o",
                part.toString(),
                folder.resolve(source).toString(),
                "-ldl");
        if (!output.isEmpty()) {
            throw new AssertionError(output);
        }
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(stamp, text);
    }

    private static String run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            String problem = "the tests on a CUDA driver without a GPU need g++: " + e.getMessage();
            if (Boolean.parseBoolean(System.getenv("FLAMBEAU_REQUIRE_CUDA"))) {
                throw new AssertionError(problem);
            }
            throw new TestAbortedException(problem);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The folder of the libraries that a toolkit has and a driver has not. */
    static Path libraries() {
        require();
        return folder().resolve(LIBRARIES);
    }

    /** Scripts what happens from now on; the names are in {@code cuda.cpp}. */
    static void set(String name, long value) {
        try (Arena arena = Arena.ofConfined()) {
            library().call("fakeSet", arena.allocateFrom(name), value);
        }
    }

    /** How many of something there are, or were. */
    static long count(String what) {
        try (Arena arena = Arena.ofConfined()) {
            return library().call("fakeCount", arena.allocateFrom(what));
        }
    }

    /** Forgets that a launch failed, after which a real device serves no more. */
    static void heal() {
        library().call("fakeHeal");
    }

    private static NativeLibrary library() {
        require();
        return Libcuda.library().orElseThrow();
    }
}
