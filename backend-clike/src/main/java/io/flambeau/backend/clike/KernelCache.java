package io.flambeau.backend.clike;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiled kernels on disk: {@code -Dflambeau.kernelcache=DIR}, or {@code flambeau/kernels} in the user's cache folder;
 * {@code off} keeps none.
 *
 * <p>A file is named by the hash of all that its content depends on and begins with the hash of its content. It is
 * written under another name and then renamed, so that a reader sees all of it or nothing; a damaged file is as good as
 * none. A cache that cannot be written costs time, nothing else.
 */
public final class KernelCache {
    private static final System.Logger LOG = System.getLogger(KernelCache.class.getName());
    private static final String PROPERTY = "flambeau.kernelcache";
    private static final int HASH = 32;

    private KernelCache() {}

    /**
     * The compiled form, from the disk or by compiling.
     *
     * @param compile what compiles, on a miss
     * @param parts all that the result depends on: source, options, compiler, device
     */
    public static byte[] find(Supplier<byte[]> compile, String... parts) {
        Path file = file(parts);
        if (file == null) {
            return compile.get();
        }
        byte[] stored = read(file);
        if (stored.length > 0) {
            return stored;
        }
        byte[] compiled = compile.get();
        write(file, compiled);
        return compiled;
    }

    private static @Nullable Path file(String[] parts) {
        String folder = System.getProperty(PROPERTY, "");
        if (folder.equals("off")) {
            return null;
        }
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        String name = HexFormat.of().formatHex(digest.digest());
        return (folder.isEmpty() ? userFolder() : Path.of(folder)).resolve(name + ".bin");
    }

    private static Path userFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("flambeau").resolve("kernels");
    }

    /** The content, or nothing if it is missing or damaged. */
    private static byte[] read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            byte[] content = Arrays.copyOfRange(bytes, Math.min(HASH, bytes.length), bytes.length);
            if (Arrays.equals(bytes, 0, Math.min(HASH, bytes.length), sha256().digest(content), 0, HASH)) {
                return content;
            }
            LOG.log(System.Logger.Level.WARNING, "{0} is damaged; its kernels are compiled anew", file);
        } catch (NoSuchFileException e) {
            // The first time.
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read {0}: {1}", file, e.toString());
        }
        return new byte[0];
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), "kernel", ".part");
            try {
                byte[] bytes = Arrays.copyOf(sha256().digest(content), HASH + content.length);
                System.arraycopy(content, 0, bytes, HASH, content.length);
                Files.write(part, bytes);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "compiled kernels are not kept: {0}", e.toString());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
