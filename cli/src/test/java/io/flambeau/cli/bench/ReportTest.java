package io.flambeau.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.cli.bench.Row.Unit;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    private static final Row FAST =
            new Row("g", "fast \"one\"", Unit.SECONDS, 0.001, Map.of("eager", 0.004, "native", 0.02), 0.5, 64);
    private static final Row SLOW = new Row("g", "slow", Unit.SECONDS, 2, Map.of("compiled", 2.0), 0, -1);
    private static final Row ALONE = new Row("g", "alone", Unit.BYTES, 5e6, Map.of(), 0, -1);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Report report = new Report(
            new PrintStream(out, true, StandardCharsets.UTF_8), Device.CPU, 2, "PyTorch 0", new Limits(1e9, 1e9));

    @Test
    void aRowShowsBothSidesTheirRatioAndTheShare() {
        assertThat(Report.text(FAST))
                .contains("fast", "1.00 ms", "4.00 ms", "4.00 ", "50 %", "64 B", "eager; native 20.0 ms");
        assertThat(Report.text(ALONE)).contains("alone", "5.00 MB").doesNotContain("NaN");
    }

    @Test
    void theMeanIsOfWhatWasCompared() {
        report.add(FAST);
        report.add(SLOW);
        report.add(ALONE);
        assertThat(report.mean("g")).hasValueSatisfying(mean -> assertThat(mean).isCloseTo(2, within(1e-12)));
        assertThat(report.mean("another")).isEmpty();
    }

    @Test
    void theFileHoldsEveryRow(@TempDir Path folder) throws IOException {
        report.add(FAST);
        report.add(ALONE);
        Path file = folder.resolve("new").resolve("results.json");
        report.write(file);
        Json.Obj all = (Json.Obj) Json.parse(new Source("test", file.toString()), Files.readString(file));
        assertThat(all.members()).containsKeys("date", "commit", "machine", "threads", "java", "other", "limits");
        Json.Arr rows = (Json.Arr) all.members().get("rows");
        assertThat(rows.elements()).hasSize(2);
        Json.Obj first = (Json.Obj) rows.elements().getFirst();
        assertThat(first.members())
                .containsEntry("name", new Json.Str("fast \"one\""))
                .containsEntry("ratio", Json.Num.of(4.0))
                .containsKey("ways")
                .containsEntry("allocated", Json.Num.of(64));
        assertThat(((Json.Obj) rows.elements().get(1)).members()).doesNotContainKeys("theirs", "share", "allocated");
        assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 3e-9, 3.00 ns",
        "SECONDS, 4.56e-5, 45.6 us",
        "SECONDS, 0.1234, 123 ms",
        "SECONDS, 12.34, 12.3 s",
        "BYTES, 123456789, 123 MB"
    })
    void figuresHaveThreeDigits(Unit unit, double value, String text) {
        assertThat(unit.text(value)).isEqualTo(text);
    }
}
