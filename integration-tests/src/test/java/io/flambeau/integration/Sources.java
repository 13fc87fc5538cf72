package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java texts that a test compiles, under any package name. */
final class Sources {
    /** The class of a text that declares none: a compact source file. */
    static final String COMPACT = "Snippet";

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:[^\\n]*;)? *(?:\\w+ )*(?:class|record|enum|interface) (\\w+)", Pattern.MULTILINE);

    private Sources() {}

    /** Compiles the texts into a folder, against it and the class path of the tests; fails as the compiler does. */
    static void compile(Path folder, List<String> texts) {
        compile(folder, texts, classPath(folder));
    }

    /** Compiles the texts into a folder, against a class path. */
    static void compile(Path folder, List<String> texts, String classPath) {
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d", folder.toString(), "-cp", classPath, "-proc:none", "--add-modules", "jdk.incubator.vector");
        List<JavaFileObject> files = texts.stream().map(Sources::file).toList();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, files)
                .call();
        assertThat(compiled).as(messages + String.join("\n", texts)).isTrue();
    }

    /** What was compiled into the folder, and the class path of the tests. */
    static String classPath(Path folder) {
        return folder + File.pathSeparator + System.getProperty("java.class.path");
    }

    /** The text of a file. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject file(String text) {
        String name = find(PACKAGE, text, "").replace('.', '/') + "/" + find(TYPE, text, COMPACT);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static String find(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
