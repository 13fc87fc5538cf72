package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.autograd.GradCheck;
import io.flambeau.nn.catalog.ModuleCatalog;
import io.flambeau.nn.catalog.ModuleEntry;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.catalog.Catalogs;
import io.flambeau.tensor.catalog.Dictionary;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dictionary says what the catalogue says, and what it names is there. */
class DictionaryTest {
    private static final Path FILE = Path.of("..", "docs", "pytorch-to-flambeau.md");
    private static final Path MODULES = Path.of("..", "docs", "modules.md");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\.(\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("\\n\\| (`.*`) \\| (`.*`) \\|");
    private static final List<String> PACKAGES =
            List.of("io.flambeau.tensor.", "io.flambeau.autograd.", "io.flambeau.nn.");

    /** {@code -Dflambeau.golden=write} writes it anew. */
    @Test
    void isCurrent() throws IOException {
        assertCurrent(FILE, Dictionary.markdown(Catalogs.all()));
    }

    @Test
    void theModulesAreCurrent() throws IOException {
        assertCurrent(MODULES, ModuleCatalog.markdown());
    }

    @Test
    void everyModuleIsAClass() {
        assertThat(ModuleCatalog.all().values())
                .extracting(ModuleEntry::java)
                .allSatisfy(java -> assertThat(Stream.of("layer", "loss"))
                        .anyMatch(part -> isClass("io.flambeau.nn." + part + "." + java.replaceAll("new |\\(.*", ""))));
    }

    private static boolean isClass(String name) {
        try {
            return Class.forName(name) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void assertCurrent(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("flambeau.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text);
    }

    @Test
    void everyFormNamesAMethod() {
        ROW.matcher(Dictionary.markdown(Catalogs.all())).results().forEach(row -> {
            String java = row.group(2);
            List<MatchResult> calls = CALL.matcher(java).results().toList();
            assertThat(calls).as("%s of %s calls a method", java, row.group(1)).isNotEmpty();
            assertThat(calls)
                    .as("the form %s of %s", java, row.group(1))
                    .allSatisfy(call -> assertThat(methods(call.group(1)).map(Method::getName))
                            .contains(call.group(2)));
        });
    }

    private static Stream<Method> methods(String receiver) {
        if (Character.isLowerCase(receiver.charAt(0))) {
            return Arrays.stream((receiver.equals("dtype") ? DType.class : Tensor.class).getMethods());
        } else if (receiver.equals("DEFAULT")) {
            return Arrays.stream(GradCheck.class.getMethods());
        }
        return PACKAGES.stream().flatMap(name -> {
            try {
                return Arrays.stream(Class.forName(name + receiver).getMethods());
            } catch (ClassNotFoundException e) {
                return Stream.empty();
            }
        });
    }
}
