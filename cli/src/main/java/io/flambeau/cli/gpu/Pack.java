package io.flambeau.cli.gpu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the folder of a check: a Java runtime, the jars of this class path, a script, and golden cases if wanted. What
 * runs it needs a C library and bash.
 */
public final class Pack {
    /** The script that runs the check. */
    public static final String SCRIPT = "check";

    /** What this program needs of Java, without its pictures. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "jdk.management",
            "jdk.incubator.vector",
            "jdk.jfr",
            "jdk.unsupported");

    private Pack() {}

    /**
     * Writes the folder, or nothing.
     *
     * @param folder must not be there, or be empty
     * @param golden a folder of golden cases to carry, or null
     */
    public static void write(Path folder, @Nullable Path golden) throws IOException, InterruptedException {
        Path target = folder.toAbsolutePath();
        if (Files.exists(target) && bytes(target) > 0) {
            throw new IOException(folder + " is there already and not empty; name another folder");
        }
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(part.resolve("lib"));
            runtime(part.resolve("runtime"));
            libraries(part.resolve("lib"));
            if (golden != null) {
                zip(golden, part.resolve("golden.zip"), name -> true);
            }
            script(part.resolve(SCRIPT));
            Files.deleteIfExists(target);
            Files.move(part, target);
        } finally {
            delete(part);
        }
    }

    /** The bytes of all files of a folder. */
    public static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void runtime(Path to) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--output",
                        to.toString(),
                        "--compress=zip-9",
                        "--no-header-files",
                        "--no-man-pages",
                        "--strip-java-debug-attributes",
                        "--vm=server")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jlink could not make a runtime: " + output.strip());
        }
    }

    /** The class path as jars, numbered in its order. */
    private static void libraries(Path to) throws IOException {
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            Path file = to.resolve(String.format(Locale.ROOT, "%02d-%s.jar", number++, name(from)));
            if (Files.isDirectory(from)) {
                zip(from, file, name -> true);
            } else if (from.getFileName().toString().startsWith("jcuda-natives")) {
                rezip(from, file, name -> !name.startsWith("lib/") || name.contains("JCudaDriver"));
            } else if (Files.exists(from)) {
                Files.copy(from, file);
            }
        }
    }

    /** A folder of classes is called after its module. */
    private static String name(Path entry) {
        String name = entry.getFileName().toString().replaceFirst("\\.jar$", "");
        Path module = entry.toAbsolutePath().getParent();
        return name.equals("classes") && module != null && module.endsWith("target")
                ? module.getParent().getFileName().toString()
                : name;
    }

    private static void zip(Path from, Path file, Predicate<String> wanted) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file));
                Stream<Path> files = Files.walk(from)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = from.relativize(each).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(each, out);
                }
            }
        }
    }

    private static void rezip(Path from, Path file, Predicate<String> wanted) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (wanted.test(entry.getName())) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
    }

    /** Unpacks what {@link #write} packed. */
    static void unzip(Path file, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path to = folder.resolve(entry.getName()).normalize();
                if (!to.startsWith(folder)) {
                    throw new IOException(file + " names a file outside of its folder: " + entry.getName());
                }
                Files.createDirectories(to.getParent());
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void script(Path file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pack.class.getResourceAsStream("check.sh"));
                OutputStream out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    /** Deletes a folder and all in it, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
