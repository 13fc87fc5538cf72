package io.flambeau.io;

import io.flambeau.io.internal.Pull;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files of plain text in UTF-8.
 *
 * {@snippet :
 * List<String> names = Text.lines(Path.of("names.txt"));
 * String corpus = Text.read(Path.of("shakespeare.txt"));
 * }
 */
public final class Text {
    private static final char MARK = '\ufeff';

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

    /**
     * The lines without their ends, read when they are asked for: for texts larger than memory. Close the stream to let
     * go of the file.
     *
     * @throws FormatException as {@link #lines} does, when the stream comes to the place
     */
    public static Stream<String> stream(Path file) {
        Source source = Source.ofFile("Text.stream", file);
        BufferedReader reader;
        try {
            reader = Files.newBufferedReader(file);
        } catch (IOException e) {
            throw failed(source, e);
        }
        Supplier<@Nullable String> next = new Supplier<>() {
            private boolean started;

            @Override
            public @Nullable String get() {
                try {
                    String line = reader.readLine();
                    boolean marked = !started && line != null && !line.isEmpty() && line.charAt(0) == MARK;
                    started = true;
                    return marked ? line.substring(1) : line;
                } catch (IOException e) {
                    throw failed(source, e);
                }
            }
        };
        return Pull.stream(next, () -> close(source, reader));
    }

    private static void close(Source source, BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw failed(source, e);
        }
    }

    private static FormatException failed(Source source, IOException e) {
        return e instanceof CharacterCodingException
                ? source.broken("the text is not UTF-8", e)
                : source.failed("read", e, "check the path and its permissions");
    }

    private static String read(String operation, Path file) {
        Source source = Source.ofFile(operation, file);
        try {
            String text = Files.readString(file);
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (IOException e) {
            throw failed(source, e);
        }
    }
}
