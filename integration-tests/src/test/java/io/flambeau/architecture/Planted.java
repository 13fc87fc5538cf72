package io.flambeau.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes made for a test under any package name: code that breaks a rule, to see that the rule notices. */
final class Planted {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|enum|interface) (\\w+)");

    private Planted() {}

    /** Compiles the sources, one class each, against the class path of the tests and reads what came out. */
    static JavaClasses classes(List<String> sources, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "--add-modules",
                "jdk.incubator.vector");
        Stream<JavaFileObject> files = sources.stream().map(Planted::file);
        boolean compiled = compiler.getTask(messages, null, null, options, null, files.toList())
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        return new ClassFileImporter().importPath(folder);
    }

    private static JavaFileObject file(String source) {
        String name = find(PACKAGE, source).replace('.', '/') + "/" + find(TYPE, source);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String find(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        assertThat(matcher.find()).as("%s in %s", pattern, source).isTrue();
        return matcher.group(1);
    }
}
