package io.flambeau.backend.cuda;

import io.flambeau.tensor.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be there before a device can be used, step by step; the first step that fails says why, and what helps.
 * It touches no class of JCuda, which could not be loaded without a driver.
 */
final class Ladder {
    private static final int OLDEST_DRIVER = 12000;
    /** The attributes that hold the two numbers of the compute capability. */
    private static final int MAJOR = 75;

    private static final int MINOR = 76;

    private final @Nullable Top top;
    private final @Nullable Probe problem;

    private Ladder(@Nullable Top top, @Nullable Probe problem) {
        this.top = top;
        this.problem = problem;
    }

    /**
     * What was found when every step held.
     *
     * @param devices one line for each device
     * @param compiler what compiles the kernels
     * @param libraries what makes some operations faster
     */
    record Top(List<String> devices, KernelCompiler compiler, Libraries libraries) {}

    /** A step that failed. */
    private static final class Fall extends RuntimeException {
        final transient Probe.Unavailable why;

        Fall(String step, String code, String found, String needed, String remedy) {
            super(step, null, false, false);
            why = new Probe.Unavailable(step, code, found, needed, remedy);
        }
    }

    static Ladder climb() {
        try {
            return new Ladder(steps(), null);
        } catch (Fall fall) {
            return new Ladder(null, fall.why);
        } catch (RuntimeException | LinkageError e) {
            return new Ladder(
                    null,
                    new Probe.Unavailable(
                            "ask the CUDA driver",
                            e.getClass().getSimpleName(),
                            String.valueOf(e.getMessage()),
                            "a working driver",
                            "reinstall the NVIDIA driver"));
        }
    }

    Probe probe() {
        return top == null ? java.util.Objects.requireNonNull(problem) : new Probe.Available(top.devices());
    }

    /** What was found; only if {@link #probe} said so. */
    Top top() {
        if (top == null) {
            throw new IllegalStateException(String.valueOf(problem));
        }
        return top;
    }

