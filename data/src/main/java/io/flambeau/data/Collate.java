package io.flambeau.data;

import io.flambeau.tensor.DTypeException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How samples become a batch. */
public final class Collate {
    private Collate() {}

    /**
     * Samples that are arrays of tensors, each part stacked.
     *
     * @throws TensorException if samples have different numbers of parts, or parts different shapes
     */
    public static Batch tensors(List<Tensor[]> samples) {
        return new Batch(places(samples).stream()
                .map(column -> Tensors.stack(0, column.toArray(Tensor[]::new)))
                .toArray(Tensor[]::new));
    }

    /**
     * Any samples, as PyTorch's {@code default_collate}: tensors of equal shape are stacked; whole numbers become I64,
     * others F64, booleans BOOL tensors; strings a list; lists, arrays of objects and maps are collated place by place;
     * records whose components are tensors (or such records) become one record of the same type.
     *
     * @throws TensorException if samples cannot be put together, naming their types
     */
    public static Object any(List<?> samples) {
        Object first = samples.getFirst();
        return switch (first) {
            case Tensor _ -> Tensors.stack(0, all(Tensor.class, samples).toArray(Tensor[]::new));
            case Boolean _ -> {
                boolean[] values = new boolean[samples.size()];
                List<Boolean> flags = all(Boolean.class, samples);
                for (int i = 0; i < values.length; i++) {
                    values[i] = flags.get(i);
                }
                yield Tensors.of(values);
            }
            case Byte _, Short _, Integer _, Long _ ->
                Tensors.of(all(Number.class, samples).stream()
                        .mapToLong(Number::longValue)
                        .toArray());
            case Number _ ->
                Tensors.of(all(Number.class, samples).stream()
                        .mapToDouble(Number::doubleValue)
                        .toArray());
            case CharSequence _ -> List.copyOf(all(CharSequence.class, samples));
            case Object[] _ -> collateParts(all(Object[].class, samples));
            case List<?> _ -> {
                List<Object[]> lists = new ArrayList<>();
                for (Object list : all(List.class, samples)) {
                    lists.add(((List<?>) list).toArray());
                }
                yield collateParts(lists);
            }
            case Map<?, ?> map -> {
                List<?> maps = all(Map.class, samples);
                Map<Object, Object> parts = new LinkedHashMap<>();
                for (Object key : map.keySet()) {
                    List<Object> column = new ArrayList<>();
                    for (Object sample : maps) {
                        if (!(sample instanceof Map<?, ?> other
                                && other.keySet().equals(map.keySet()))) {
                            throw refuse("maps with different keys cannot be put together: " + map.keySet() + " and "
                                    + ((Map<?, ?>) sample).keySet());
                        }
                        column.add(other.get(key));
                    }
                    parts.put(key, any(column));
                }
                yield parts;
            }
            case Record record -> records(all(record.getClass(), samples), record.getClass());
            default -> throw refuse("samples of " + first.getClass().getName() + " cannot be put together");
        };
    }

    private static List<Object> collateParts(List<Object[]> samples) {
        return places(samples).stream().map(Collate::any).toList();
    }

    private static DTypeException refuse(String what) {
        return new DTypeException("collate", what + "; give the loader a collate function", Fault.DATA);
    }

    /** The samples, all of one type. */
    private static <T> List<T> all(Class<T> type, List<?> samples) {
        List<T> typed = new ArrayList<>(samples.size());
        for (Object sample : samples) {
            if (!type.isInstance(sample)) {
                throw refuse("a " + type.getSimpleName() + " and a "
                        + (sample == null ? "null" : sample.getClass().getSimpleName())
                        + " at one place of two samples cannot be put together");
            }
            typed.add(type.cast(sample));
        }
        return typed;
    }

    /** What stands at each place of samples that have several. */
    private static <T> List<List<T>> places(List<T[]> samples) {
        int count = samples.getFirst().length;
        List<List<T>> columns = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            columns.add(new ArrayList<>(samples.size()));
        }
        for (T[] sample : samples) {
            if (sample.length != count) {
                throw refuse("samples of " + count + " and of " + sample.length + " parts cannot be put together");
            }
            for (int place = 0; place < count; place++) {
                columns.get(place).add(sample[place]);
            }
        }
        return columns;
    }

    private static Object records(List<?> samples, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                types[i] = components[i].getType();
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                List<Object> column = new ArrayList<>();
                for (Object sample : samples) {
                    column.add(accessor.invoke(sample));
                }
                values[i] = any(column);
                if (!types[i].isInstance(values[i])) {
                    throw new DTypeException(
                            "collate",
                            "component " + components[i].getName() + " of record " + type.getName() + " is a "
                                    + types[i].getSimpleName() + " and cannot hold a batch; make it a Tensor or give"
                                    + " the loader a collate function",
                            Fault.DATA);
                }
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new TensorException("collate", "record " + type.getName() + " could not be rebuilt", Fault.DATA, e);
        }
    }
}
