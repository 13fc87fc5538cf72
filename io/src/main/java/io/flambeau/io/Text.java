package io.flambeau.io;

import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of plain text in UTF-8.
 *
 * {@snippet :
 * List<String> names = Text.lines(Path.of("names.txt"));
 * String corpus = Text.read(Path.of("shakespeare.txt"));
 * }
 */
public final class Text {
    private Text() {}

    /**
     * The whole text; a byte order mark is skipped.
     *
     * @throws FormatException if there is no such file, or it is not UTF-8
     */
    public static String read(Path file) {
        return read("Text.read", file);
    }

    /**
     * The lines without their ends, which may be LF, CR or both.
     *
     * @throws FormatException if there is no such file, or it is not UTF-8
     */
    public static List<String> lines(Path file) {
        return read("Text.lines", file).lines().toList();
    }

    private static String read(String operation, Path file) {
        Source source = Source.ofFile(operation, file);
        try {
            String text = Files.readString(file);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw source.broken("the text is not UTF-8", e);
        } catch (IOException e) {
            throw source.failed("read", e, "check the path and its permissions");
        }
    }
}