    private static Top steps() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64")) {
            throw new Fall("look at the platform", "not served", platform, "Linux amd64", "use another backend");
        }
        NativeLibrary cuda = Libcuda.library()
                .orElseThrow(() -> new Fall(
                        "load " + Libcuda.NAME,
                        "not found",
                        "no NVIDIA driver",
                        "the NVIDIA driver 525 or later",
                        "install it, or add the folder that holds it to LD_LIBRARY_PATH"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            require(cuda, cuda.call("cuDriverGetVersion", out), "cuDriverGetVersion");
            int version = out.get(ValueLayout.JAVA_INT, 0);
            int status = cuda.call("cuInit", 0);
            if (status != 0) {
                throw notInitialised(cuda, status, version);
            }
            require(cuda, cuda.call("cuDeviceGetCount", out), "cuDeviceGetCount");
            int count = out.get(ValueLayout.JAVA_INT, 0);
            if (count == 0) {
                throw noDevice("cuDeviceGetCount", "0 devices", version);
            }
            if (version < OLDEST_DRIVER) {
                throw new Fall(
                        "cuDriverGetVersion",
                        "too old",
                        "a driver for CUDA " + text(version),
                        "one for CUDA " + text(OLDEST_DRIVER) + " (525) or later",
                        "update the NVIDIA driver");
            }
            KernelCompiler compiler = compiler(version);
            Libraries libraries = Libraries.find(version / 1000);
            List<String> devices = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                devices.add(device(cuda, i, compiler) + ", driver for CUDA " + text(version) + ", " + compiler + ", "
                        + libraries);
            }
            return new Top(devices, compiler, libraries);
        }
    }

    private static void require(NativeLibrary cuda, int status, String step) {
        if (status != 0) {
            throw new Fall(
                    step,
                    Libcuda.describe(cuda, status),
                    "a driver that fails",
                    "a driver that answers",
                    "restart the machine or reinstall the NVIDIA driver");
        }
    }

    private static Fall notInitialised(NativeLibrary cuda, int status, int version) {
        String code = Libcuda.describe(cuda, status);
        return switch (status) {
            case 100, 101 -> noDevice("cuInit", code, version);
            case 803, 804 ->
                new Fall(
                        "cuInit",
                        code,
                        "a library for CUDA " + text(version) + ", " + kernelModule(),
                        "a driver library and a kernel module of the same version",
                        "restart the machine, or reload the nvidia kernel module: one was updated without the other");
            default ->
                new Fall(
                        "cuInit",
                        code,
                        "a driver for CUDA " + text(version) + ", " + kernelModule(),
                        "a driver that can be initialised",
                        "look at the output of nvidia-smi, and restart the machine");
        };
    }

    private static Fall noDevice(String step, String code, int version) {
        String visible = System.getenv("CUDA_VISIBLE_DEVICES");
        return new Fall(
                step,
                code,
                "a driver for CUDA " + text(version) + " and no device"
                        + (visible == null ? "" : ", CUDA_VISIBLE_DEVICES=" + visible),
                "an NVIDIA GPU",
                visible == null
                        ? "check that nvidia-smi lists the GPU and that a container was started with it"
                        : "check CUDA_VISIBLE_DEVICES, which hides devices");
    }

    private static String kernelModule() {
        Path file = Path.of("/proc/driver/nvidia/version");
        try {
            return "kernel module " + Files.readString(file).lines().findFirst().orElse("unknown");
        } catch (java.io.IOException _) {
            return "no kernel module";
        }
    }

    private static KernelCompiler compiler(int version) {
        int major = version / 1000;
        Optional<Nvrtc> compiler = Nvrtc.find(major);
        if (compiler.isPresent()) {
            return compiler.get();
        }
        Optional<ShippedKernels> shipped = ShippedKernels.find();
        if (shipped.isPresent()) {
            return shipped.get();
        }
        String needed = "libnvrtc.so.12 for this driver" + (major > 12 ? ", or a newer one up to " + major : "");
        throw new Fall(
                "load libnvrtc.so",
                "not found",
                Nvrtc.tooNew(major)
                        .map(place -> place + ", which is too new for a driver for CUDA " + text(version))
                        .orElse("no compiler of kernels"),
                needed,
                "install the CUDA toolkit or the package nvidia-cuda-nvrtc, or name its folder with"
                        + " -Dflambeau.cuda.path");
    }

    private static String device(NativeLibrary cuda, int index, KernelCompiler compiler) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment name = arena.allocate(256);
            require(cuda, cuda.call("cuDeviceGet", number, index), "cuDeviceGet");
            int device = number.get(ValueLayout.JAVA_INT, 0);
            require(cuda, cuda.call("cuDeviceGetName", name, 256, device), "cuDeviceGetName");
            require(cuda, cuda.call("cuDeviceTotalMem_v2", number, device), "cuDeviceTotalMem");
            long bytes = number.get(ValueLayout.JAVA_LONG, 0);
            int architecture = attribute(cuda, number, MAJOR, device) * 10 + attribute(cuda, number, MINOR, device);
            if (!compiler.serves(architecture)) {
                throw new Fall(
                        "compile for device " + index,
                        "too old a device",
                        name.getString(0) + " of architecture " + architecture + " and " + compiler,
                        "a device of architecture " + compiler.oldest() + " or later",
                        "install an older CUDA toolkit, and name its folder with -Dflambeau.cuda.path");
            }
            return String.format(
                    Locale.ROOT, "%s, architecture %d, %d MiB", name.getString(0), architecture, bytes >> 20);
        }
    }

    private static int attribute(NativeLibrary cuda, MemorySegment out, int attribute, int device) {
        require(cuda, cuda.call("cuDeviceGetAttribute", out, attribute, device), "cuDeviceGetAttribute");
        return out.get(ValueLayout.JAVA_INT, 0);
    }

    /** 12020 is CUDA 12.2. */
    private static String text(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
