package io.flambeau.backend.cuda;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Linear maps with their bias and activation in one call, by the part of NVIDIA's library that plans each size of a
 * product beforehand; see Cublas for how matrices by rows are given to it.
 */
final class CublasLt {
    /** What an algorithm may use between its launches. */
    private static final long WORKSPACE = 32L << 20;

    private static final int TRANSPOSE_A = 3;
    private static final int EPILOGUE = 7;
    private static final int BIAS_POINTER = 8;
    private static final int BIAS_TYPE = 26;
    private static final int BIAS = 4;
    private static final int RELU_BIAS = 6;

    private static final int PREFERRED_WORKSPACE = 1;
    /** Of A; those of B, C and D follow. */
    private static final int PREFERRED_ALIGNMENT = 5;

    private static final int MOST_ALIGNMENT = 256;

    /** Of cublasLtMatmulHeuristicResult_t: the algorithm, the bytes it needs, whether it was found, the whole. */
    private static final int ALGORITHM = 64;

    private static final int STATE = 72;
    private static final int RESULT = 96;

    private final NativeLibrary library;
    private final Map<CudaDevice, Session> sessions = new ConcurrentHashMap<>();

    CublasLt(NativeLibrary library) {
        this.library = library;
    }

    /** Beside cuBLAS, which cannot be there without it. */
    static Optional<CublasLt> beside(Cublas products) {
        return products.companion("libcublasLt").map(CublasLt::new);
    }

    /** What a plan depends on: out [n, m] = x [n, k] weight [m, k]ᵀ. */
    private record Size(DType dtype, Epilogue epilogue, boolean tf32, long m, long n, long k, int alignments) {}

    /** The descriptors for a size, and the algorithm; null where the library has none. */
    private record Plan(
            MemorySegment description,
            MemorySegment weight,
            MemorySegment x,
            MemorySegment out,
            @Nullable MemorySegment algorithm) {}

    /** The library's state on a device. One thread at a time may use it, because a plan holds the bias's address. */
    private static final class Session {
        final MemorySegment handle;
        final Slab workspace;
        final Map<Size, Plan> plans = new ConcurrentHashMap<>();

        Session(MemorySegment handle, Slab workspace) {
            this.handle = handle;
            this.workspace = workspace;
        }
    }

    /**
     * A kernel for a linear map, or null where the library has none.
     *
     * @param otherwise what runs sizes for which it has no algorithm
     */
    @Nullable Kernel kernel(Op op, Spec[] in, @Nullable Kernel otherwise) {
        boolean covered = op instanceof Linear linear
                && linear.bias()
                && (linear.epilogue() == Epilogue.NONE || linear.epilogue() == Epilogue.RELU)
                && in[0].dtype().isFloating()
                && otherwise != null
                && in[0].shape().count() <= Integer.MAX_VALUE
                && in[1].shape().count() <= Integer.MAX_VALUE;
        if (!covered) {
            return null;
        }
        Epilogue epilogue = ((Linear) op).epilogue();
        return (x, out) -> {
            if (!run(epilogue, x, out[0])) {
                otherwise.run(x, out);
            }
        };
    }

    private boolean run(Epilogue epilogue, View[] in, View out) {
        CudaDevice device = CudaDevice.of(out);
        Session session = session(device);
        if (session == null) {
            return false;
        }
        DType dtype = out.dtype();
        long m = in[1].shape().size(0);
        boolean tf32 = dtype == DType.F32 && Cuda.allowsTf32Products();
        int alignments = alignment(in[1]) | alignment(in[0]) << 8 | alignment(out) << 16 | alignment(in[2]) << 24;
        Size size = new Size(
                dtype, epilogue, tf32, m, out.shape().count() / m, in[1].shape().size(1), alignments);
        Plan plan = session.plans.get(size);
        synchronized (session) {
            if (plan == null) {
                plan = plan(session, size);
                session.plans.put(size, plan);
            }
            if (plan.algorithm == null) {
                return false;
            }
            boolean wide = dtype == DType.F64;
            set("MatmulDesc", plan.description, BIAS_POINTER, in[2].address());
            call(
                    "cublasLtMatmul",
                    session.handle,
                    plan.description,
                    wide ? Cublas.ONE_DOUBLE : Cublas.ONE,
                    MemorySegment.ofAddress(in[1].address()),
                    plan.weight,
                    MemorySegment.ofAddress(in[0].address()),
                    plan.x,
                    Cublas.ZERO,
                    MemorySegment.ofAddress(out.address()),
                    plan.out,
                    MemorySegment.ofAddress(out.address()),
                    plan.out,
                    plan.algorithm,
                    MemorySegment.ofAddress(session.workspace.base()),
                    WORKSPACE,
                    MemorySegment.ofAddress(device.stream()));
        }
        return true;
    }

