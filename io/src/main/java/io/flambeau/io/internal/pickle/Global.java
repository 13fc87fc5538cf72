package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a pickle may use, all of them; what they do is written here and builds values only. The list follows
 * that of <a href="https://docs.pytorch.org/docs/stable/notes/serialization.html">weights_only</a>.
 */
enum Global {
    ORDERED_DICT("collections.OrderedDict"),
    COUNTER("collections.Counter"),
    SET("builtins.set"),
    COMPLEX("builtins.complex"),
    BYTEARRAY("builtins.bytearray"),
    ENCODE("_codecs.encode"),
    SIZE("torch.Size"),
    DEVICE("torch.device"),
    TENSOR("torch.Tensor"),
    PARAMETER("torch.nn.parameter.Parameter"),
    REBUILD_TENSOR("torch._utils._rebuild_tensor"),
    REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
    REBUILD_TENSOR_V3("torch._utils._rebuild_tensor_v3"),
    REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
    REBUILD_PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state"),
    REBUILD_FROM_TYPE("torch._tensor._rebuild_from_type_v2"),
    BOOL_STORAGE("torch.BoolStorage", StoredType.BOOL),
    BYTE_STORAGE("torch.ByteStorage", StoredType.U8),
    CHAR_STORAGE("torch.CharStorage", StoredType.I8),
    SHORT_STORAGE("torch.ShortStorage", StoredType.I16),
    INT_STORAGE("torch.IntStorage", StoredType.I32),
    LONG_STORAGE("torch.LongStorage", StoredType.I64),
    HALF_STORAGE("torch.HalfStorage", StoredType.F16),
    BFLOAT16_STORAGE("torch.BFloat16Storage", StoredType.BF16),
    FLOAT_STORAGE("torch.FloatStorage", StoredType.F32),
    DOUBLE_STORAGE("torch.DoubleStorage", StoredType.F64),
    COMPLEX_FLOAT_STORAGE("torch.ComplexFloatStorage", StoredType.C64),
    COMPLEX_DOUBLE_STORAGE("torch.ComplexDoubleStorage", StoredType.C128),
    UNTYPED_STORAGE("torch.storage.UntypedStorage", StoredType.U8);

    private static final Map<String, Object> BY_NAME = new HashMap<>();
    private static final Pattern UNKNOWN_DTYPE =
            Pattern.compile("u?int\\d+|float[48]_\\w+|complex32|q?u?int\\d\\w*|bits\\w+|QU?Int\\w+Storage|per_\\w+");
    private static final Set<String> UNKNOWN_TENSORS = Set.of(
            "_rebuild_sparse_tensor", "_rebuild_qtensor", "_rebuild_nested_tensor", "_rebuild_meta_tensor_no_storage");

    static {
        for (Global global : values()) {
            BY_NAME.put(global.name, global);
        }
        for (StoredType type : StoredType.values()) {
            if (type.title() != null) {
                BY_NAME.put("torch." + type.title(), type);
            }
        }
    }

    private final String name;
    private final @Nullable StoredType stored;

    Global(String name) {
        this(name, null);
    }

    Global(String name, @Nullable StoredType stored) {
        this.name = name;
        this.stored = stored;
    }

    /** The value of a name: a constant of this list or a type of elements. */
    static Object find(Source source, String module, String name) {
        // Python 2's name for builtins, and storages that were on a GPU, which are read to the host.
        String home = module.equals("__builtin__") ? "builtins" : module.equals("torch.cuda") ? "torch" : module;
        Object value = BY_NAME.get(home + "." + name);
        if (value == null && home.equals("torch") && UNKNOWN_DTYPE.matcher(name).matches()
                || home.equals("torch._utils") && UNKNOWN_TENSORS.contains(name)) {
            throw source.refuse(
                    "it holds " + home + "." + name + ", which no tensor here can hold",
                    "convert it to a dense tensor of another dtype before saving");
        }
        if (value == null) {
            throw source.unsafe("it needs " + Source.quote(module + "." + name)
                    + " to be run by Python; save the model's state_dict() instead of the model");
        }
        return value;
    }

    /** The storage that a persistent id names. */
    static StorageRef storage(Source source, @Nullable Object id) {
        if (id instanceof Tuple t
                && (t.size() == 5 || t.size() == 6)
                && "storage".equals(t.get(0))
                && t.get(1) instanceof Global type
                && type.stored != null
                && t.get(2) instanceof String key
                && t.get(3) instanceof String
                && t.get(4) instanceof Long count
                && count >= 0) {
            if (t.size() == 5 || t.get(5) == null) {
                return new StorageRef(key, type.stored, count, 0, count);
            }
            if (t.get(5) instanceof Tuple part
                    && part.size() == 3
                    && part.get(1) instanceof Long start
                    && part.get(2) instanceof Long length
                    && start >= 0
                    && length >= 0
                    && length <= count - start) {
                return new StorageRef(key, type.stored, count, start, length);
            }
        }
        throw source.bad("its pickle has a persistent id that names no storage");
    }

