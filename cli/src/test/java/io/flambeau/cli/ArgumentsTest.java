package io.flambeau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Command COMMAND = new Command() {
        @Override
        public String name() {
            return "fly";
        }

        @Override
        public String summary() {
            return "flies";
        }

        @Override
        public String operands() {
            return "[PLACE...]";
        }

        @Override
        public List<Option> options() {
            return List.of(
                    new Option("height", "N", "how high"),
                    new Option("map", "FILE", "where"),
                    Option.flag("fast", "hurry"));
        }

        @Override
        public int run(Arguments arguments, PrintStream out) {
            return 0;
        }
    };

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words), COMMAND);
    }

    @Test
    void takesValuesAfterASpaceOrAnEqualsSign() {
        Arguments arguments = parse("--height", "-3", "home", "--map=a=b", "--fast", "--", "--height");
        assertThat(arguments.integer("height", 1)).isEqualTo(-3);
        assertThat(arguments.path("map")).contains(Path.of("a=b"));
        assertThat(arguments.has("fast")).isTrue();
        assertThat(arguments.operands()).containsExactly("home", "--height");
    }

    @Test
    void fallsBackWhenAnOptionIsAbsent() {
        assertThat(parse().integer("height", 7)).isEqualTo(7);
        assertThat(parse().number("height", 0.5)).isEqualTo(0.5);
        assertThat(parse().path("map")).isEmpty();
        assertThat(parse().has("fast")).isFalse();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertUsage("fly: has no option --heigth", "--heigth", "3");
        assertUsage("--height N: the value is missing", "--height");
        assertUsage("--height: is given twice", "--height", "1", "--height=2");
        assertUsage("--fast: takes no value", "--fast=yes");
        assertThatThrownBy(() -> parse("--height", "high").integer("height", 1))
                .isInstanceOf(UsageException.class)
                .hasMessage("--height: 'high' is not a whole number");
        assertThatThrownBy(() -> Arguments.parse(List.of("now"), new Version()))
                .isInstanceOf(UsageException.class)
                .hasMessage("version: does not know what to do with 'now'");
    }

    private static void assertUsage(String message, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
