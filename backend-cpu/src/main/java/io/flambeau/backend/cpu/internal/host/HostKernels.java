package io.flambeau.backend.cpu.internal.host;

import io.flambeau.backend.cpu.internal.fourier.Transforms;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.op.linalg.Cholesky;
import io.flambeau.tensor.op.linalg.Determinant;
import io.flambeau.tensor.op.linalg.Eig;
import io.flambeau.tensor.op.linalg.Eigh;
import io.flambeau.tensor.op.linalg.Geqrf;
import io.flambeau.tensor.op.linalg.LdlFactor;
import io.flambeau.tensor.op.linalg.LdlSolve;
import io.flambeau.tensor.op.linalg.LuFactor;
import io.flambeau.tensor.op.linalg.LuSolve;
import io.flambeau.tensor.op.linalg.MatrixExp;
import io.flambeau.tensor.op.linalg.Qr;
import io.flambeau.tensor.op.linalg.Solve;
import io.flambeau.tensor.op.linalg.Spectrum;
import io.flambeau.tensor.op.linalg.Svd;
import io.flambeau.tensor.op.linalg.TriangularSolve;
import io.flambeau.tensor.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of host operations. What a line or a matrix gives does not depend on its neighbours, nor on who computes it:
 * the bits are the same for any number of threads.
 */
public final class HostKernels {
    private HostKernels() {}

    /** The kernel for the operation on inputs of these specs, or null: then it runs as it is defined. */
    public static @Nullable Kernel find(HostOp op, Spec[] in) {
        for (Spec spec : in) {
            if (spec.shape().count() == 0 || spec.shape().count() > Integer.MAX_VALUE / 16) {
                return null;
            }
        }
        return switch (op) {
            case ComplexFft f -> Transforms.of(f);
            case RealFft f -> Transforms.of(f);
            case RealInverseFft f -> Transforms.of(f);
            case Cholesky _, Eigh _, LuFactor _, Qr _, Solve _, Spectrum _, Svd _, TriangularSolve _ -> {
                Kernel octaves = Octaves.of(op, in);
                Kernel blocked = octaves != null ? octaves : Blocked.of(op, in);
                yield blocked != null ? blocked : Batches.of(op, in);
            }
            case Determinant _, Eig _, Geqrf _, LdlFactor _, LdlSolve _, LuSolve _, MatrixExp _ -> Batches.of(op, in);
            default -> null;
        };
    }
}
