package io.flambeau.backend.clike;

import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
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
    RAW(raw()),
    REDUCE(reductions()),
    SCAN(scans()),
    ROWS(
            "scatter_set",
            "scatter_add",
            "scatter_mul",
            "scatter_max",
            "scatter_min",
            "sort_begin",
            "sort_merge",
            "sort_end",
            "search_sorted"),
    MATMUL("matmul", "add_bias"),
    CONV("conv_forward", "conv_input", "conv_weight", "conv_weight_parts"),
    LINES(
            "softmax",
            "softmax_backward",
            "cross_entropy",
            "cross_entropy_total",
            "cross_entropy_backward",
            "layer_norm",
            "layer_norm_backward",
            "layer_norm_parameters",
            "batch_norm",
            "batch_norm_backward"),
    TRAIN(
            "dropout",
            "max_pool",
            "gelu",
            "gelu_backward",
            "avg_pool",
            "avg_pool_backward",
            "embedding_backward",
            "max_pool_backward"),
    STEP("adam", "sgd", "rms_prop", "adagrad"),
    FFT("fft_turns", "fft_pass"),
    CTC("ctc_loss", "ctc_loss_backward"),
    ATTENTION("attention", "attention_dots", "attention_queries", "attention_keys");

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

    /** Each scan in two ways: those of {@link Scan.Kind}, then the sum of exponentials. */
    private static String[] scans() {
        List<String> names = new ArrayList<>();
        for (String kind : List.of("sum", "prod", "max", "min", "logsumexp")) {
            names.add("scan_" + kind + "_each");
            names.add("scan_" + kind + "_group");
        }
        return names.toArray(String[]::new);
    }

    /** Each reduction in three ways; then both of argmax and argmin. */
    private static String[] reductions() {
        List<String> names = new ArrayList<>();
        for (Reduce.Kind kind : Reduce.Kind.values()) {
            for (String way : List.of("_each", "_group", "_parts")) {
                names.add("reduce_" + kind.name().toLowerCase(Locale.ROOT) + way);
            }
        }
        names.add("argreduce_each");
        names.add("argreduce_group");
        return names.toArray(String[]::new);
    }

    /** Each family at five places, by the logarithm of the element's size; then random. */
    private static String[] raw() {
        List<String> names = new ArrayList<>();
        for (String family : List.of("copy_", "fill_", "where_", "gather_")) {
            for (int log = 0; log <= 4; log++) {
                names.add(family + (1 << log));
            }
        }
        names.add("random_bits");
        names.add("wrap_index");
        return names.toArray(String[]::new);
    }

    /** The whole text, preludes included. */
    String source() {
        return source(name().toLowerCase(Locale.ROOT) + ".cl");
    }

    /** The text of a resource behind the preludes. */
    static String source(String resource) {
        return text("dialect.h") + text("elements.h") + text("complex.h") + text("tile.h") + text(resource);
    }

    private static String text(String resource) {
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
