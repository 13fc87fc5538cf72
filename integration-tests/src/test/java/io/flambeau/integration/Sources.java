package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java texts that a test compiles. */
final class Sources {
    private Sources() {}

    /**
     * Compiles the texts against the class path of the tests; fails with the compiler's messages.
     *
     * @param texts by name of the file, with slashes and without ending: {@code "io/flambeau/nn/Planted"}
     * @param folder where the classes go
     */
    static void compile(Map<String, String> texts, Path folder) {
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "--add-modules",
                "jdk.incubator.vector");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        texts.entrySet().stream()
                                .map(entry -> file(entry.getKey(), entry.getValue()))
                                .toList())
                .call();
        assertThat(compiled).as(messages + String.join("\n", texts.values())).isTrue();
    }

    private static JavaFileObject file(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
