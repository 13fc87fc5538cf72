package io.flambeau.backend.cuda;

import io.flambeau.backend.clike.KernelCache;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * NVIDIA's compiler as a library, of whatever version is there.
 *
 * <p>Note [Cubin or PTX]: where the compiler knows the device it compiles to machine code, which every driver of the
 * same major version loads, even an older minor one. For a newer device it compiles PTX for the newest architecture it
 * knows, and the driver finishes the work. A compiler of a newer major version than the driver's is not used at all:
 * what it makes would be refused.
 */
final class Nvrtc implements KernelCompiler {
    private static final int OLDEST = 11;
    private static final int NEWEST = 19;

    private final NativeLibrary library;
    private final String version;
    private final TreeSet<Integer> architectures = new TreeSet<>();

    private Nvrtc(NativeLibrary library) {
        this.library = library;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(8);
            check(library.call("nvrtcVersion", numbers, numbers.asSlice(4)), "nvrtcVersion");
            version = numbers.get(ValueLayout.JAVA_INT, 0) + "." + numbers.get(ValueLayout.JAVA_INT, 4);
            check(library.call("nvrtcGetNumSupportedArchs", numbers), "nvrtcGetNumSupportedArchs");
            int count = numbers.get(ValueLayout.JAVA_INT, 0);
            MemorySegment all = arena.allocate(4L * count);
            check(library.call("nvrtcGetSupportedArchs", all), "nvrtcGetSupportedArchs");
            for (int i = 0; i < count; i++) {
                architectures.add(all.getAtIndex(ValueLayout.JAVA_INT, i));
            }
        }
    }

    /** The newest compiler whose output a driver of this major version takes. */
    static Optional<Nvrtc> find(int driver) {
        return open(IntStream.rangeClosed(OLDEST, driver)
                        .map(i -> driver - i + OLDEST)
                        .boxed()
                        .toList())
                .map(Nvrtc::new);
    }

    /** Where a compiler lies that is too new for the driver, for reports. */
    static Optional<String> tooNew(int driver) {
        return open(IntStream.rangeClosed(driver + 1, NEWEST).boxed().toList()).map(NativeLibrary::place);
    }

    private static Optional<NativeLibrary> open(List<Integer> majors) {
        return Toolkit.open("libnvrtc.so", majors, "libnvrtc-builtins.so");
    }

    @Override
    public String toString() {
        return "NVRTC " + version + " (" + library.place() + ")";
    }

    @Override
    public int oldest() {
        return architectures.first();
    }

    @Override
    public boolean serves(int architecture) {
        return architectures.floor(architecture) != null;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public byte[] code(String title, String source, List<String> defines, int architecture) {
        String target = target(architecture);
        return KernelCache.find(
                () -> compile(title, source, defines, target),
                source,
                String.join(" ", options(defines, target)),
                "nvrtc " + version);
    }

    /** What its results depend on, besides source and options. */
    String target(int architecture) {
        Integer known = architectures.floor(architecture);
        if (known == null) {
            throw new DeviceException(
                    "compile",
                    this + " compiles for architectures from " + oldest() + " on, the device is of " + architecture
                            + "; install an older CUDA toolkit",
                    Fault.BACKEND_FAILED);
        }
        return (known == architecture ? "sm_" : "compute_") + known;
    }

    /**
     * Compiles a source.
     *
     * @param title what errors call it
     * @param target from {@link #target}: machine code for {@code sm_…}, PTX for {@code compute_…}
     */
    byte[] compile(String title, String source, List<String> defines, String target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.ADDRESS);
            check(
                    library.call(
                            "nvrtcCreateProgram",
                            handle,
                            arena.allocateFrom(source),
                            arena.allocateFrom(title + ".cu"),
                            0,
                            MemorySegment.NULL,
                            MemorySegment.NULL),
                    "nvrtcCreateProgram");
            MemorySegment program = handle.get(ValueLayout.ADDRESS, 0);
            try {
                List<String> options = options(defines, target);
                MemorySegment array = arena.allocate(ValueLayout.ADDRESS, options.size());
                for (int i = 0; i < options.size(); i++) {
                    array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(options.get(i)));
                }
                int status = library.call("nvrtcCompileProgram", program, options.size(), array);
                if (status != 0) {
                    throw new DeviceException(
                            "compile",
                            title + " does not compile with " + this + " for " + target + ": "
                                    + library.text("nvrtcGetErrorString", status) + ": " + log(arena, program),
                            Fault.BACKEND_FAILED);
                }
                return target.startsWith("sm_")
                        ? read(arena, program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN")
                        : read(arena, program, "nvrtcGetPTXSize", "nvrtcGetPTX");
            } finally {
                library.call("nvrtcDestroyProgram", handle);
            }
        }
    }

    /** What the compiler is told; part of what its result depends on. */
    static List<String> options(List<String> defines, String target) {
        // As for OpenCL, products and sums are joined only where a kernel says so.
        List<String> options =
                new java.util.ArrayList<>(List.of("--gpu-architecture=" + target, "--std=c++17", "--fmad=false"));
        defines.forEach(define -> options.add("-D" + define));
        return options;
    }

    private String log(Arena arena, MemorySegment program) {
        return new String(read(arena, program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog"), StandardCharsets.UTF_8)
                .replace("\0", "")
                .strip();
    }

    private byte[] read(Arena arena, MemorySegment program, String size, String content) {
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        check(library.call(size, program, bytes), size);
        MemorySegment out = arena.allocate(bytes.get(ValueLayout.JAVA_LONG, 0));
        check(library.call(content, program, out), content);
        return out.toArray(ValueLayout.JAVA_BYTE);
    }

    private void check(int status, String operation) {
        if (status != 0) {
            throw new DeviceException(
                    operation,
                    library.place() + " answered " + library.text("nvrtcGetErrorString", status)
                            + "; see flambeau devices",
                    Fault.BACKEND_FAILED);
        }
    }
}
