package io.flambeau.tensor.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.ArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private final Signature roll = Signature.parse("roll(input, shifts, dims=(), *, wrap: Bool=True, mode='a, b')");

    @Test
    void readsDefaultsOfEveryKind() {
        Arguments a = roll.bind(List.of(1L, 2L), Map.of());
        assertThat(a.sizes("dims")).isEmpty();
        assertThat(a.flag("wrap")).isTrue();
        Signature numbers = Signature.parse("f(a=1, b=-2.5, c=None, d=inf, e=(0, 1))");
        Arguments b = numbers.bind(List.of(), Map.of());
        assertThat(b.integer("a")).isEqualTo(1);
        assertThat(b.real("b")).isEqualTo(-2.5);
        assertThat(b.has("c")).isFalse();
        assertThat(b.real("d")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(b.axes("e")).containsExactly(0, 1);
    }

    @Test
    void namesTheArgumentThatIsMissingUnknownTwiceOrSurplus() {
        assertRefused(roll, List.of(1L), Map.of(), "roll: argument shifts is missing");
        assertRefused(roll, List.of(1L, 2L), Map.of("axis", 1L), "roll: has no argument axis");
        assertRefused(roll, List.of(1L, 2L), Map.of("shifts", 1L), "roll: argument shifts is given twice");
        assertRefused(
                roll, List.of(1L, 2L, 3L, 4L), Map.of(), "roll: takes at most 3 positional arguments, there are 4");
        assertRefused(roll, List.of(1L, 2L), Map.of("wrap", 7L), "roll: argument wrap must be bool, it is 7");
    }

    @Test
    void variadicTakesTheRestOrOneList() {
        Signature permute = Signature.parse("permute(input, *dims)");
        assertThat(permute.bind(List.of(1L, 2L, 0L), Map.of()).axes("dims")).containsExactly(2, 0);
        assertThat(permute.bind(List.of(1L, List.of(2L, 0L)), Map.of()).axes("dims"))
                .containsExactly(2, 0);
        assertThat(permute.bind(List.of(1L), Map.of()).axes("dims")).isEmpty();
    }

    @Test
    void typedAccessNamesOperationArgumentAndValue() {
        Arguments a = Signature.parse("f(x, y)").bind(Arrays.asList("text", null), Map.of());
        assertThatThrownBy(() -> a.integer("x")).hasMessageContaining("f: argument x must be an integer, it is 'text'");
        assertThatThrownBy(() -> a.tensor("y")).hasMessageContaining("f: argument y must be a tensor, it is None");
    }

    private static void assertRefused(Signature s, List<Object> positional, Map<String, Object> named, String start) {
        assertThatThrownBy(() -> s.bind(positional, named))
                .isInstanceOf(ArgumentException.class)
                .hasMessageStartingWith(start);
    }
}
