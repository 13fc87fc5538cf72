package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.Matrix;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Matrix products by NVIDIA's library, of whatever version is there.
 *
 * <p>It knows matrices by columns and ours lie by rows, so it is asked for the transposed product of the factors in the
 * other order: a row-major matrix read by columns is its transpose already.
 */
final class Cublas {
    private static final int OLDEST = 11;
    private static final int DEFAULT_ALGORITHM = -1;
    static final int SINGLE = 68;
    static final int DOUBLE = 70;
    static final int TF32 = 77;
    static final MemorySegment ONE = scalar(1);
    static final MemorySegment ONE_DOUBLE = doubleScalar(1);
    static final MemorySegment ZERO = doubleScalar(0);

    private final NativeLibrary library;
    private final Map<CudaDevice, Handle> handles = new ConcurrentHashMap<>();

    private Cublas(NativeLibrary library) {
        this.library = library;
    }

    /** The newest release that a driver of this major version serves. */
    static Optional<Cublas> find(int driver) {
        List<Integer> majors = java.util.stream.IntStream.rangeClosed(OLDEST, driver)
                .map(i -> driver - i + OLDEST)
                .boxed()
                .toList();
        return Toolkit.open("libcublas.so", majors, "libcublasLt.so").map(Cublas::new);
    }

    /** The library of this name that came with it, of the same version. */
    Optional<NativeLibrary> companion(String name) {
        return NativeLibrary.open(library.place().replace("libcublas.so", name + ".so"));
    }

    @Override
    public String toString() {
        return "cuBLAS (" + library.place() + ")";
    }

    /** What the library calls its state on a device; one thread at a time may use it. */
    private static final class Handle {
        final MemorySegment address;
        private long stream;

        Handle(MemorySegment address) {
            this.address = address;
        }
    }

    /** Computes out = x y for each of a batch; false, and nothing done, where it cannot. */
    boolean multiply(CudaDevice device, View x, View y, View out) {
        int type = type(x.dtype());
        Matrix left = Matrix.of(x);
        Matrix right = Matrix.of(y);
        Matrix result = Matrix.of(out);
        long rows = out.shape().size(1);
        long columns = out.shape().size(2);
        long inner = x.shape().size(2);
        if (type < 0
                || left == null
                || right == null
                || result == null
                || result.isTransposed()
                || inner == 0
                || out.shape().count() == 0
                || Math.max(Math.max(rows, columns), Math.max(inner, out.shape().size(0))) > Integer.MAX_VALUE
                || Math.max(result.leading(), Math.max(left.leading(), right.leading())) > Integer.MAX_VALUE) {
            return false;
        }
        boolean wide = x.dtype() == DType.F64 || x.dtype() == DType.C128;
        Handle handle = handle(device);
        synchronized (handle) {
            follow(handle, device.stream());
            check(
                    library.call(
                            "cublasGemmStridedBatchedEx",
                            handle.address,
                            transpose(right),
                            transpose(left),
                            (int) columns,
                            (int) rows,
                            (int) inner,
                            wide ? ONE_DOUBLE : ONE,
                            MemorySegment.ofAddress(y.address()),
                            type,
                            (int) right.leading(),
                            right.step(),
                            MemorySegment.ofAddress(x.address()),
                            type,
                            (int) left.leading(),
                            left.step(),
                            ZERO,
                            MemorySegment.ofAddress(out.address()),
                            type,
                            (int) result.leading(),
                            result.step(),
                            (int) out.shape().size(0),
                            wide ? DOUBLE : x.dtype() == DType.F32 && Cuda.allowsTf32Products() ? TF32 : SINGLE,
                            DEFAULT_ALGORITHM),
                    "cublasGemmStridedBatchedEx");
        }
        return true;
    }

    private static int transpose(Matrix matrix) {
        return matrix.isTransposed() ? 1 : 0;
    }

    /** The library's number for a dtype, or -1. */
    static int type(DType dtype) {
        return switch (dtype) {
            case F32 -> 0;
            case F64 -> 1;
            case F16 -> 2;
            case C64 -> 4;
            case C128 -> 5;
            case BF16 -> 14;
            case BOOL, U8, I8, I16, I32, I64 -> -1;
        };
    }

    /** The device's handle, made at its first use. */
    private Handle handle(CudaDevice device) {
        device.enter();
        return handles.computeIfAbsent(device, key -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
                check(library.call("cublasCreate_v2", out), "cublasCreate");
                return new Handle(out.get(ValueLayout.ADDRESS, 0));
            }
        });
    }

    private void follow(Handle handle, long stream) {
        if (handle.stream != stream) {
            check(
                    library.call("cublasSetStream_v2", handle.address, MemorySegment.ofAddress(stream)),
                    "cublasSetStream");
            handle.stream = stream;
        }
    }

    private void check(int status, String operation) {
        if (status != 0) {
            throw new DeviceException(
                    operation,
                    this + " answered " + library.text("cublasGetStatusString", status) + "; see flambeau devices",
                    Fault.BACKEND_FAILED);
        }
    }

    /** A number and no imaginary part, as the library reads scalars. */
    private static MemorySegment scalar(float value) {
        MemorySegment scalar = Arena.global().allocate(8, 8);
        scalar.set(ValueLayout.JAVA_FLOAT, 0, value);
        return scalar;
    }

    private static MemorySegment doubleScalar(double value) {
        MemorySegment scalar = Arena.global().allocate(16, 8);
        scalar.set(ValueLayout.JAVA_DOUBLE, 0, value);
        return scalar;
    }
}
