package io.flambeau.io.internal.torch;

import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.io.internal.pickle.Plain;
import io.flambeau.io.internal.pickle.StorageRef;
import io.flambeau.io.internal.pickle.TensorRef;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the tensors of a file: each storage is copied once, however many tensors look at it, so that no file can grow
 * when it is loaded.
 */
public final class TensorLoader {
    private final Source source;
    private final TorchContent content;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, Flat> storages = new HashMap<>();

    /** A whole storage, and as what it was read. */
    private record Flat(StoredType type, Tensor elements) {}

    private final List<Tensor> loaded = new ArrayList<>();

    public TensorLoader(Source source, TorchContent content) {
        this.source = source;
        this.content = content;
        new Plain(source, tensor -> uses.merge(tensor.storage().key(), 1, Integer::sum)).convert(content.value());
    }

    public Tensor load(TensorRef ref) {
        Tensor tensor = view(ref);
        if (ref.conjugated()) {
            tensor = tensor.conj();
        }
        tensor = ref.negated() ? tensor.neg() : tensor;
        loaded.add(tensor);
        return tensor;
    }

    /** The tensors made so far. */
    public List<Tensor> loaded() {
        return Collections.unmodifiableList(loaded);
    }

    private Tensor view(TensorRef ref) {
        if (ref.shape().count() == 0) {
            return Host.tensor(source, ref.type(), ref.shape(), ByteOrder.nativeOrder(), MemorySegment.NULL);
        }
        StorageRef storage = ref.storage();
        boolean alone = uses.getOrDefault(storage.key(), 0) == 1;
        if (alone && ref.offset() == 0 && isRowMajor(ref) && ref.shape().count() == elements(ref)) {
            return copy(ref, ref.shape());
        }
        Flat flat =
                storages.computeIfAbsent(storage.key(), _ -> new Flat(ref.type(), copy(ref, Shape.of(elements(ref)))));
        if (flat.type() != ref.type()) {
            throw source.refuse(
                    "storage " + Source.quote(storage.key()) + " is used both as "
                            + flat.type().title() + " and as " + ref.type().title(),
                    "save clones of the tensors");
        }
        return flat.elements().asStrided(ref.shape(), ref.strides(), ref.offset());
    }

    /** How many elements of the tensor's dtype the whole storage holds. */
    private static long elements(TensorRef ref) {
        StorageRef storage = ref.storage();
        return storage.count() * storage.type().bytes() / ref.type().bytes();
    }

    private Tensor copy(TensorRef ref, Shape shape) {
        StoredType type = ref.type();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = content.bytes(ref.storage(), arena).asSlice(0, shape.count() * type.bytes());
            return Host.tensor(source, type, shape, content.order(), bytes);
        }
    }

    private static boolean isRowMajor(TensorRef ref) {
        long[] strides = ref.strides();
        long expected = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            long size = ref.shape().size(axis);
            if (size != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }
}