    /** The logarithm of what divides an address, as far as the library cares. */
    private static int alignment(View view) {
        return Math.min(Long.numberOfTrailingZeros(view.address()), Integer.numberOfTrailingZeros(MOST_ALIGNMENT));
    }

    /** The device's state, made at its first use; null if there is no memory for it. */
    private @Nullable Session session(CudaDevice device) {
        device.enter();
        return sessions.computeIfAbsent(device, key -> {
            Slab workspace = key.allocate(WORKSPACE);
            return workspace == null ? null : new Session(made("cublasLtCreate"), workspace);
        });
    }

    private Plan plan(Session session, Size size) {
        int type = Cublas.type(size.dtype);
        boolean wide = size.dtype == DType.F64;
        MemorySegment description = made(
                "cublasLtMatmulDescCreate",
                wide ? Cublas.DOUBLE : size.tf32 ? Cublas.TF32 : Cublas.SINGLE,
                Cublas.type(wide ? DType.F64 : DType.F32));
        set("MatmulDesc", description, TRANSPOSE_A, 1);
        set("MatmulDesc", description, EPILOGUE, size.epilogue == Epilogue.RELU ? RELU_BIAS : BIAS);
        set("MatmulDesc", description, BIAS_TYPE, type);
        // The planning reads no more of the address than how it is aligned.
        set("MatmulDesc", description, BIAS_POINTER, 1L << (size.alignments >>> 24));
        MemorySegment weight = made("cublasLtMatrixLayoutCreate", type, size.k, size.m, size.k);
        MemorySegment x = made("cublasLtMatrixLayoutCreate", type, size.k, size.n, size.k);
        MemorySegment out = made("cublasLtMatrixLayoutCreate", type, size.m, size.n, size.m);
        MemorySegment preference = made("cublasLtMatmulPreferenceCreate");
        set("MatmulPreference", preference, PREFERRED_WORKSPACE, WORKSPACE);
        for (int i = 0; i < 4; i++) {
            int power = size.alignments >>> 8 * Math.min(i, 2) & 0xFF;
            set("MatmulPreference", preference, PREFERRED_ALIGNMENT + i, 1 << power);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(RESULT, 8);
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            int status = library.call(
                    "cublasLtMatmulAlgoGetHeuristic",
                    session.handle,
                    description,
                    weight,
                    x,
                    out,
                    out,
                    preference,
                    1,
                    found,
                    count);
            call("cublasLtMatmulPreferenceDestroy", preference);
            boolean usable = status == 0
                    && count.get(ValueLayout.JAVA_INT, 0) == 1
                    && found.get(ValueLayout.JAVA_INT, STATE) == 0;
            MemorySegment algorithm =
                    usable ? Arena.ofAuto().allocate(ALGORITHM, 8).copyFrom(found.asSlice(0, ALGORITHM)) : null;
            return new Plan(description, weight, x, out, algorithm);
        }
    }

    /** What a function makes and writes to the address that is its first argument. */
    private MemorySegment made(String function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            Object[] all = new Object[arguments.length + 1];
            all[0] = out;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            call(function, all);
            return out.get(ValueLayout.ADDRESS, 0);
        }
    }

    private void set(String kind, MemorySegment of, int attribute, long value) {
        set(kind, of, attribute, value, 8);
    }

    private void set(String kind, MemorySegment of, int attribute, int value) {
        set(kind, of, attribute, value, 4);
    }

    private void set(String kind, MemorySegment of, int attribute, long value, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = arena.allocateFrom(ValueLayout.JAVA_LONG, value);
            call("cublasLt" + kind + "SetAttribute", of, attribute, at, bytes);
        }
    }

    private void call(String function, Object... arguments) {
        int status = library.call(function, arguments);
        if (status != 0) {
            throw new DeviceException(
                    function,
                    "cuBLASLt (" + library.place() + ") answered " + library.text("cublasLtGetStatusString", status)
                            + "; see flambeau devices",
                    Fault.BACKEND_FAILED);
        }
    }
}
