package io.flambeau.backend.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The OpenCL functions that are called so often that JOCL's marshalling would show, and those that must be asked before
 * JOCL may be touched, by the foreign function interface: setting an argument takes 35 ns, and 575 through JOCL.
 */
final class OpenCl {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(-1, "CL_DEVICE_NOT_FOUND"),
            Map.entry(-2, "CL_DEVICE_NOT_AVAILABLE"),
            Map.entry(-3, "CL_COMPILER_NOT_AVAILABLE"),
            Map.entry(-4, "CL_MEM_OBJECT_ALLOCATION_FAILURE"),
            Map.entry(-5, "CL_OUT_OF_RESOURCES"),
            Map.entry(-6, "CL_OUT_OF_HOST_MEMORY"),
            Map.entry(-11, "CL_BUILD_PROGRAM_FAILURE"),
            Map.entry(-14, "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
            Map.entry(-30, "CL_INVALID_VALUE"),
            Map.entry(-36, "CL_INVALID_COMMAND_QUEUE"),
            Map.entry(-38, "CL_INVALID_MEM_OBJECT"),
            Map.entry(-45, "CL_INVALID_PROGRAM_EXECUTABLE"),
            Map.entry(-46, "CL_INVALID_KERNEL_NAME"),
            Map.entry(-48, "CL_INVALID_KERNEL"),
            Map.entry(-50, "CL_INVALID_ARG_VALUE"),
            Map.entry(-51, "CL_INVALID_ARG_SIZE"),
            Map.entry(-52, "CL_INVALID_KERNEL_ARGS"),
            Map.entry(-54, "CL_INVALID_WORK_GROUP_SIZE"),
            Map.entry(-61, "CL_INVALID_BUFFER_SIZE"),
            Map.entry(-1001, "CL_PLATFORM_NOT_FOUND_KHR"));

    private static final MemorySegment NULL = MemorySegment.NULL;

    private OpenCl() {}

    /** The file name of the library on this system. */
    static String library() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return "OpenCL.dll";
        }
        return os.contains("mac") ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so.1";
    }

    /** The library, if it is there. */
    static Optional<SymbolLookup> find() {
        try {
            return Optional.of(SymbolLookup.libraryLookup(library(), Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A result code in words. */
    static String name(int code) {
        return NAMES.getOrDefault(code, "error") + " (" + code + ")";
    }

    static DeviceException failed(String function, int code) {
        return new DeviceException(
                "opencl",
                function + " answered " + name(code) + "; see './flambeau devices' for what the device offers",
                Fault.BACKEND_FAILED);
    }

    static void check(String function, int code) {
        if (code != 0) {
            throw failed(function, code);
        }
    }

    static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name)
                                .orElseThrow(() -> new DeviceException(
                                        "opencl",
                                        "the library has no " + name + "; update the OpenCL loader",
                                        Fault.BACKEND_FAILED)),
                        type);
    }

    /** Bound at the first use, after the library was found. */
    private static final class Bound {
        private static final SymbolLookup LIBRARY = find().orElseThrow();
        static final MethodHandle SET_ARGUMENT = bind(
                LIBRARY, "clSetKernelArg", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
        static final MethodHandle LAUNCH = bind(
                LIBRARY,
                "clEnqueueNDRangeKernel",
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS,
                        ADDRESS));
        private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(
                JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle WRITE = bind(LIBRARY, "clEnqueueWriteBuffer", TRANSFER);
        static final MethodHandle READ = bind(LIBRARY, "clEnqueueReadBuffer", TRANSFER);
        static final MethodHandle COPY = bind(
                LIBRARY,
                "clEnqueueCopyBuffer",
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS,
                        ADDRESS));
        private static final FunctionDescriptor ONE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
        static final MethodHandle FLUSH = bind(LIBRARY, "clFlush", ONE);
        static final MethodHandle FINISH = bind(LIBRARY, "clFinish", ONE);
        static final MethodHandle RELEASE_EVENT = bind(LIBRARY, "clReleaseEvent", ONE);
        static final MethodHandle WAIT =
                bind(LIBRARY, "clWaitForEvents", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    /** What a call may throw, which is nothing. */
    private static IllegalStateException impossible(Throwable e) {
        return new IllegalStateException("a foreign call cannot throw", e);
    }

    static void setArgument(long kernel, int index, long bytes, long address) {
        try {
            check("clSetKernelArg", (int) Bound.SET_ARGUMENT.invokeExact(kernel, index, bytes, address));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** @param sizes two numbers: all work-items, and those of a group */
    static void launch(long queue, long kernel, MemorySegment sizes) {
        try {
            int code = (int) Bound.LAUNCH.invokeExact(queue, kernel, 1, NULL, sizes, sizes.asSlice(8), 0, NULL, NULL);
            check("clEnqueueNDRangeKernel", code);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Queues a copy to the device; the event is to be waited for before the bytes change. */
    static void write(long queue, long buffer, long offset, MemorySegment from, long bytes, MemorySegment event) {
        try {
            int code = (int) Bound.WRITE.invokeExact(queue, buffer, 0, offset, bytes, from, 0, NULL, event);
            check("clEnqueueWriteBuffer", code);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Copies to the host and waits. */
    static void read(long queue, long buffer, long offset, MemorySegment to, long bytes) {
        try {
            int code = (int) Bound.READ.invokeExact(queue, buffer, 1, offset, bytes, to, 0, NULL, NULL);
            check("clEnqueueReadBuffer", code);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static void copy(long queue, long from, long to, long fromOffset, long toOffset, long bytes) {
        try {
            int code = (int) Bound.COPY.invokeExact(queue, from, to, fromOffset, toOffset, bytes, 0, NULL, NULL);
            check("clEnqueueCopyBuffer", code);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    static void flush(long queue) {
        one("clFlush", Bound.FLUSH, queue);
    }

    static void finish(long queue) {
        one("clFinish", Bound.FINISH, queue);
    }

    private static void one(String function, MethodHandle handle, long argument) {
        try {
            check(function, (int) handle.invokeExact(argument));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Waits for the event that this holds, and lets it go. */
    static void await(MemorySegment event) {
        try {
            check("clWaitForEvents", (int) Bound.WAIT.invokeExact(1, event));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
        one("clReleaseEvent", Bound.RELEASE_EVENT, event.get(JAVA_LONG, 0));
    }
}
