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

    /** Samples that are arrays of tensors, each part stacked. */
    public static Batch tensors(List<Tensor[]> samples) {
        int parts = samples.getFirst().length;
        Tensor[] batch = new Tensor[parts];
        for (int part = 0; part < parts; part++) {
            Tensor[] column = new Tensor[samples.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = samples.get(i)[part];
            }
            batch[part] = Tensors.stack(0, column);
        }
        return new Batch(batch);
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
            case Tensor _ -> Tensors.stack(0, samples.toArray(Tensor[]::new));
            case Boolean _ -> {
                boolean[] values = new boolean[samples.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (Boolean) samples.get(i);
                }
                yield Tensors.of(values);
            }
            case Byte _, Short _, Integer _, Long _ ->
                Tensors.of(samples.stream()
                        .mapToLong(n -> ((Number) n).longValue())
                        .toArray());
            case Number _ ->
                Tensors.of(samples.stream()
                        .mapToDouble(n -> ((Number) n).doubleValue())
                        .toArray());
            case CharSequence _ -> List.copyOf(samples);
            case Object[] array -> {
                List<Object> parts = new ArrayList<>();
                for (int part = 0; part < array.length; part++) {
                    int p = part;
                    parts.add(any(samples.stream().map(s -> ((Object[]) s)[p]).toList()));
                }
                yield parts;
            }
            case List<?> list -> {
                List<Object> parts = new ArrayList<>();
                for (int part = 0; part < list.size(); part++) {
                    int p = part;
                    parts.add(
                            any(samples.stream().map(s -> ((List<?>) s).get(p)).toList()));
                }
                yield parts;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> parts = new LinkedHashMap<>();
                for (Object key : map.keySet()) {
                    parts.put(
                            key,
                            any(samples.stream()
                                    .map(s -> ((Map<?, ?>) s).get(key))
                                    .toList()));
                }
                yield parts;
            }
            case Record record -> records(samples, record.getClass());
            default ->
                throw new DTypeException(
                        "collate",
                        "samples of " + first.getClass().getName() + " cannot be put together; give the loader a"
                                + " collate function",
                        Fault.DATA);
        };
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
