package io.flambeau.integration;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Classes made for a test under any package name: code that breaks a rule, to see that the rule notices. */
final class Planted {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|enum|interface) (\\w+)");

    private Planted() {}

    /** Compiles the sources, one class each, and reads what came out. */
    static JavaClasses classes(List<String> sources, Path folder) {
        Sources.compile(sources.stream().collect(toMap(Planted::name, source -> source)), folder);
        return new ClassFileImporter().importPath(folder);
    }

    private static String name(String source) {
        return find(PACKAGE, source).replace('.', '/') + "/" + find(TYPE, source);
    }

    private static String find(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        assertThat(matcher.find()).as("%s in %s", pattern, source).isTrue();
        return matcher.group(1);
    }
}
