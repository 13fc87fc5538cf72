package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Fills a new tensor whose elements come in row-major order; beside the tensor only a small piece is in memory. */
public final class TensorWriter {
    private static final int PIECE = 1 << 16;

    private final Source source;
    private final StoredType type;
    private final Tensor tensor;
    private final Tensor flat;
    private final MemorySegment piece = MemorySegment.ofArray(new byte[PIECE]);
    private long written;
    private int filled;

    public TensorWriter(Source source, DType dtype, Shape shape) {
        this(source, StoredType.of(dtype), dtype, shape);
    }

    /** @param dtype that of the stored type */
    TensorWriter(Source source, StoredType type, DType dtype, Shape shape) {
        this.source = source;
        this.type = type;
        this.tensor = Tensors.zeros(dtype, shape.sizes());
        this.flat = tensor.reshape(shape.count());
    }

    public void add(float value) {
        flushIfFull();
        piece.set(ValueLayout.JAVA_FLOAT_UNALIGNED, filled, value);
        filled += Float.BYTES;
    }

    public void add(long value) {
        flushIfFull();
        piece.set(ValueLayout.JAVA_LONG_UNALIGNED, filled, value);
        filled += Long.BYTES;
    }

    /** Adds whole elements of the stored type, which are in that order of bytes. */
    void add(MemorySegment elements, ByteOrder order) {
        int each = tensor.dtype().bytes();
        long count = elements.byteSize() / type.bytes();
        for (long at = 0; at < count; at += filled / each) {
            flush();
            filled = (int) Math.min(count - at, PIECE / each) * each;
            MemorySegment part = elements.asSlice(at * type.bytes(), (long) filled / each * type.bytes());
            type.copy(source, part, order, piece.asSlice(0, filled));
        }
    }

    private void flushIfFull() {
        if (filled == PIECE) {
            flush();
        }
    }

    private void flush() {
        long count = filled / tensor.dtype().bytes();
        if (count > flat.size(0) - written) {
            throw changed();
        }
        if (count > 0) {
            try (Scope _ = Scope.open(source.operation())) {
                flat.narrow(0, written, count)
                        .copy_(Tensors.fromMemory(piece.asSlice(0, filled), tensor.dtype(), count));
            }
        }
        written += count;
        filled = 0;
    }

    /** The tensor, when all elements have come. */
    public Tensor tensor() {
        flush();
        if (written != flat.size(0)) {
            throw changed();
        }
        return tensor;
    }

    private FormatException changed() {
        return source.refuse("it changed while it was read", "read it when nobody writes it");
    }
}
