package io.flambeau.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The codes of messages and the sections of {@code docs/errors.md} are the same, and each section says something. */
class ErrorCodesTest {
    private static final Pattern SECTION =
            Pattern.compile("^## (FB-\\d{3})\\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    private static List<MatchResult> sections() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "errors.md"));
        return SECTION.matcher(text).results().toList();
    }

    @Test
    void everyCodeIsExplainedOnce() throws IOException {
        assertThat(sections())
                .extracting(section -> section.group(1))
                .containsExactlyElementsOf(
                        Arrays.stream(Fault.values()).map(Fault::code).toList());
    }

    @Test
    void everySectionSaysWhatToDo() throws IOException {
        assertThat(sections())
                .allSatisfy(section -> assertThat(section.group(2).strip().length())
                        .as(section.group(1))
                        .isGreaterThan(120));
    }
}
