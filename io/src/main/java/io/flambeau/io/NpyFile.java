package io.flambeau.io;

import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.npy.NpyHeader;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An .npy file mapped into memory, for arrays larger than memory: rows are read when they are asked for. Any thread may
 * read; close it when no thread does any more. Tensors that were read stay.
 */
public final class NpyFile implements AutoCloseable {
    private final MappedFile file;
    private final NpyHeader header;
    private final Shape row;
    private volatile boolean closed;

    private NpyFile(MappedFile file) {
        this.file = file;
        this.header = NpyHeader.parse(file.source(), file.bytes());
        if (header.fortran() && header.shape().rank() > 1 || header.shape().rank() == 0) {
            throw file.source()
                    .refuse(
                            header.shape().rank() == 0
                                    ? "it holds one number and no rows"
                                    : "it is in Fortran order, so its rows lie scattered over the file",
                            "read it whole with Npy.load");
        }
        long[] sizes = header.shape().sizes();
        this.row = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    }

    static NpyFile open(Path path) {
        MappedFile file = MappedFile.open("Npy.open", path);
        try {
            return new NpyFile(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public DType dtype() {
        return header.dtype();
    }

    public Shape shape() {
        return header.shape();
    }

    /** The number of rows: the size of the first axis. */
    public long size() {
        return header.shape().size(0);
    }

    /**
     * One row, without the first axis.
     *
     * @throws IndexException if there is no such row
     * @throws FormatException if the file was closed, or something cut it off
     */
    public Tensor row(long index) {
        return read(index, index + 1, row);
    }

    /** Rows from one, included, to another, excluded, with the first axis; errors as of {@link #row}. */
    public Tensor rows(long from, long to) {
        long[] sizes = header.shape().sizes();
        sizes[0] = Math.max(0, to - from);
        return read(from, to, Shape.of(sizes));
    }

    private Tensor read(long from, long to, Shape shape) {
        Source source = file.source();
        if (from < 0 || to < from || to > size()) {
            throw new IndexException(
                    source.operation(),
                    "rows " + from + " to " + to + " lie outside the " + size() + " of " + source.name(),
                    Fault.INDEX_RANGE);
        }
        if (closed) {
            throw source.refuse("it was closed before row " + from + " was read", "open it again");
        }
        long bytes = row.count() * header.type().bytes();
        return file.guard(() -> Host.tensor(
                source,
                header.type(),
                shape,
                header.order(),
                file.bytes().asSlice(header.data() + from * bytes, (to - from) * bytes)));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
