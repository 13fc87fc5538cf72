package io.flambeau.data;

import io.flambeau.io.Npy;
import io.flambeau.io.NpyFile;
import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of .npy files that stay on the disk: sample {@code i} is row {@code i} of each, read when it is asked for. Close it
 * when no loader reads it any more.
 */
public final class NpyDataset implements Dataset<Tensor[]>, AutoCloseable {
    private final List<NpyFile> files = new ArrayList<>();

    /**
     * @throws FormatException if a file is missing, damaged or in Fortran order
     * @throws ShapeException if the files differ in their numbers of rows
     */
    public NpyDataset(Path... paths) {
        if (paths.length == 0) {
            throw new ArgumentException("NpyDataset", "needs at least one file", Fault.BAD_ARGUMENT);
        }
        try {
            for (Path path : paths) {
                files.add(Npy.open(path));
                if (files.getLast().size() != files.getFirst().size()) {
                    throw new ShapeException(
                            "NpyDataset",
                            path + " has " + files.getLast().size() + " rows, " + paths[0] + " has "
                                    + files.getFirst().size(),
                            Fault.SHAPE_MISMATCH);
                }
            }
            size();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public int size() {
        return Math.toIntExact(files.getFirst().size());
    }

    @Override
    public Tensor[] get(int index) {
        return files.stream().map(file -> file.row(index)).toArray(Tensor[]::new);
    }

    @Override
    public void close() {
        files.forEach(NpyFile::close);
    }
}
