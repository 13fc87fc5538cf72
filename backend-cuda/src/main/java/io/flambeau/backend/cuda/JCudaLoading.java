package io.flambeau.backend.cuda;

import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.driver.JCudaDriver;

/**
 * Loads JCuda's native library safely.
 *
 * <p>JCuda unpacks it under a fixed name into {@code java.io.tmpdir} and loads whatever file has that name already: in a
 * folder that all users write, a stale one or someone else's. So that property names a private folder while JCuda is
 * initialised.
 */
final class JCudaLoading {
    private static final String PLACE = "java.io.tmpdir";

    private static boolean loaded;

    private JCudaLoading() {}

    /** Loads it once; only after the driver's library is known to be there. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        String before = System.getProperty(PLACE);
        try {
            Path folder = Files.createTempDirectory("flambeau-cuda");
            System.setProperty(PLACE, folder.toString());
            try {
                Libcuda.check(JCudaDriver.cuInit(0), "cuInit");
                loaded = true;
            } finally {
                System.setProperty(PLACE, before);
                delete(folder);
            }
        } catch (IOException | LinkageError e) {
            throw new DeviceException(
                    "cuda",
                    "JCuda's native library cannot be loaded: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "; add org.jcuda:jcuda-natives:12.6.0:linux-x86_64 to the class path and start java with"
                            + " --enable-native-access=ALL-UNNAMED",
                    Fault.BACKEND_FAILED,
                    e);
        }
    }

    /** What is loaded stays loaded without its file. */
    private static void delete(Path folder) throws IOException {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            Files.delete(file.toPath());
        }
        Files.delete(folder);
    }
}
