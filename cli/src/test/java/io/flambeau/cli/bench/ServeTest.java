package io.flambeau.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
    private static List<String> answers(String questions) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Serve.run(
                new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void answersEachQuestionWithALine() throws IOException {
        String xor = Training.XOR.name();
        List<String> answers = answers("run\t" + xor + "\t3\t1\nrun\tno such work\t1\t1\npeak\n");
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).isEqualTo("ready Flambeau");
        assertThat(answers.get(1).split(" "))
                .hasSize(3)
                .allSatisfy(word -> assertThat(Double.parseDouble(word)).isPositive());
        assertThat(answers.get(2)).isEqualTo("unknown");
        assertThat(Long.parseLong(answers.get(3))).isNotNegative();
    }

    @Test
    void servesTheWorkOfAnotherLibrary() throws IOException {
        List<Integer> times = new ArrayList<>();
        Library library = new Library() {
            @Override
            public String title() {
                return "another";
            }

            @Override
            public Optional<Supplier<Workload>> work(String name) {
                return name.equals("known") ? Optional.of(() -> times::add) : Optional.empty();
            }
        };
        String questions = "warm\tunknown\t1e-6\t7\nwarm\tknown\t1e-6\t7\nrun\tknown\t2\t7\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Serve.run(
                new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                library);
        List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(answers).hasSize(4).startsWith("ready another", "unknown", "as ");
        assertThat(answers.getLast().split(" ")).hasSize(2);
        assertThat(times).containsOnly(7);
    }

    @Test
    void readsThePeakOfAProcess(@TempDir Path folder) throws IOException {
        Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tx\nVmPeak:\t  9 kB\nVmHWM:\t    5 kB\n");
        assertThat(Local.peak(status)).isEqualTo(5 * 1024);
        assertThat(Local.peak(folder.resolve("none"))).isZero();
    }

    @Test
    void aSiblingHasThisProcessesFlagsAndMore() {
        List<String> command = Sibling.command(List.of("-Dmore=1"), "bench", "serve");
        assertThat(command)
                .containsSubsequence("-Dmore=1", "-cp", "io.flambeau.cli.Main", "bench", "serve")
                .containsAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        assertThat(Path.of(command.getFirst())).isExecutable();
    }

    @Test
    void theStemForLargePicturesLeavesASixteenthOfThem() {
        try (Scope _ = Scope.open("test")) {
            Tensor y = Models.largeStem().call(Tensors.zeros(1, 3, 32, 32));
            assertThat(y.shape()).isEqualTo(Shape.of(1, 64, 8, 8));
            assertThat(Models.resnet18(Models.largeStem())
                            .call(Tensors.zeros(2, 3, 32, 32))
                            .shape())
                    .isEqualTo(Shape.of(2, 10));
        }
    }

    private static Stream<Case> cases() {
        return Arrays.stream(Group.values()).flatMap(group -> group.cases().stream());
    }

    @Test
    void aNameStandsForOneCase() {
        Set<String> names = new HashSet<>();
        Set<Case> seen = new HashSet<>();
        cases().filter(work -> seen.add(work) && !names.add(work.name()))
                .forEach(work -> assertThat(work.name()).as("has two meanings").isNull());
        assertThat(names).hasSizeGreaterThan(100);
    }

    @Test
    @Tag("full")
    void everyCaseRuns() {
        Stream<Case> quick = Arrays.stream(Group.values())
                .filter(group -> !group.isForAccelerators())
                .flatMap(group -> group.cases().stream());
        quick.distinct().forEach(work -> {
            try (Local local = new Local(Flambeau.INSTANCE)) {
                assertThat(local.run(work, 1)).as(work.name()).hasSize(1);
            }
        });
    }
}