    /** What calling this name gives. */
    @Nullable Object call(Source source, Tuple arguments) {
        return switch (this) {
            case ORDERED_DICT, COUNTER -> dictionary(source, arguments);
            case SET -> set(source, arguments);
            case COMPLEX ->
                new Complex(argument(source, arguments, 0, Double.class), argument(source, arguments, 1, Double.class));
            case BYTEARRAY -> arguments.isEmpty() ? new byte[0] : argument(source, arguments, 0, byte[].class);
            case ENCODE -> argument(source, arguments, 0, String.class).getBytes(StandardCharsets.ISO_8859_1);
            case SIZE -> argument(source, arguments, 0, Tuple.class);
            case DEVICE -> device(source, arguments);
            case REBUILD_TENSOR, REBUILD_TENSOR_V2, REBUILD_TENSOR_V3 -> tensor(source, arguments);
            case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE -> argument(source, arguments, 0, TensorRef.class);
            case REBUILD_FROM_TYPE -> fromType(source, arguments);
            default -> throw source.unsafe("its pickle calls " + this);
        };
    }

    /** The global whose storages hold elements of a dtype. */
    static Global storageOf(DType dtype) {
        for (Global global : values()) {
            if (global.stored == StoredType.of(dtype)) {
                return global;
            }
        }
        throw new IllegalArgumentException("no storage of " + dtype);
    }

    private Object dictionary(Source source, Tuple arguments) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        if (arguments.isEmpty()) {
            return map;
        }
        if (arguments.getFirst() instanceof Map<?, ?> given) {
            map.putAll(given);
            return map;
        }
        for (Object pair : argument(source, arguments, 0, List.class)) {
            if (!(pair instanceof List<?> two && two.size() == 2 && two.get(0) instanceof String key)) {
                throw wrong(source, 0);
            }
            map.put(key, two.get(1));
        }
        return map;
    }

    private Object set(Source source, Tuple arguments) {
        Set<Object> set = new LinkedHashSet<>();
        for (Object item : argument(source, arguments, 0, List.class)) {
            if (!(item instanceof String || item instanceof Long || item instanceof Double)) {
                throw wrong(source, 0);
            }
            set.add(item);
        }
        return set;
    }

    private String device(Source source, Tuple arguments) {
        String type = argument(source, arguments, 0, String.class);
        return arguments.size() == 1 ? type : type + ":" + argument(source, arguments, 1, Long.class);
    }

    private Object fromType(Source source, Tuple arguments) {
        Global function = argument(source, arguments, 0, Global.class);
        boolean rebuilds = switch (function) {
            case REBUILD_TENSOR, REBUILD_TENSOR_V2, REBUILD_TENSOR_V3, REBUILD_PARAMETER -> true;
            default -> false;
        };
        Object tensor = rebuilds ? function.call(source, argument(source, arguments, 2, Tuple.class)) : null;
        if (tensor == null) {
            throw source.unsafe("its pickle calls " + function);
        }
        return tensor;
    }

    /** The arguments: storage, offset, sizes, strides, requires_grad, hooks, [dtype], [metadata]. */
    private TensorRef tensor(Source source, Tuple arguments) {
        StorageRef storage = argument(source, arguments, 0, StorageRef.class);
        int metadata = 6;
        StoredType type = storage.type();
        if (this == REBUILD_TENSOR_V3) {
            type = argument(source, arguments, metadata++, StoredType.class);
        }
        TensorRef tensor = new TensorRef(
                source,
                storage,
                type,
                argument(source, arguments, 1, Long.class),
                longs(source, arguments, 2),
                longs(source, arguments, 3));
        if (arguments.size() > metadata && arguments.get(metadata) != null) {
            Map<?, ?> flags = argument(source, arguments, metadata, Map.class);
            if (Boolean.TRUE.equals(flags.get("conj"))) {
                tensor.markConjugated();
            }
            if (Boolean.TRUE.equals(flags.get("neg"))) {
                tensor.markNegated();
            }
        }
        return tensor;
    }

    private long[] longs(Source source, Tuple arguments, int index) {
        List<?> list = argument(source, arguments, index, List.class);
        if (list.size() > Shape.MAX_RANK) {
            throw wrong(source, index);
        }
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(list.get(i) instanceof Long value)) {
                throw wrong(source, index);
            }
            values[i] = value;
        }
        return values;
    }

    private <T> T argument(Source source, Tuple arguments, int index, Class<T> type) {
        Object argument = index < arguments.size() ? arguments.get(index) : null;
        if (argument == null || !type.isInstance(argument)) {
            throw wrong(source, index);
        }
        return type.cast(argument);
    }

    private FormatException wrong(Source source, int index) {
        return source.bad("its pickle gives " + this + " a wrong argument " + index);
    }

    /** The module that holds this name. */
    String module() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** The name inside its module. */
    String local() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
