package io.flambeau.tensor.internal;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.flambeau.tensor.spi.Backend;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What wraps a backend forgets none of its methods: a default taken by mistake would hide the backend's own. */
class WideningTest {
    /** Asked of the backend alone. */
    private static final Set<String> ASKED_BEFORE = Set.of("supports", "converts");

    static Method[] methods() {
        return Backend.class.getMethods();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void isPassedOn(Method method) {
        if (!ASKED_BEFORE.contains(method.getName())) {
            assertThatCode(() -> Widening.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                    .doesNotThrowAnyException();
        }
    }
}
