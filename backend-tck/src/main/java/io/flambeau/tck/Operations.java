package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.op.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All operations that the API's jar or folder holds, found by looking through it. */
public final class Operations {
    private static final String ROOT = "io/flambeau/tensor/op";

    private Operations() {}

    /** Every record and enum that is an operation. */
    public static List<Class<? extends Op>> classes() {
        URL place = Op.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            Path path = Path.of(place.toURI());
            if (Files.isDirectory(path)) {
                return under(path);
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + path.toUri()), Map.of())) {
                return under(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the API was loaded from " + place, e);
        }
    }

    private static List<Class<? extends Op>> under(Path root) throws IOException {
        List<Class<? extends Op>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(ROOT))) {
            for (Path file : files.sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    add(name.substring(0, name.length() - ".class".length()).replace('/', '.'), found);
                }
            }
        }
        return found;
    }

    private static void add(String name, List<Class<? extends Op>> found) {
        try {
            Class<?> type = Class.forName(name, false, Op.class.getClassLoader());
            // A constant with a body is a class of its own, but the enum is the operation.
            boolean concrete = !Modifier.isAbstract(type.getModifiers()) || type.isEnum();
            if (Op.class.isAssignableFrom(type) && concrete && !type.isInterface() && !type.isAnonymousClass()) {
                found.add(type.asSubclass(Op.class));
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * What no sample covers: constants of enums, classes of records, and values of their components that choose among
     * named kinds.
     */
    public static Set<String> uncovered(List<Sample> samples) {
        Set<Object> seen = new java.util.HashSet<>();
        for (Sample sample : samples) {
            collect(sample.op(), seen);
        }
        Set<String> missing = new TreeSet<>();
        for (Class<? extends Op> type : classes()) {
            if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    if (!seen.contains(constant)) {
                        missing.add(type.getSimpleName() + "." + constant);
                    }
                }
            } else if (!seen.contains(type)) {
                missing.add(type.getSimpleName());
            } else {
                missingKinds(type, seen, missing);
            }
        }
        return missing;
    }

    private static void collect(Object value, Set<Object> seen) {
        if (value instanceof Enum<?> constant) {
            seen.add(constant);
        }
        if (value instanceof Record && value instanceof Op) {
            seen.add(value.getClass());
        }
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    Object part = component.getAccessor().invoke(value);
                    if (part instanceof Record || part instanceof Op) {
                        collect(part, seen);
                    } else if (part instanceof Enum<?>) {
                        seen.add(List.of(value.getClass(), part));
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(component.toString(), e);
                }
            }
        }
    }

    private static void missingKinds(Class<?> type, Set<Object> seen, Set<String> missing) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> kind = component.getType();
            if (kind.isEnum() && kind != DType.class && !Op.class.isAssignableFrom(kind)) {
                for (Object constant : kind.getEnumConstants()) {
                    if (!seen.contains(List.of(type, constant))) {
                        missing.add(type.getSimpleName() + " of " + constant);
                    }
                }
            }
        }
    }
}
