package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module needs and shows changes only on purpose: with the text in {@code descriptors}. */
class DescriptorTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "descriptors");
    private static final String SERVICES = "META-INF/services/";

    static List<ModuleReference> modules() {
        return BuiltModules.references();
    }

    /** {@code -Dflambeau.golden=write} writes the texts anew. */
    @ParameterizedTest
    @MethodSource("modules")
    void descriptorIsAsWritten(ModuleReference module) throws IOException {
        Path golden = GOLDEN.resolve(module.descriptor().name() + ".txt");
        String text = describe(module.descriptor());
        if ("write".equals(System.getProperty("flambeau.golden"))) {
            Files.writeString(golden, text);
        }
        assertThat(golden).hasContent(text);
    }

    @Test
    void everyTextHasAModule() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(modules().stream()
                            .map(module -> module.descriptor().name() + ".txt")
                            .toList());
        }
    }

    /** The class path reads META-INF/services, the module path the descriptor. */
    @ParameterizedTest
    @MethodSource("modules")
    void servicesAreTheSameOnBothPaths(ModuleReference module) throws IOException {
        Map<String, List<String>> provided = module.descriptor().provides().stream()
                .collect(toMap(ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));
        assertThat(services(module)).isEqualTo(provided);
    }

    private static Map<String, List<String>> services(ModuleReference module) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        try (ModuleReader reader = module.open();
                Stream<String> names = reader.list()) {
            for (String name : names.filter(n -> n.startsWith(SERVICES) && !n.endsWith("/"))
                    .toList()) {
                byte[] text = reader.open(name).orElseThrow().readAllBytes();
                services.put(
                        name.substring(SERVICES.length()),
                        new String(text, StandardCharsets.UTF_8)
                                .lines()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .toList());
            }
        }
        return services;
    }

    private static String describe(ModuleDescriptor module) {
        Stream<String> requires = module.requires().stream().map(r -> "requires " + words(r.modifiers()) + r.name());
        Stream<String> exports = module.exports().stream().map(e -> "exports " + e.source() + to(e.targets()));
        Stream<String> opens = module.opens().stream().map(o -> "opens " + o.source() + to(o.targets()));
        Stream<String> uses = module.uses().stream().map(service -> "uses " + service);
        Stream<String> provides = module.provides().stream()
                .map(p -> "provides " + p.service() + " with " + String.join(", ", p.providers()));
        return Stream.of(Stream.of("module " + module.name()), requires, exports, opens, uses, provides)
                .map(Stream::sorted)
                .flatMap(lines -> lines)
                .collect(joining("\n", "", "\n"));
    }

    private static String words(Set<? extends Enum<?>> modifiers) {
        return modifiers.stream()
                .sorted(Comparator.comparing(Enum::name))
                .map(modifier -> modifier.name().toLowerCase() + " ")
                .collect(joining());
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + targets.stream().sorted().collect(joining(", "));
    }
}
