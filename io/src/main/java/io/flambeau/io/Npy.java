package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Output;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.npy.NpyHeader;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * NumPy's format of one array, <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">.npy</a>.
 *
 * {@snippet :
 * Tensor x = Npy.load(Path.of("x.npy")); // numpy.save("x.npy", x)
 * Npy.save(Path.of("y.npy"), x.mul(2));  // numpy.load("y.npy")
 * }
 *
 * <p>Booleans, signed integers, uint8, floats of 16 to 64 bits and complex numbers are read in either order of bytes and
 * of axes. Arrays of objects, records, text, dates and larger unsigned integers are refused.
 */
public final class Npy {
    private static final String SAVE = "Npy.save";

    private Npy() {}

    /**
     * Reads an array. One in Fortran order becomes a tensor whose first axis is contiguous.
     *
     * @throws FormatException if there is no such file, if it is damaged, or if no tensor can hold its dtype
     */
    public static Tensor load(Path file) {
        return MappedFile.read("Npy.load", file, mapped -> read(mapped.source(), mapped.bytes()));
    }

    /**
     * Opens an array to read single rows of it. Only its header is read and checked now.
     *
     * @throws FormatException as {@link #load} does, or if it is a single number or in Fortran order
     */
    public static NpyFile open(Path file) {
        return NpyFile.open(file);
    }

    /** Reads an array that lies in memory as it would lie in a file. */
    static Tensor read(Source source, MemorySegment file) {
        NpyHeader header = NpyHeader.parse(source, file);
        MemorySegment elements = file.asSlice(header.data());
        if (!header.fortran()) {
            return Host.tensor(source, header.type(), header.shape(), header.order(), elements);
        }
        int rank = header.shape().rank();
        long[] reversed = new long[rank];
        int[] axes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            axes[axis] = rank - 1 - axis;
            reversed[axis] = header.shape().size(axes[axis]);
        }
        return Host.tensor(source, header.type(), Shape.of(reversed), header.order(), elements)
                .permute(axes);
    }

    /**
     * Writes an array, replacing the file in one step.
     *
     * @throws FormatException if the tensor is bfloat16, which NumPy lacks, or if the file cannot be written; the old
     *     one, if any, is then as it was
     */
    public static void save(Path file, Tensor tensor) {
        Source source = Source.of(SAVE, file);
        ByteBuffer head = NpyHeader.write(source, tensor.dtype(), tensor.shape());
        AtomicFile.write(SAVE, file, channel -> {
            try (Arena arena = Arena.ofConfined()) {
                Output.write(channel, head);
                Output.write(channel, Host.littleEndian(source, "array", tensor, arena));
            }
        });
    }
}
