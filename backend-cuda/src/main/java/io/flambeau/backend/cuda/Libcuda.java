package io.flambeau.backend.cuda;

import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The driver's own library where JCuda cannot serve: before it is known whether JCuda can be loaded at all, and for the
 * calls that must cost nothing (a launch through JCuda takes a hundred times as long).
 */
final class Libcuda {
    static final String NAME = "libcuda.so.1";

    static final int OUT_OF_MEMORY = 2;

    private Libcuda() {}

    /** The library, opened once it is there. */
    static Optional<NativeLibrary> library() {
        return NativeLibrary.open(NAME);
    }

    /** A status as its name, its number and its meaning. */
    static String describe(NativeLibrary cuda, int status) {
        return word(cuda, "cuGetErrorName", status) + " (" + status + "): " + word(cuda, "cuGetErrorString", status);
    }

    private static String word(NativeLibrary cuda, String function, int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
            return cuda.call(function, status, text) == 0
                    ? NativeLibrary.string(text.get(ValueLayout.ADDRESS, 0))
                    : "unknown";
        }
    }

    /**
     * Fails unless a call succeeded.
     *
     * @param operation what was done, for the error
     * @throws DeviceException with the driver's name for the status
     */
    static void check(int status, String operation) {
        if (status != 0) {
            throw new DeviceException(
                    operation,
                    "the CUDA driver answered " + describe(Calls.LIBRARY, status)
                            + (status >= 700 && status < 720
                                    ? "; the device is lost to this process, restart it and name the operation with "
                                            + "-Dflambeau.cuda.sync=true"
                                    : "; see flambeau devices"),
                    Fault.BACKEND_FAILED);
        }
    }

    /** Makes a context this thread's; its primary one is shared with cuBLAS and cuDNN. */
    static void enter(long context) {
        try {
            int status = (int) Calls.SET_CURRENT.invokeExact(context);
            if (status != 0) {
                check(status, "cuCtxSetCurrent");
            }
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Queues a kernel of one dimension. */
    static int launch(long function, int groups, int local, long stream, MemorySegment arguments) {
        try {
            return (int) Calls.LAUNCH.invokeExact(function, groups, 1, 1, local, 1, 1, 0, stream, arguments, 0L);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    private static RuntimeException rethrown(Throwable e) {
        if (e instanceof DeviceException known) {
            return known;
        }
        throw NativeLibrary.unexpected(e);
    }

    /** Bound at the first call after the library was found. */
    private static final class Calls {
        static final NativeLibrary LIBRARY = library().orElseThrow();
        static final MethodHandle SET_CURRENT =
                LIBRARY.function("cuCtxSetCurrent", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        static final MethodHandle LAUNCH = LIBRARY.function(
                "cuLaunchKernel",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG));
    }
}
