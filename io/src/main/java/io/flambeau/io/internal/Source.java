package io.flambeau.io.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A call and the file it works on. Every error of this module is made here, so that all of them read alike.
 *
 * @param operation the call, as the user wrote it, for example {@code Safetensors.load}
 * @param name the file, and within an archive the entry
 */
public record Source(String operation, String name) {
    private static final int LONGEST_QUOTE = 80;

    public static Source of(String operation, Path file) {
        return new Source(operation, file.toString());
    }

    /** As {@link #of}, for a file to be read: opening anything else, for example a pipe, might wait for ever. */
    public static Source ofFile(String operation, Path file) {
        Source source = of(operation, file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw source.failed("read", new IOException("it is not a regular file"), "give the path of a file");
        }
        return source;
    }

    /** The same call on an entry of this archive. */
    public Source entry(String entry) {
        return new Source(operation, name + "!" + quote(entry));
    }

    /** The file is damaged or is not what it claims to be. */
    public FormatException bad(String what) {
        return refuse(what, "get a fresh copy of the file");
    }

    /** The file is damaged, as another library found out. */
    public FormatException broken(String what, Throwable cause) {
        return new FormatException(
                operation, name + ": " + what + "; get a fresh copy of the file", Fault.BAD_FILE, cause);
    }

    /** The file is well formed, but cannot be used here. */
    public FormatException refuse(String what, String remedy) {
        return new FormatException(operation, name + ": " + what + "; " + remedy, Fault.BAD_FILE);
    }

    /** The file asks for something that is never done, because it could harm. */
    public FormatException unsafe(String what) {
        return new FormatException(
                operation, name + ": " + what + "; this is never loaded, do not trust the file", Fault.UNSAFE_FILE);
    }

    /** The operating system failed. */
    public FormatException failed(String doing, Throwable cause, String remedy) {
        String reason = switch (cause) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "access is denied";
            case IOException io when io.getMessage() == null -> io.getClass().getSimpleName();
            default -> String.valueOf(cause.getMessage());
        };
        return new FormatException(
                operation, "cannot " + doing + " " + name + ": " + reason + "; " + remedy, Fault.FILE_IO, cause);
    }

    /** Text as UTF-8, which it must have: half a surrogate pair would silently become a question mark. */
    public byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw refuse("the text " + quote(text) + " holds half a surrogate pair", "write valid Unicode");
        }
    }

    /** Foreign text fit for a message: quoted, on one line and not long. */
    public static String quote(String text) {
        int shown = Math.min(text.length(), LONGEST_QUOTE);
        StringBuilder quoted = new StringBuilder(shown + 8).append('"');
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(shown < text.length() ? "\"..." : "\"").toString();
    }
}
