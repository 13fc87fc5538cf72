package io.flambeau.tck;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Pullback;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into gradient rules: a rule that captures a tensor would keep memory that the graph does not know of. */
final class Captures {
    private Captures() {}

    /** Fails if the rule, or a lambda inside it, holds a tensor, a view or a storage. */
    static void assertNone(Pullback pullback) {
        look(pullback.rule(), "the rule", Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void look(@Nullable Object value, String path, Set<Object> seen) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Tensor || value instanceof View || value instanceof Storage) {
            throw new AssertionError(path + " captures a " + value.getClass().getSimpleName()
                    + "; name it in Pullback.saving and take it from there");
        }
        if (value instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                look(array[i], path + "[" + i + "]", seen);
            }
        } else if (value.getClass().isHidden() || value instanceof Record) {
            for (Field field : value.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    look(read(field, value), path + "." + field.getName(), seen);
                }
            }
        }
    }

    private static @Nullable Object read(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (InaccessibleObjectException e) {
            // On the module path only the API itself may look; the kit's own tests run on the class path.
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }
}
