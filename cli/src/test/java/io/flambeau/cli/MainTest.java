package io.flambeau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return Main.run(List.of(words), new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void listsEveryCommandWhenNothingIsAsked() {
        assertThat(run()).isZero();
        assertThat(Main.COMMANDS)
                .allSatisfy(command -> assertThat(out.toString(StandardCharsets.UTF_8))
                        .contains(command.name())
                        .contains(command.summary()));
    }

    @Test
    void explainsACommandWithItsOptions() {
        for (Command command : Main.COMMANDS) {
            out.reset();
            assertThat(run("help", command.name())).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: flambeau " + command.name());
            assertThat(command.options())
                    .allSatisfy(option -> assertThat(out.toString(StandardCharsets.UTF_8))
                            .contains(option.toString())
                            .contains(option.help()));
        }
    }

    @Test
    void saysWhichCommandItDoesNotKnow() {
        assertThat(run("trian")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no command 'trian'");
        assertThat(out.size()).isZero();
    }

    @Test
    void printsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("flambeau \\d+\\.\\d+\\.\\d+")
                .contains(Runtime.version().toString());
    }

    @Test
    void saysWhatADeviceLeavesToTheHost() {
        assertThat(run("devices")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("cpu:0  ")
                .containsPattern("cpu +runs all but \\d+ operations itself; --operations names them")
                .doesNotContain("svdvals");
        out.reset();
        assertThat(run("devices", "--operations")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("cpu +runs all but \\d+ operations itself\\R +bincount, ")
                .contains(" svdvals,", " unique")
                .doesNotContain("softmax", " to,");
    }
}
