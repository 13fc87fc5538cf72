package io.flambeau.backend.clike;

import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Unary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kernels' sources. A bundle, compiled for one {@link Kind}, is one program of many kernels: a compiler's start
 * costs more than a kernel, and drivers compile what is launched.
 */
enum Bundle {
    UNARY(names("unary_", Unary.values())),
    BINARY(names("binary_", Binary.values())),
    COMPARE(names("compare_", Compare.values())),
    CAST("cast", "iota"),
    RAW(raw());

    /** The kernels' names; a backend numbers them by their places here. */
    final String[] names;

    Bundle(String... names) {
        this.names = names;
    }

    private static String[] names(String prefix, Enum<?>[] operations) {
        String[] names = new String[operations.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = prefix + operations[i].name().toLowerCase(Locale.ROOT);
        }
        return names;
    }

    /** Each family at five places, by the logarithm of the element's size; then random. */
    private static String[] raw() {
        List<String> names = new ArrayList<>();
        for (String family : List.of("copy_", "fill_", "where_", "gather_")) {
            for (int log = 0; log <= 4; log++) {
                names.add(family + (1 << log));
            }
        }
        names.add("random");
        return names.toArray(String[]::new);
    }

    /** The whole text, preludes included. */
    String source() {
        return text("dialect.h")
                + text("elements.h")
                + text("complex.h")
                + text(name().toLowerCase(Locale.ROOT) + ".cl");
    }

    static String text(String resource) {
        try (InputStream in = Bundle.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the kernels' source " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
