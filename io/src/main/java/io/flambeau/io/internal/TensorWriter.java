package io.flambeau.io.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Fills a new vector whose elements a reader finds one by one; beside the vector only a small piece is in memory. */
public final class TensorWriter {
    private static final int PIECE = 1 << 16;

    private final Source source;
    private final DType dtype;
    private final Tensor vector;
    private final MemorySegment piece = MemorySegment.ofArray(new byte[PIECE]);
    private long written;
    private int filled;

    /** @param count how many elements will come */
    public TensorWriter(Source source, DType dtype, long count) {
        this.source = source;
        this.dtype = dtype;
        this.vector = Tensors.zeros(dtype, count);
    }

    public void add(float value) {
        room();
        piece.set(ValueLayout.JAVA_FLOAT_UNALIGNED, filled, value);
        filled += Float.BYTES;
    }

    public void add(long value) {
        room();
        piece.set(ValueLayout.JAVA_LONG_UNALIGNED, filled, value);
        filled += Long.BYTES;
    }

    private void room() {
        if (filled == PIECE) {
            flush();
        }
    }

    private void flush() {
        long count = filled / dtype.bytes();
        if (count > vector.shape().count() - written) {
            throw changed();
        }
        try (Scope _ = Scope.open(source.operation())) {
            vector.narrow(0, written, count).copy_(Tensors.fromMemory(piece.asSlice(0, filled), dtype, count));
        }
        written += count;
        filled = 0;
    }

    /** The vector, when all elements have come. */
    public Tensor vector() {
        flush();
        if (written != vector.shape().count()) {
            throw changed();
        }
        return vector;
    }

    private RuntimeException changed() {
        return source.refuse("it changed while it was read", "read it when nobody writes it");
    }
}
