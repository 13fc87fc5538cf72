package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.Source;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes nested maps, lists, numbers, text and tensors as a pickle of protocol 2 that {@code torch.load} reads with
 * {@code weights_only=True}. The elements of the tensors lie beside the pickle.
 */
public final class Pickler {
    private static final int PROTOCOL = 2;

    /** How a tensor is stored: contiguous, in a storage of its own. */
    public record Stored(String key, DType dtype, Shape shape) {}

    private final Source source;
    private final Function<Object, @Nullable Stored> tensors;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** @param tensors how a value is stored, or null if it is no tensor */
    public Pickler(Source source, Function<Object, @Nullable Stored> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    /** The pickle of a value. */
    public byte[] write(@Nullable Object value) {
        out.reset();
        op(Opcodes.PROTO);
        op(PROTOCOL);
        value(value, 0);
        op(Opcodes.STOP);
        return out.toByteArray();
    }

    private void value(@Nullable Object value, int depth) {
        if (depth > Plain.MAX_DEPTH) {
            throw source.refuse("values are nested deeper than " + Plain.MAX_DEPTH, "flatten them");
        }
        switch (value) {
            case null -> op(Opcodes.NONE);
            case Boolean flag -> op(flag ? Opcodes.NEWTRUE : Opcodes.NEWFALSE);
            case Long number -> integer(number);
            case Integer number -> integer(number);
            case Short number -> integer(number);
            case Byte number -> integer(number);
            case Double number -> real(number);
            case Float number -> real(number);
            case String text -> text(text);
            case Map<?, ?> map -> map(map, depth);
            case Set<?> set -> throw refuse(set);
            case Tuple tuple -> {
                op(Opcodes.MARK);
                tuple.forEach(item -> value(item, depth + 1));
                op(Opcodes.TUPLE);
            }
            case List<?> list -> {
                op(Opcodes.EMPTY_LIST);
                op(Opcodes.MARK);
                list.forEach(item -> value(item, depth + 1));
                op(Opcodes.APPENDS);
            }
            default -> {
                Stored stored = tensors.apply(value);
                if (stored == null) {
                    throw refuse(value);
                }
                tensor(stored);
            }
        }
    }

    private FormatException refuse(Object value) {
        return source.refuse(
                "a value of " + value.getClass().getName() + " cannot be saved",
                "save tensors, numbers, booleans, text, lists and maps");
    }

    private void map(Map<?, ?> map, int depth) {
        op(Opcodes.EMPTY_DICT);
        op(Opcodes.MARK);
        map.forEach((key, item) -> {
            if (!(key instanceof String || key instanceof Long || key instanceof Integer)) {
                throw source.refuse("a map has the key " + key, "use text or integers as keys");
            }
            value(key, depth + 1);
            value(item, depth + 1);
        });
        op(Opcodes.SETITEMS);
    }

    private void tensor(Stored stored) {
        global(Global.REBUILD_TENSOR_V2);
        op(Opcodes.MARK);
        op(Opcodes.MARK);
        text("storage");
        global(Global.storageOf(stored.dtype));
        text(stored.key);
        text("cpu");
        integer(stored.shape.count());
        op(Opcodes.TUPLE);
        op(Opcodes.BINPERSID);
        integer(0);
        tuple(stored.shape.sizes());
        tuple(contiguous(stored.shape));
        op(Opcodes.NEWFALSE);
        global(Global.ORDERED_DICT);
        op(Opcodes.EMPTY_TUPLE);
        op(Opcodes.REDUCE);
        op(Opcodes.TUPLE);
        op(Opcodes.REDUCE);
    }

    private static long[] contiguous(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(shape.size(axis), 1);
        }
        return strides;
    }

    private void tuple(long[] numbers) {
        op(Opcodes.MARK);
        for (long number : numbers) {
            integer(number);
        }
        op(Opcodes.TUPLE);
    }

    private void integer(long number) {
        if (number == (int) number) {
            op(Opcodes.BININT);
            out.writeBytes(little(4).putInt((int) number).array());
        } else {
            op(Opcodes.LONG1);
            op(8);
            out.writeBytes(little(8).putLong(number).array());
        }
    }

    private void real(double number) {
        op(Opcodes.BINFLOAT);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    }

    private void text(String text) {
        byte[] utf8 = source.utf8(text);
        op(Opcodes.BINUNICODE);
        out.writeBytes(little(4).putInt(utf8.length).array());
        out.writeBytes(utf8);
    }

    private void global(Global global) {
        op(Opcodes.GLOBAL);
        out.writeBytes((global.module() + "\n" + global.local() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void op(int opcode) {
        out.write(opcode);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
