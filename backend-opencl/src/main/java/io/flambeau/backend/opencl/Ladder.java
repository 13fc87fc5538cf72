package io.flambeau.backend.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.spi.Probe;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The steps from nothing to a usable device; each names what it found, what it needs, and a remedy. JOCL, whose native
 * part wants the library, is not touched before the library was found and has answered.
 */
final class Ladder {
    private static final String VENDORS = "/etc/OpenCL/vendors";
    private static final String INSTALL =
            "install the OpenCL driver of your device, or PoCL (Debian: pocl-opencl-icd) for the processor";

    private Ladder() {}

    static Probe probe() {
        try {
            Optional<SymbolLookup> library = OpenCl.find();
            if (library.isEmpty()) {
                return unavailable("load " + OpenCl.library(), "not found", "no OpenCL library", OpenCl.library());
            }
            int code = platforms(library.get());
            if (code != 0) {
                return unavailable("clGetPlatformIDs", OpenCl.name(code), registered(), "an installed OpenCL driver");
            }
            return devices();
        } catch (TensorException | LinkageError | IllegalCallerException e) {
            return new Probe.Unavailable(
                    "open the platforms",
                    "failed",
                    String.valueOf(e.getMessage()),
                    "JOCL and native access",
                    "start java with --enable-native-access=ALL-UNNAMED");
        }
    }

    private static Probe unavailable(String step, String code, String found, String needed) {
        return new Probe.Unavailable(step, code, found, needed, INSTALL);
    }

    private static String registered() {
        String[] files = new File(VENDORS).list();
        return files == null || files.length == 0
                ? "no driver in " + VENDORS
                : VENDORS + " names "
                        + String.join(", ", Arrays.stream(files).sorted().toList());
    }

    /** What the loader says when asked for platforms. */
    private static int platforms(SymbolLookup library) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            int code = (int) OpenCl.bind(
                            library, "clGetPlatformIDs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS))
                    .invokeExact(0, MemorySegment.NULL, count);
            return code == 0 && count.get(JAVA_INT, 0) == 0 ? -1001 : code;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call cannot throw", e);
        }
    }

    private static Probe devices() {
        List<Platforms.Found> found = Platforms.devices();
        if (!found.isEmpty()) {
            String products = Blast.find().isPresent() ? ", CLBlast" : ", no CLBlast (own products, slower)";
            return new Probe.Available(
                    found.stream().map(f -> f.info().title() + products).toList());
        }
        List<String> refused = Platforms.refused();
        return unavailable(
                "look for devices",
                refused.isEmpty() ? OpenCl.name(-1) : "none usable",
                refused.isEmpty() ? "no device of any platform" : String.join(", ", refused),
                "a device with a compiler and work-groups of " + Platforms.LEAST_GROUP);
    }
}
