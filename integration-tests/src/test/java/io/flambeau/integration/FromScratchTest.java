package io.flambeau.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The framework from scratch compiles, prints what its page says, is as short as it says, and each file is explained. */
class FromScratchTest {
    private static final Path PLACE = Path.of("..", "docs", "from-scratch");
    private static final Pattern OUTPUT = Pattern.compile("```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NO_CODE = Pattern.compile("\\s*(?://.*|/?\\*.*|import .*)?");

    @TempDir
    private Path folder;

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(PLACE)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void printsWhatItsPageSays() throws IOException {
        Sources.compile(folder, files().stream().map(Sources::read).toList());
        Matcher output = OUTPUT.matcher(Sources.read(PLACE.resolve("README.md")));
        assertThat(output.find()).isTrue();
        assertThat(Jvm.run("-Dstdout.encoding=UTF-8", "-cp", folder.toString(), "Main"))
                .isEqualTo(output.group(1));
    }

    @Test
    void isAsShortAsItSaysAndExplained() throws IOException {
        String page = Sources.read(PLACE.resolve("README.md"));
        long lines = 0;
        for (Path file : files()) {
            assertThat(page).contains("](" + file.getFileName() + ")");
            lines += Files.readAllLines(file).stream()
                    .filter(line -> !NO_CODE.matcher(line).matches())
                    .count();
        }
        assertThat(lines).isBetween(300L, 500L);
    }
}
