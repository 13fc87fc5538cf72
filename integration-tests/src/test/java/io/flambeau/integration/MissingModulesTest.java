package io.flambeau.integration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads who forgot a dependency that is only needed at run time. */
class MissingModulesTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingBackendIsNamed() {
        assertThat(run("Tensors.ones(2)", "tensor-api"))
                .isEqualTo("device: no usable backend was found; add the dependency"
                        + " io.flambeau:flambeau-backend-cpu (FB-401)\n");
    }

    @Test
    void theMissingGradientsAreNamed() {
        assertThat(run("Tensors.ones(2).requiresGrad(true)", "tensor-api", "backend-cpu"))
                .isEqualTo("requiresGrad: gradients need the autograd module, which is not there; add the dependency"
                        + " io.flambeau:flambeau-autograd (FB-402)\n");
    }

    /** Evaluates an expression with some of our modules on the class path, and nothing else. */
    private String run(String expression, String... modules) {
        Sources.compile(folder, List.of("""
                import io.flambeau.tensor.TensorException;
                import io.flambeau.tensor.Tensors;

                void main() {
                    try {
                        IO.println(%s);
                    } catch (TensorException e) {
                        IO.println(e.getMessage());
                    }
                }
                """.formatted(expression)));
        String path = Stream.concat(Stream.of(folder), Stream.of(modules).map(BuiltModules::location))
                .map(Path::toString)
                .collect(joining(File.pathSeparator));
        return Jvm.run("-cp", path, Sources.COMPACT);
    }
}
