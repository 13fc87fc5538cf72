package io.flambeau.tensor.catalog;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a signature.
 *
 * @param name PyTorch's name
 * @param kind what it accepts; {@link Kind#ANY} where the call itself decides
 * @param keywordOnly whether it can only be given by name
 * @param variadic whether it takes all remaining positional arguments, or one list of them
 * @param required whether it has no default
 * @param fallback the default
 */
public record Parameter(
        String name,
        Kind kind,
        boolean keywordOnly,
        boolean variadic,
        boolean required,
        @Nullable Object fallback) {

    /** What a parameter accepts, where signatures of one name differ only in that. */
    public enum Kind {
        ANY,
        TENSOR,
        INT,
        NUMBER,
        BOOL,
        LIST,
        STR,
        DTYPE;

        boolean accepts(@Nullable Object value) {
            return switch (this) {
                case ANY -> true;
                case TENSOR -> value instanceof Tensor;
                case INT -> value instanceof Long;
                case NUMBER -> value instanceof Number || value instanceof Complex;
                case BOOL -> value instanceof Boolean;
                case LIST -> value instanceof List<?>;
                case STR -> value instanceof String;
                case DTYPE -> value instanceof DType;
            };
        }
    }
}
