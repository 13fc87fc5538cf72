package io.flambeau.io;

import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Gzip;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.io.internal.TensorWriter;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The IDX format of MNIST and its kin, gzipped or not
 * (<a href="http://yann.lecun.com/exdb/mnist/">described with MNIST</a>). Whether a file is gzipped is told from its
 * content, not from its name.
 *
 * {@snippet :
 * Tensor images = Idx.images(Path.of("train-images-idx3-ubyte.gz"));     // uint8 [60000, 28, 28]
 * Tensor labels = Idx.labels(Path.of("train-labels-idx1-ubyte.gz"), 10); // int64 [60000]
 * }
 */
public final class Idx {
    /** Two bytes of zero, one for the dtype, one for the rank; then at most this many sizes of four bytes. */
    private static final int MAX_RANK = 8;

    private static final int PREFIX = 4 + 4 * MAX_RANK;

    private Idx() {}

    /** Pictures and what they show, as many of the one as of the other. */
    public record Labelled(Tensor images, Tensor labels) {}

    private record Header(DType dtype, Shape shape, int size) {}

    /**
     * Reads an array of any rank from 1 to 8.
     *
     * @throws FormatException if there is no such file, or it is not exactly as long as it claims
     */
    public static Tensor load(Path file) {
        return whole("Idx.load", file, 0);
    }

    /**
     * Reads a file of images.
     *
     * @return uint8 of shape [images, height, width]
     * @throws FormatException as {@link #load} does, or if the file holds anything but bytes of rank 3
     */
    public static Tensor images(Path file) {
        return whole("Idx.images", file, 3);
    }

    /**
     * Reads a file of labels.
     *
     * @param classes every label must be below
     * @return int64 of shape [labels], as losses expect
     * @throws FormatException as {@link #load} does, or if the file holds anything but bytes of rank 1, or a label is
     *     not below {@code classes}
     */
    public static Tensor labels(Path file, int classes) {
        Source source = Source.of("Idx.labels", file);
        return read("Idx.labels", file, 1, (header, labels) -> {
            try (Scope scope = Scope.open("Idx.labels")) {
                TensorWriter writer = new TensorWriter(source, DType.I64, header.shape);
                for (long i = 0; i < labels.byteSize(); i++) {
                    long label = Byte.toUnsignedLong(labels.get(ValueLayout.JAVA_BYTE, i));
                    if (label >= classes) {
                        throw source.refuse("label " + label + " at place " + i, "there are " + classes + " classes");
                    }
                    writer.add(label);
                }
                return scope.keep(writer.tensor());
            }
        });
    }

    /**
     * Reads a file of images and the file of their labels.
     *
     * @throws FormatException as {@link #images} and {@link #labels} do, or if there are not as many
     */
    public static Labelled labelled(Path images, Path labels, int classes) {
        Labelled both = new Labelled(images(images), labels(labels, classes));
        if (both.images.size(0) != both.labels.size(0)) {
            throw Source.of("Idx.labelled", images)
                    .refuse(
                            both.images.size(0) + " images and " + both.labels.size(0) + " labels in " + labels,
                            "take the two files of one set");
        }
        return both;
    }

    private interface Elements {
        Tensor toTensor(Header header, MemorySegment elements);
    }

    private static Tensor whole(String operation, Path file, int rank) {
        Source source = Source.of(operation, file);
        return read(
                operation,
                file,
                rank,
                (header, elements) ->
                        Host.tensor(source, StoredType.of(header.dtype), header.shape, ByteOrder.BIG_ENDIAN, elements));
    }

    /** @param rank which rank the array must have, of bytes; 0 if any array will do */
    private static Tensor read(String operation, Path file, int rank, Elements elements) {
        return MappedFile.read(operation, file, mapped -> {
            Source source = mapped.source();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment content = Gzip.is(mapped.bytes())
                        ? Gzip.expand(source, mapped.bytes(), PREFIX, prefix -> length(header(source, prefix)), arena)
                        : mapped.bytes();
                Header header = header(source, content);
                if (rank > 0 && (header.shape.rank() != rank || header.dtype != DType.U8)) {
                    throw source.refuse(
                            "it holds " + header.dtype + header.shape, "bytes of rank " + rank + " are needed");
                }
                if (length(header) != content.byteSize()) {
                    throw source.bad(header.dtype + header.shape.toString() + " needs " + length(header)
                            + " bytes, and it has " + content.byteSize());
                }
                return elements.toTensor(header, content.asSlice(header.size));
            }
        });
    }

    private static long length(Header header) {
        return header.size + header.shape.count() * header.dtype.bytes();
    }

    private static Header header(Source source, MemorySegment prefix) {
        Cursor cursor = new Cursor(source, prefix);
        if (cursor.u16("the magic number") != 0) {
            throw source.bad("it does not begin as an IDX file does");
        }
        int type = cursor.u8("the magic number");
        DType dtype = switch (type) {
            case 0x08 -> DType.U8;
            case 0x09 -> DType.I8;
            case 0x0B -> DType.I16;
            case 0x0C -> DType.I32;
            case 0x0D -> DType.F32;
            case 0x0E -> DType.F64;
            default -> throw source.bad(String.format("its elements are of the unknown type 0x%02x", type));
        };
        int rank = cursor.u8("the magic number");
        if (rank < 1 || rank > MAX_RANK) {
            throw source.bad("its rank is " + rank);
        }
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = cursor.i32BigEndian("the sizes");
        }
        Shape shape = Sizes.shape(source, "the array", sizes);
        Sizes.bytes(source, "the array", shape, dtype);
        return new Header(dtype, shape, 4 + 4 * rank);
    }
}
