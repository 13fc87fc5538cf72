package io.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tck.TestData;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs and prints what it promises. */
class ExamplesTest {
    @FunctionalInterface
    private interface Program {
        void main(String... args) throws Exception;
    }

    private static String run(Program program, String... args) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.main(args);
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The number behind the last {@code loss} in what a program printed. */
    private static double lastLoss(String printed) {
        int at = printed.lastIndexOf("loss ") + 5;
        int end = printed.indexOf('\n', at);
        return Double.parseDouble(printed.substring(at, end).trim());
    }

    private static double firstLoss(String printed) {
        int at = printed.indexOf("loss ") + 5;
        return Double.parseDouble(
                printed.substring(at, printed.indexOf('\n', at)).trim());
    }

    @Test
    void tensorsAndPrinting() throws Exception {
        assertThat(run(TensorsAndPrinting::main)).isEqualToNormalizingNewlines("""
                        tensor([[1., 2., 3.],
                                [4., 5., 6.]])
                        tensor([[11., 12., 13.],
                                [24., 25., 26.]])
                        tensor([[14., 32.],
                                [32., 77.]])
                        tensor([2., 5.])
                        tensor([[0, 2, 4],
                                [5, 7, 9]])
                        tensor([[False, False,  True],
                                [ True,  True,  True]])
                        """);
    }

    @Test
    void gradientOfSquare() throws Exception {
        assertThat(run(GradientOfSquare::main)).isEqualToNormalizingNewlines("y = 9.0, dy/dx = 6.0\n");
    }

    @Test
    void quadraticGraph() throws Exception {
        assertThat(run(QuadraticGraph::main)).contains("w = 21.0", "sub", "square", "add", "dw/dx = 10.0");
    }

    @Test
    void controlFlow() throws Exception {
        assertThat(run(ControlFlow::main)).isEqualToNormalizingNewlines("looped\ngradient of the weight: [4, 4]\n");
    }

    @Test
    void xor() throws Exception {
        assertThat(run(Xor::main)).isEqualToNormalizingNewlines("""
                        tensor([[0.],
                                [1.],
                                [1.],
                                [0.]])
                        """);
    }

    @Test
    void simpleNet() throws Exception {
        String printed = run(SimpleNet::main);
        assertThat(lastLoss(printed)).isLessThan(firstLoss(printed) / 20);
    }

    @Test
    void customFunction() throws Exception {
        assertThat(run(CustomFunction::main)).isEqualToNormalizingNewlines("tensor([1., 1., 0., 1.])\n");
    }

    @Test
    void saveAndLoad() throws Exception {
        assertThat(run(SaveAndLoad::main))
                .isEqualToNormalizingNewlines("[0.weight, 0.bias, 2.weight, 2.bias]\nsame answer: true\n");
    }

    @Test
    void serving() throws Exception {
        assertThat(run(Serving::main)).isEqualToNormalizingNewlines("100 of 100 equal questions got equal answers\n");
    }

    @Test
    void profiling(@TempDir Path folder) throws Exception {
        Path trace = folder.resolve("trace.json");
        String printed = run(Profiling::main, trace.toString());
        assertThat(printed)
                .containsPattern("(?m)^linear .* 40 ")
                .containsPattern("(?m)^.*Profiling.java:\\d+.* ms")
                .contains("crossEntropy");
        assertThat(Files.readString(trace)).contains("linear", "Profiling.java:");
    }

    @Test
    void charGpt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, "the cat sat on the mat. the dog sat on the log. ".repeat(40));
        String printed = run(CharGpt::main, file.toString(), "100");
        assertThat(lastLoss(printed)).isLessThan(firstLoss(printed) / 2);
        assertThat(printed.strip().length()).isGreaterThan(200);
    }

    @Test
    void charGptOnShakespeare() throws Exception {
        Path text = TestData.require("data/text/tinyshakespeare.txt");
        String printed = run(CharGpt::main, text.toString(), "100");
        assertThat(lastLoss(printed)).isLessThan(3.2).isLessThan(firstLoss(printed));
    }
}
