package io.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromeTraceTest {
    @TempDir
    private Path folder;

    private List<Json> events(Profile.Span... spans) throws IOException {
        Path file = folder.resolve("trace.json");
        ChromeTrace.write(new Profile(Duration.ZERO, List.of(), List.of(), List.of(spans)), file);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        Json.Obj trace = (Json.Obj) Json.parse(new Source("test", "trace"), Files.readString(file));
        return ((Json.Arr) trace.members().get("traceEvents")).elements();
    }

    @Test
    void aCallIsACompleteEventInMicroseconds() throws IOException {
        List<Json> events = events(
                new Profile.Span("add", "A.b(A.java:\"1\")", "main", 1500, 250, 32),
                new Profile.Span("exp", "A.c(A.java:2)", "worker", 2000, 1000, 64));
        assertThat(events).hasSize(4);
        assertThat(((Json.Obj) events.getFirst()).members())
                .containsEntry("name", new Json.Str("add"))
                .containsEntry("ph", new Json.Str("X"))
                .containsEntry("ts", new Json.Num("1.5"))
                .containsEntry("dur", new Json.Num("0.25"))
                .containsEntry("tid", new Json.Num("1"));
        assertThat(events.getFirst())
                .hasToString(events.getFirst().toString())
                .asString()
                .contains("A.java:\\\"1\\\"");
        assertThat(events.get(3)).asString().contains("thread_name", "worker", "\"tid\":2");
    }

    @Test
    void aProfileOfNothingIsATraceOfNothing() throws IOException {
        assertThat(events()).isEmpty();
    }
}
