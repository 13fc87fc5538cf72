package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an {@link Unpickler} read into plain nested maps, lists and sets, each tensor through a function.
 *
 * <p>What is shared stays shared, so that a small file cannot grow into a large tree; what contains itself, or is nested
 * too deeply, is refused.
 */
public final class Plain {
    /** Deeper values are refused: neither this class nor its callers shall overflow their stacks. */
    public static final int MAX_DEPTH = 200;

    private static final Object UNFINISHED = new Object();

    private final Source source;
    private final Function<TensorRef, ?> tensors;
    private final Map<Object, Object> done = new IdentityHashMap<>();

    public Plain(Source source, Function<TensorRef, ?> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    public @Nullable Object convert(@Nullable Object value) {
        return convert(value, 0);
    }

    private @Nullable Object convert(@Nullable Object value, int depth) {
        return switch (value) {
            case Global global ->
                throw source.refuse("it holds the class " + global + " itself", "save values, not classes");
            case StorageRef storage ->
                throw source.refuse(
                        "it holds the bare storage " + Source.quote(storage.key()), "save tensors, not storages");
            case StoredType type -> type.dtype(source, "a dtype");
            case TensorRef tensor -> once(tensor, depth, tensors::apply);
            case Map<?, ?> map -> once(map, depth, _ -> convertMap(map, depth));
            case Set<?> set -> once(set, depth, _ -> new LinkedHashSet<>(set));
            case Collection<?> list -> once(list, depth, _ -> convertList(list, depth));
            case null, default -> value;
        };
    }

    private <T> Object once(T value, int depth, Function<T, ?> conversion) {
        if (depth > MAX_DEPTH) {
            throw source.bad("its values are nested deeper than " + MAX_DEPTH);
        }
        Object known = done.putIfAbsent(value, UNFINISHED);
        if (known == UNFINISHED) {
            throw source.bad("one of its values contains itself");
        }
        if (known == null) {
            known = conversion.apply(value);
            done.put(value, known);
        }
        return known;
    }

    private Map<Object, @Nullable Object> convertMap(Map<?, ?> map, int depth) {
        Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
        map.forEach((key, value) -> converted.put(key, convert(value, depth + 1)));
        return converted;
    }

    private List<@Nullable Object> convertList(Collection<?> list, int depth) {
        List<@Nullable Object> converted = new ArrayList<>(list.size());
        list.forEach(item -> converted.add(convert(item, depth + 1)));
        return converted;
    }
}
