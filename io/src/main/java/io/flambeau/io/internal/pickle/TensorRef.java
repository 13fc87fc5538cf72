package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.tensor.Shape;

/** A strided view of a storage, every element of which lies inside the storage. */
public final class TensorRef {
    private final StorageRef storage;
    private final StoredType type;
    private final long offset;
    private final Shape shape;
    private final long[] strides;
    private boolean conjugated;
    private boolean negated;

    /**
     * Checks that the view stays inside.
     *
     * @param offset in elements of {@code type} from the start of the storage's part
     */
    public TensorRef(Source source, StorageRef storage, StoredType type, long offset, long[] sizes, long[] strides) {
        this.storage = storage;
        this.type = type;
        this.offset = offset;
        this.shape = Sizes.shape(source, storage.key(), sizes);
        this.strides = strides;
        if (strides.length != sizes.length) {
            throw source.bad("a tensor has " + sizes.length + " sizes and " + strides.length + " strides");
        }
        long bytes = Sizes.times(
                source, storage.key(), storage.length(), storage.type().bytes());
        long last = last(source);
        // For an empty tensor the offset alone must lie inside, and may stand at the end.
        boolean empty = shape.count() == 0;
        if (offset < 0 || (empty ? offset : last) > bytes / type.bytes() - (empty ? 0 : 1)) {
            throw source.bad("a tensor of " + type.title() + shape + " at offset " + offset + " leaves its storage "
                    + Source.quote(storage.key()) + " of " + storage.length() + " elements");
        }
    }

    private long last(Source source) {
        long last = offset;
        try {
            for (int i = 0; i < strides.length; i++) {
                if (strides[i] < 0) {
                    throw source.bad("a tensor has the negative stride " + strides[i]);
                }
                if (shape.size(i) > 0) {
                    last = Math.addExact(last, Math.multiplyExact(shape.size(i) - 1, strides[i]));
                }
            }
        } catch (ArithmeticException e) {
            throw source.bad("the strides of a tensor of shape " + shape + " overflow");
        }
        return last;
    }

    void markConjugated() {
        conjugated = true;
    }

    void markNegated() {
        negated = true;
    }

    public StorageRef storage() {
        return storage;
    }

    public StoredType type() {
        return type;
    }

    /** In elements from the start of the whole storage. */
    public long offset() {
        return storage.start() * storage.type().bytes() / type.bytes() + offset;
    }

    public Shape shape() {
        return shape;
    }

    public long[] strides() {
        return strides.clone();
    }

    /** Whether the values are the conjugates of what is stored. */
    public boolean conjugated() {
        return conjugated;
    }

    /** Whether the values are the negatives of what is stored. */
    public boolean negated() {
        return negated;
    }
}
