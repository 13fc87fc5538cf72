package io.flambeau.io;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Gzip;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.checkpoint.StructureReader;
import io.flambeau.io.internal.csv.CsvReader;
import io.flambeau.io.internal.json.Json;
import io.flambeau.io.internal.npy.NpyHeader;
import io.flambeau.io.internal.pickle.Plain;
import io.flambeau.io.internal.pickle.Unpickler;
import io.flambeau.io.internal.safetensors.Header;
import io.flambeau.io.internal.torch.TorchContent;
import io.flambeau.io.internal.zip.ZipArchive;
import io.flambeau.tensor.FormatException;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a fuzzer feeds: every parser of this module, on bytes alone. A nested class is a target of
 * <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>, see docs/recipes/fuzz-a-reader.md.
 */
public final class FuzzTargets {
    /** The targets by the names of the folders of their inputs. */
    static final Map<String, Consumer<byte[]>> ALL = Map.of(
            "json", JsonText::fuzzerTestOneInput,
            "safetensors", SafetensorsHeader::fuzzerTestOneInput,
            "npy", NpyFile::fuzzerTestOneInput,
            "zip", Zip::fuzzerTestOneInput,
            "pickle", Pickle::fuzzerTestOneInput,
            "torch", Torch::fuzzerTestOneInput,
            "gzip", GzipFile::fuzzerTestOneInput,
            "csv", CsvFile::fuzzerTestOneInput);

    private static final Source SOURCE = new Source("fuzz", "memory");

    private FuzzTargets() {}

    /** Anything but the one kind of error is a finding. */
    private static void survive(byte[] data, Consumer<MemorySegment> parser) {
        try {
            parser.accept(MemorySegment.ofArray(data));
        } catch (FormatException e) {
            if (e.getMessage().length() > 4000) {
                throw new AssertionError("an endless message", e);
            }
        }
    }

    /** What was read must read again from its own text; and what a checkpoint would make of it. */
    public static final class JsonText {
        private JsonText() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                Json json = Json.parse(SOURCE, bytes);
                if (!Json.parse(SOURCE, json.toString()).equals(json)) {
                    throw new AssertionError("read differently from its own text: " + json);
                }
                new StructureReader(SOURCE, Map.of()).read(json);
            });
        }
    }

    public static final class SafetensorsHeader {
        private SafetensorsHeader() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                for (Header.Entry entry : Header.parse(SOURCE, bytes).entries().values()) {
                    bytes.asSlice(entry.begin(), entry.end() - entry.begin());
                }
            });
        }
    }

    public static final class NpyFile {
        private NpyFile() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                NpyHeader header = NpyHeader.parse(SOURCE, bytes);
                long size = bytes.asSlice(header.data()).byteSize();
                if (size != header.shape().count() * header.dtype().bytes()) {
                    throw new AssertionError(header + " with " + size + " bytes");
                }
            });
        }
    }

    public static final class Zip {
        private Zip() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                ZipArchive zip = new ZipArchive(SOURCE, bytes);
                try (Arena arena = Arena.ofConfined()) {
                    zip.entries().values().forEach(entry -> zip.content(entry, arena));
                }
            });
        }
    }

    public static final class Pickle {
        private Pickle() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(
                    data,
                    bytes -> new Plain(SOURCE, tensor -> tensor)
                            .convert(Unpickler.read(new Cursor(SOURCE, bytes), new Budget(SOURCE, data.length))));
        }
    }

    public static final class Torch {
        private Torch() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                TorchContent content = TorchContent.read(SOURCE, bytes);
                try (Arena arena = Arena.ofConfined()) {
                    new Plain(SOURCE, tensor -> {
                                long last = tensor.offset();
                                for (int axis = 0; axis < tensor.shape().rank(); axis++) {
                                    last += (tensor.shape().size(axis) - 1) * tensor.strides()[axis];
                                }
                                MemorySegment storage = content.bytes(tensor.storage(), arena);
                                if (tensor.shape().count() > 0) {
                                    storage.asSlice(
                                            last * tensor.type().bytes(),
                                            tensor.type().bytes());
                                }
                                return tensor;
                            })
                            .convert(content.value());
                }
            });
        }
    }

    public static final class GzipFile {
        private GzipFile() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, bytes -> {
                try (Arena arena = Arena.ofConfined()) {
                    Gzip.expand(SOURCE, bytes, 1, first -> first.byteSize() * 100, arena);
                }
            });
        }
    }

    public static final class CsvFile {
        private CsvFile() {}

        public static void fuzzerTestOneInput(byte[] data) {
            survive(data, _ -> {
                try (CsvReader reader = new CsvReader(SOURCE, new ByteArrayInputStream(data), ',')) {
                    List<String> record = reader.next();
                    int width = record.size();
                    for (; !record.isEmpty(); record = reader.next()) {
                        if (record.size() != width) {
                            throw new AssertionError("a ragged record");
                        }
                    }
                }
            });
        }
    }
}
