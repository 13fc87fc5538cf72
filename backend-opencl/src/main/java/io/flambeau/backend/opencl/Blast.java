package io.flambeau.backend.opencl;

import io.flambeau.backend.clike.Matrix;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.spi.View;
import java.util.Optional;
import org.jocl.blast.CLBlast;
import org.jocl.blast.CLBlastLayout;
import org.jocl.blast.CLBlastTranspose;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Products of real matrices by CLBlast, where {@code org.jocl:jocl-blast} is on the class path and its native library
 * loads; {@code -Dflambeau.opencl.clblast=false} leaves it alone. It knows a device by measurements that it brings, and
 * compiles its kernels at the first product of a process, which takes some seconds unless the driver keeps them.
 */
final class Blast {
    private static final int ROWS = CLBlastLayout.CLBlastLayoutRowMajor;

    private Blast() {}

    /** The library, if it is there. */
    static Optional<Blast> find() {
        if (!Boolean.parseBoolean(System.getProperty("flambeau.opencl.clblast", "true"))) {
            return Optional.empty();
        }
        try {
            CLBlast.setExceptionsEnabled(false);
            return Optional.of(new Blast());
        } catch (LinkageError _) {
            return Optional.empty();
        }
    }

    /** Computes out = x y for each of a batch; false, and nothing to rely on in out, where it cannot. */
    boolean multiply(OpenClDriver driver, View x, View y, View out) {
        Matrix left = Matrix.of(x);
        Matrix right = Matrix.of(y);
        Matrix result = Matrix.of(out);
        boolean wide = x.dtype() == DType.F64;
        boolean covered = (wide || x.dtype() == DType.F32)
                && left != null
                && right != null
                && result != null
                && !result.isTransposed()
                && x.shape().size(2) > 0
                && out.shape().count() > 0;
        if (!covered) {
            return false;
        }
        int ofLeft = transpose(left);
        int ofRight = transpose(right);
        long rows = out.shape().size(1);
        long columns = out.shape().size(2);
        long inner = x.shape().size(2);
        long batch = out.shape().size(0);
        cl_mem a = OpenClDriver.buffer(x);
        cl_mem b = OpenClDriver.buffer(y);
        cl_mem c = OpenClDriver.buffer(out);
        cl_command_queue queue = driver.queue(out).queue;
        int status;
        if (batch == 1 && wide) {
            status = CLBlast.CLBlastDgemm(
                    ROWS,
                    ofLeft,
                    ofRight,
                    rows,
                    columns,
                    inner,
                    1,
                    a,
                    at(x),
                    left.leading(),
                    b,
                    at(y),
                    right.leading(),
                    0,
                    c,
                    at(out),
                    result.leading(),
                    queue,
                    null);
        } else if (batch == 1) {
            status = CLBlast.CLBlastSgemm(
                    ROWS,
                    ofLeft,
                    ofRight,
                    rows,
                    columns,
                    inner,
                    1,
                    a,
                    at(x),
                    left.leading(),
                    b,
                    at(y),
                    right.leading(),
                    0,
                    c,
                    at(out),
                    result.leading(),
                    queue,
                    null);
        } else if (wide) {
            status = CLBlast.CLBlastDgemmStridedBatched(
                    ROWS,
                    ofLeft,
                    ofRight,
                    rows,
                    columns,
                    inner,
                    1,
                    a,
                    at(x),
                    left.leading(),
                    left.step(),
                    b,
                    at(y),
                    right.leading(),
                    right.step(),
                    0,
                    c,
                    at(out),
                    result.leading(),
                    result.step(),
                    batch,
                    queue,
                    null);
        } else {
            status = CLBlast.CLBlastSgemmStridedBatched(
                    ROWS,
                    ofLeft,
                    ofRight,
                    rows,
                    columns,
                    inner,
                    1,
                    a,
                    at(x),
                    left.leading(),
                    left.step(),
                    b,
                    at(y),
                    right.leading(),
                    right.step(),
                    0,
                    c,
                    at(out),
                    result.leading(),
                    result.step(),
                    batch,
                    queue,
                    null);
        }
        return status == 0;
    }

    private static int transpose(Matrix matrix) {
        return matrix.isTransposed() ? CLBlastTranspose.CLBlastTransposeYes : CLBlastTranspose.CLBlastTransposeNo;
    }

    /** The first element, counted from the buffer's begin. */
    private static long at(View view) {
        return view.storage().offset() / view.dtype().bytes() + view.offset();
    }
}
