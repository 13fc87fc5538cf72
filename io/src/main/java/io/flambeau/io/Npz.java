package io.flambeau.io;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.Host;
import io.flambeau.io.internal.MappedFile;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.npy.NpyHeader;
import io.flambeau.io.internal.zip.ZipArchive;
import io.flambeau.io.internal.zip.ZipEntry;
import io.flambeau.io.internal.zip.ZipWriter;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NumPy's format of several named arrays: a ZIP archive of .npy files.
 *
 * {@snippet :
 * Map<String, Tensor> data = Npz.load(Path.of("data.npz")); // numpy.savez("data.npz", x=x, y=y)
 * Tensor x = data.get("x");
 * Npz.save(Path.of("out.npz"), Map.of("z", x.exp()));
 * }
 */
public final class Npz {
    private static final String SAVE = "Npz.save";
    private static final String SUFFIX = ".npy";
    private static final int ALIGNMENT = 64;

    private Npz() {}

    /**
     * Reads all arrays, compressed or not, by their names without {@code .npy}.
     *
     * @throws FormatException if there is no such file, if it is damaged, if it holds anything but arrays, or if no
     *     tensor can hold one of them
     */
    public static LinkedHashMap<String, Tensor> load(Path file) {
        String operation = "Npz.load";
        return MappedFile.read(operation, file, mapped -> Host.allOrNone(operation, () -> read(mapped)));
    }

    private static LinkedHashMap<String, Tensor> read(MappedFile file) {
        ZipArchive zip = new ZipArchive(file.source(), file.bytes());
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (ZipEntry entry : zip.entries().values()) {
            if (!entry.name().endsWith(SUFFIX)) {
                throw file.source().bad("its entry " + Source.quote(entry.name()) + " is no .npy file");
            }
            String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
            try (Arena arena = Arena.ofConfined()) {
                tensors.put(name, Npy.read(file.source().entry(entry.name()), zip.content(entry, arena)));
            }
        }
        return tensors;
    }

    /**
     * Writes arrays without compression, replacing the file in one step.
     *
     * @throws FormatException if a tensor is bfloat16, which NumPy lacks, or if the file cannot be written; the old one,
     *     if any, is then as it was
     */
    public static void save(Path file, Map<String, Tensor> tensors) {
        write(file, tensors, false);
    }

    /** As {@link #save}, with compression, as {@code numpy.savez_compressed} writes. */
    public static void saveCompressed(Path file, Map<String, Tensor> tensors) {
        write(file, tensors, true);
    }

    private static void write(Path file, Map<String, Tensor> tensors, boolean compressed) {
        Source source = Source.of(SAVE, file);
        AtomicFile.write(SAVE, file, channel -> {
            ZipWriter zip = new ZipWriter(channel, ALIGNMENT, compressed);
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                Tensor tensor = entry.getValue();
                ByteBuffer head = NpyHeader.write(source, tensor.dtype(), tensor.shape());
                try (Arena arena = Arena.ofConfined()) {
                    zip.add(
                            entry.getKey() + SUFFIX,
                            MemorySegment.ofBuffer(head),
                            Host.littleEndian(source, entry.getKey(), tensor, arena));
                }
            }
            zip.finish();
        });
    }
}
