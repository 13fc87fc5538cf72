package io.flambeau.nn;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of a model's layers, the shapes of their results, their parameters and multiply-adds, as torchinfo prints it.
 *
 * <pre>{@code
 * String table = Summary.of(model, 1, 1, 28, 28).toString();
 * }</pre>
 *
 * @param rows the modules from the outermost on
 * @param parameters how many numbers are parameters
 * @param trainable how many of these are trained
 * @param multiplyAdds of one forward pass
 * @param inputBytes of the input
 * @param resultBytes of the results of all layers, twice: for the forward and for the backward pass
 * @param parameterBytes of the parameters
 */
public record Summary(
        List<Row> rows,
        long parameters,
        long trainable,
        long multiplyAdds,
        long inputBytes,
        long resultBytes,
        long parameterBytes) {
    /**
     * One module.
     *
     * @param depth how many modules it lies in
     * @param place its number among the modules of this depth, from 1
     * @param last whether it is the last of its parent
     * @param shape of its result, or null if it was not called
     * @param parameters its own, without those of its children
     */
    public record Row(
            String title,
            int depth,
            int place,
            boolean last,
            @Nullable Shape shape,
            long parameters,
            long multiplyAdds) {}

    private static final int WIDTH = 90;
    private static final String RULE = "=".repeat(WIDTH) + "\n";

    /** Runs the model once on zeros of this shape, in evaluation mode and without gradients. */
    public static Summary of(Module model, long... inputShape) {
        return of(model, Tensors.zeros(inputShape));
    }

    /** Runs the model once on the input, in evaluation mode and without gradients. */
    public static Summary of(Module model, Tensor input) {
        Map<Module, Spec> results = new IdentityHashMap<>();
        List<Runnable> hooks = new ArrayList<>();
        boolean training = model.isTraining();
        for (Module module : model.namedModules().values()) {
            hooks.add(module.registerForwardHook((m, y) -> {
                results.put(m, y.spec());
                return null;
            }));
        }
        try {
            model.eval();
            Tensors.noGrad(() -> model.call(input));
        } finally {
            hooks.forEach(Runnable::run);
            model.train(training);
        }
        Summary empty = new Summary(new ArrayList<>(), 0, 0, 0, bytes(input.spec()), 0, 0);
        return empty.with(model, 0, true, results, new HashMap<>());
    }

    private static long bytes(Spec spec) {
        return spec.shape().count() * spec.dtype().bytes();
    }

    /** With a module and all below it. */
    private Summary with(
            Module module, int depth, boolean last, Map<Module, Spec> results, Map<Integer, Integer> places) {
        Spec result = results.get(module);
        long own = 0;
        long trained = 0;
        long bytes = 0;
        for (Map.Entry<String, Tensor> entry : module.namedParameters().entrySet()) {
            if (entry.getKey().indexOf('.') < 0) {
                Tensor p = entry.getValue();
                own += p.count();
                trained += p.requiresGrad() ? p.count() : 0;
                bytes += bytes(p.spec());
            }
        }
        long work = result == null ? 0 : own * uses(module, result.shape());
        Shape shape = result == null ? null : result.shape();
        rows.add(new Row(module.title(), depth, places.merge(depth, 1, Integer::sum), last, shape, own, work));
        boolean leaf = module.namedChildren().isEmpty();
        Summary all = new Summary(
                rows,
                parameters + own,
                trainable + trained,
                multiplyAdds + work,
                inputBytes,
                resultBytes + (leaf && result != null ? 2 * bytes(result) : 0),
                parameterBytes + bytes);
        int left = module.namedChildren().size();
        for (Module child : module.namedChildren().values()) {
            all = all.with(child, depth + 1, --left == 0, results, places);
        }
        return all;
    }

    /** How often each parameter of a layer is used: once for each place of the result beside the channels. */
    private static long uses(Module module, Shape result) {
        boolean convolution = module.title().startsWith("Conv");
        int channels = convolution ? 1 : result.rank() - 1;
        long uses = 1;
        for (int i = 0; i < result.rank(); i++) {
            boolean counts = convolution || module.title().equals("Linear") ? i != channels : i == 0;
            uses *= counts ? result.size(i) : 1;
        }
        return uses;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(RULE);
        line(text, "Layer (type:depth-idx)", "Output Shape", "Param #");
        text.append(RULE);
        for (Row row : rows) {
            String branch = row.depth == 0 ? "" : "│    ".repeat(row.depth - 1) + (row.last ? "└─" : "├─");
            String name = row.depth == 0 ? row.title : row.title + ": " + row.depth + "-" + row.place;
            String shape = row.shape == null ? "--" : row.shape.toString();
            line(text, branch + name, shape, row.parameters == 0 ? "--" : grouped(row.parameters));
        }
        text.append(RULE);
        text.append("Total params: ").append(grouped(parameters)).append('\n');
        text.append("Trainable params: ").append(grouped(trainable)).append('\n');
        text.append("Non-trainable params: ")
                .append(grouped(parameters - trainable))
                .append('\n');
        text.append("Total mult-adds").append(scaled(multiplyAdds)).append('\n');
        text.append(RULE);
        text.append("Input size (MB): ").append(megabytes(inputBytes)).append('\n');
        text.append("Forward/backward pass size (MB): ")
                .append(megabytes(resultBytes))
                .append('\n');
        text.append("Params size (MB): ").append(megabytes(parameterBytes)).append('\n');
        text.append("Estimated Total Size (MB): ")
                .append(megabytes(inputBytes + resultBytes + parameterBytes))
                .append('\n');
        return text.append(RULE).toString();
    }

    private static void line(StringBuilder text, String name, String shape, String count) {
        text.append(String.format(Locale.ROOT, "%-40s %-25s %-22s", name, shape, count)
                        .stripTrailing())
                .append('\n');
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String scaled(long number) {
        String[] units = {"", "k", "M", "G", "T"};
        int unit = 0;
        double value = number;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? ": " + number : " (" + units[unit] + "): " + String.format(Locale.ROOT, "%.2f", value);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / 1e6);
    }
}
