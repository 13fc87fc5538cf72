package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Supplier;

/** The one place where bytes become tensors and tensors become bytes. */
public final class Host {
    private Host() {}

    /** A tensor with a copy of the elements, given in row-major order. */
    public static Tensor tensor(Source source, StoredType type, Shape shape, ByteOrder order, MemorySegment elements) {
        DType dtype = type.dtype(source, "it");
        if (type.isVerbatim(order)) {
            return Tensors.fromMemory(elements, dtype, shape.sizes());
        }
        try (Scope scope = Scope.open(source.operation())) {
            TensorWriter writer = new TensorWriter(source, type, dtype, shape);
            writer.add(elements, order);
            return scope.keep(writer.tensor());
        }
    }

    /** Reads several tensors; if one of them fails, the memory of the others goes back at once. */
    public static <M extends Map<String, Tensor>> M allOrNone(String operation, Supplier<M> reader) {
        try (Scope scope = Scope.open(operation)) {
            M tensors = reader.get();
            tensors.values().forEach(scope::keepGraph);
            return tensors;
        }
    }

    /** The elements of a tensor in row-major order, little-endian. */
    public static MemorySegment littleEndian(Source source, String name, Tensor tensor, Arena arena) {
        long size = Sizes.bytes(source, name, tensor.shape(), tensor.dtype());
        MemorySegment bytes = arena.allocate(size, Long.BYTES);
        tensor.copyTo(bytes);
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            Elements.copy(bytes, ByteOrder.LITTLE_ENDIAN, tensor.dtype(), bytes);
        }
        return bytes;
    }
}
