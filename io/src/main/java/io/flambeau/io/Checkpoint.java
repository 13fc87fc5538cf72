package io.flambeau.io;

import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.checkpoint.Structure;
import io.flambeau.io.internal.checkpoint.StructureReader;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a training run in one file: nested maps and lists of tensors, numbers, booleans and text, for example of
 * the model, the optimizer, the scheduler, the loader and the random generator.
 *
 * {@snippet :
 * Checkpoint.save(Path.of("run.ckpt"), Map.of("epoch", 3, "model", model.stateDict(), "optimizer", optimizer.stateDict()));
 *
 * Map<String, Object> run = Checkpoint.load(Path.of("run.ckpt"));
 * long epoch = (Long) run.get("epoch");
 * }
 *
 * <p>The file is a safetensors file that any reader of that format can open; the structure is JSON in its metadata. What
 * one version writes, all later versions read. A save that fails or is killed leaves the old file as it was.
 */
public final class Checkpoint {
    private static final String SAVE = "Checkpoint.save";
    private static final String LOAD = "Checkpoint.load";
    private static final String FORMAT = "flambeau-checkpoint";
    private static final int VERSION = 1;

    private Checkpoint() {}

    /**
     * Writes a checkpoint, replacing the file in one step. A tensor that occurs twice is written once.
     *
     * @param content maps have keys of text or integers
     * @throws FormatException if it holds anything else, contains itself, or the file cannot be written; the old file,
     *     if any, is then as it was
     */
    public static void save(Path file, Map<String, ? extends @Nullable Object> content) {
        Structure structure = new Structure(Source.of(SAVE, file));
        Json json = structure.describe(content);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", Integer.toString(VERSION));
        metadata.put("content", json.toString());
        Safetensors.save(file, structure.tensors(), metadata);
    }

    /**
     * Reads a checkpoint: maps as {@code LinkedHashMap}, lists as {@code ArrayList}, integers as Long, other numbers as
     * Double.
     *
     * @throws FormatException if there is no such file, it is no checkpoint, it is damaged, or a newer version of
     *     Flambeau wrote it
     */
    public static LinkedHashMap<String, @Nullable Object> load(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(LOAD, file)) {
            Source source = Source.of(LOAD, file);
            Map<String, String> metadata = opened.metadata();
            String content = metadata.get("content");
            if (!FORMAT.equals(metadata.get("format")) || content == null) {
                throw source.refuse("it is no checkpoint", "read its tensors with Safetensors.load");
            }
            checkVersion(source, metadata.getOrDefault("version", ""));
            Json json = Json.parse(source, content);
            StructureReader.checkNames(source, json, opened.names());
            LinkedHashMap<String, Tensor> tensors = opened.tensors();
            return new StructureReader(source, tensors).read(json);
        }
    }

    private static void checkVersion(Source source, String version) {
        int number;
        try {
            number = Integer.parseInt(version);
        } catch (NumberFormatException e) {
            number = 0;
        }
        if (number < 1) {
            throw source.bad("its version is " + Source.quote(version));
        }
        if (number > VERSION) {
            throw source.refuse(
                    "it is a checkpoint of version " + number + ", and this Flambeau reads up to " + VERSION,
                    "update Flambeau");
        }
    }
}
