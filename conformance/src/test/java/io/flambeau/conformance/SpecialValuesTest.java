package io.flambeau.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Catalogs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * NaN, infinities, signed zeros, subnormals and extremes give what they give in PyTorch: the answers in
 * {@code special-values.txt}, whose first lines say how they were computed.
 */
class SpecialValuesTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] PAIR = {NAN, INF, -INF, 0.0, -0.0, 1, -1, 2.5, -2.5, 3};
    private static final double[] ROWS = {
        NAN, 1, 2, 1, NAN, INF, INF, -INF, 1, INF, INF, 2, -INF, -INF, -INF, 0.0, -0.0, 0.0, -0.0, 0.0, -0.0, -0.0,
        -0.0, -0.0, 2, 2, 1, 1, 2, 2, 3e38, 3e38, -3e38, NAN, NAN, NAN, -INF, 0.0, 5, 1e-45, -1e-45, 0.0
    };

    private record Answer(String kind, String name, DType dtype, int output, String[] values) {
        String title() {
            return kind + " " + name + " " + dtype.title() + " " + output;
        }

        static Answer of(String line) {
            int colon = line.indexOf(':');
            String[] head = line.substring(0, colon).split(" ");
            return new Answer(
                    head[0],
                    head[1],
                    GoldenFile.dtype(head[2]),
                    Integer.parseInt(head[3]),
                    line.substring(colon + 2).split(" "));
        }
    }

    private static double[] singles(DType dtype) {
        double[] base = {Double.MIN_VALUE, dtype.tiny(), dtype.max(), 1, 0.5, 1.5, 2.5, 2, 3, 10, 100};
        base[0] = dtype == DType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
        double[] all = Arrays.copyOf(new double[] {NAN, INF, -INF, 0.0, -0.0}, 5 + 2 * base.length);
        for (int i = 0; i < base.length; i++) {
            all[5 + 2 * i] = base[i];
            all[6 + 2 * i] = -base[i];
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> equalPyTorchs() throws IOException {
        List<Answer> answers = new ArrayList<>();
        Map<String, String> accepted = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SpecialValuesTest.class.getResourceAsStream("special-values.txt")),
                StandardCharsets.UTF_8))) {
            for (String line : reader.lines().toList()) {
                if (line.startsWith("differs ")) {
                    int colon = line.indexOf(':');
                    int places = line.lastIndexOf(' ', colon);
                    accepted.put(line.substring("differs ".length(), places), line.substring(places + 1, colon));
                } else if (!line.startsWith("#")) {
                    answers.add(Answer.of(line));
                }
            }
        }
        assertThat(answers).hasSizeGreaterThan(300);
        return Stream.of(Device.CPU, new Device("reference", 0))
                .flatMap(device -> answers.stream()
                        .map(answer -> DynamicTest.dynamicTest(
                                answer.title() + " on " + device,
                                () -> Tensors.withDevice(device, () -> {
                                    check(answer, accepted.getOrDefault(answer.title(), ""));
                                    return null;
                                }))));
    }

    private static void check(Answer answer, String accepted) {
        Object result = call(answer);
        Tensor actual = result instanceof Tensor[] many ? many[answer.output()] : (Tensor) result;
        double[] values = actual.dtype().isDifferentiable()
                ? actual.toDoubleArray()
                : Arrays.stream(actual.toLongArray()).asDoubleStream().toArray();
        assertThat(values).hasSameSizeAs(answer.values());
        List<String> places = List.of(accepted.split(","));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            double expected = switch (answer.values()[i]) {
                case "nan" -> NAN;
                case "inf" -> INF;
                case "-inf" -> -INF;
                default -> Double.parseDouble(answer.values()[i]);
            };
            if (!places.contains(Integer.toString(i)) && !same(answer.dtype(), expected, values[i])) {
                wrong.add("at " + i + " " + values[i] + ", expected " + answer.values()[i]);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Object call(Answer answer) {
        DType dtype = answer.dtype();
        Tensor rows = Tensors.of(ROWS, 14, 3).to(dtype);
        return Objects.requireNonNull(
                switch (answer.kind()) {
                    case "unary" ->
                        Catalogs.call(
                                answer.name(),
                                List.of(Tensors.of(singles(dtype)).to(dtype)),
                                Map.of());
                    case "binary" -> {
                        Tensor p = Tensors.of(PAIR).to(dtype);
                        yield Catalogs.call(
                                answer.name(),
                                List.of(
                                        p.unsqueeze(1).expand(10, 10),
                                        p.unsqueeze(0).expand(10, 10)),
                                Map.of());
                    }
                    case "pool" -> Catalogs.call(answer.name(), List.of(rows.unsqueeze(1), 2L, 1L), Map.of());
                    default ->
                        switch (answer.name()) {
                            case "norm" -> Catalogs.call("norm", List.of(rows, 2L, 1L), Map.of());
                            case "diff", "aminmax" -> Catalogs.call(answer.name(), List.of(rows), Map.of("dim", 1L));
                            default -> Catalogs.call(answer.name(), List.of(rows, 1L), Map.of());
                        };
                });
    }

    /** Equal, the sign of zero included; numbers to a few units in the last place. */
    private static boolean same(DType dtype, double expected, double actual) {
        if (!Double.isFinite(expected) || expected == 0 || !Double.isFinite(actual)) {
            return Double.compare(expected, actual) == 0;
        }
        boolean narrow = dtype == DType.F32;
        double least = 4 * (narrow ? Float.MIN_VALUE : Double.MIN_VALUE);
        double cancelled = Math.abs(expected) > 1e-30 && Math.abs(expected) < 1e-6 ? (narrow ? 1e-7 : 1e-15) : 0;
        double allowed = Math.max(least, Math.max(cancelled, (narrow ? 3e-6 : 1e-10) * Math.abs(expected)));
        return Math.abs(expected - actual) <= allowed;
    }
}
