package io.flambeau.backend.cuda;

import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Kernels that were compiled to PTX when the jar was built, for machines with a driver and no NVRTC: resources beside
 * this class, one for each program, for the oldest architecture and written as drivers since CUDA 12.0 read it. The
 * driver turns them into machine code and keeps that itself. Other builds have none; see {@code docs/cuda.md}.
 */
final class ShippedKernels implements KernelCompiler {
    /** The architecture that they are compiled for; every later one runs them. */
    static final int ARCHITECTURE = 75;

    /** There if any are. */
    static final String INDEX = "index";

    private static final String FOLDER = "ptx/";

    private ShippedKernels() {}

    /** Those of this jar, if it has any. */
    static Optional<ShippedKernels> find() {
        return ShippedKernels.class.getResource(FOLDER + INDEX) == null
                ? Optional.empty()
                : Optional.of(new ShippedKernels());
    }

    /** The name of a program's resource in its folder. */
    static String name(String source, List<String> defines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source.getBytes(StandardCharsets.UTF_8));
            defines.forEach(define -> digest.update((" " + define).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 16) + ".ptx";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public byte[] code(String title, String source, List<String> defines, int architecture) {
        try (InputStream in = ShippedKernels.class.getResourceAsStream(FOLDER + name(source, defines))) {
            if (in == null) {
                throw new DeviceException(
                        "compile",
                        "there is no NVRTC, and the jar's compiled kernels lack " + title
                                + "; install the CUDA toolkit or the package nvidia-cuda-nvrtc",
                        Fault.BACKEND_FAILED);
            }
            byte[] ptx = in.readAllBytes();
            return Arrays.copyOf(ptx, ptx.length + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean serves(int architecture) {
        return architecture >= ARCHITECTURE;
    }

    @Override
    public int oldest() {
        return ARCHITECTURE;
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public String toString() {
        return "kernels of the jar for architecture " + ARCHITECTURE + " (no NVRTC)";
    }
}
