package io.flambeau.io.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name always stands for a whole file: the old one until the very end, then the new one.
 *
 * <p>The content goes to a temporary file in the same folder, is forced to the disk, and takes the name in one step. A
 * killed process, a full disk or an exception leaves the old file as it was; two writers at once leave one of the two
 * files, whole; and readers who have the old file mapped keep it.
 */
public final class AtomicFile {
    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    public static void write(String operation, Path file, Content content) {
        Source source = Source.of(operation, file);
        try {
            // A link keeps pointing where it points: what it names is replaced.
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new IOException("it is not a regular file");
            }
            if (Files.exists(target) && !Files.isWritable(target)) {
                throw new IOException("the file is read-only");
            }
            replace(target, content);
        } catch (IOException e) {
            throw source.failed(
                    "write",
                    e,
                    "nothing was changed, a file of that name is as it was; make room or choose another place");
        }
    }

    private static void replace(Path target, Content content) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("this file system cannot replace a file in one step", e);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        Path folder = target.getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    /** Makes the new name survive a power cut, on platforms that can open a folder. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows cannot; the move itself is done either way.
        }
    }
}
