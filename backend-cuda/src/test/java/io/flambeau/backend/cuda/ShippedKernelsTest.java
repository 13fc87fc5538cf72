package io.flambeau.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.nn.F;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceReport;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Pointwise;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with a driver and no NVRTC: the kernels are those that came with the jar. */
class ShippedKernelsTest {
    /** What the program below asks for. */
    private static final List<String> SHIPPED = List.of(
            "binary for SINGLE",
            "cast for INTEGER",
            "lines for SINGLE",
            "matmul for SINGLE",
            "reduce for SINGLE",
            "train for SINGLE",
            "unary for SINGLE");

    @TempDir
    Path folder;

    /** A function of a user's own, for which no jar has a kernel. */
    private record Tripled() implements Pointwise {
        @Override
        public int arity() {
            return 1;
        }

        @Override
        public double apply(double x, double y, double z) {
            return 3 * x;
        }

        @Override
        public String c() {
            return "3 * x";
        }
    }

    /** Something of many families on the device; prints the result. */
    public static final class Program {
        public static void main(String[] arguments) {
            System.out.println(DeviceReport.text());
            System.out.println("result " + result(new Device("cuda", 0)));
        }

        static double result(Device device) {
            try (Scope _ = Scope.open("program")) {
                Tensor x = Tensors.withDevice(
                        device, () -> Tensors.arange(12).to(DType.F32).reshape(3, 4));
                Tensor y = x.matmul(x.t()).softmax(1).add(x.sum()).erf();
                return Tensor.bind(new Tripled(), y.add(F.gelu(x).mean())).sum().item();
            }
        }
    }

    @Test
    void aProgramRunsWithTheDriverAlone() throws Exception {
        FakeCuda.require();
        Nvrtc compiler = Nvrtc.find(12).orElseThrow();
        Program.result(new Device(RecordingProvider.NAME, 0));
        Path ptx = Files.createDirectories(folder.resolve("classes/io/flambeau/backend/cuda/ptx"));
        assertThat(RecordingProvider.PROGRAMS.keySet()).containsAll(SHIPPED);
        for (String title : SHIPPED) {
            RecordingProvider.Source source = RecordingProvider.PROGRAMS.get(title);
            Files.write(
                    ptx.resolve(ShippedKernels.name(source.text(), source.defines())),
                    compiler.compile(title, source.text(), source.defines(), "sm_75"));
        }
        Files.writeString(ptx.resolve(ShippedKernels.INDEX), "");
        Path driver = Files.createDirectory(folder.resolve("driver"));
        Files.copy(FakeCuda.folder().resolve("libcuda.so.1"), driver.resolve("libcuda.so.1"));
        String output = run(driver, folder.resolve("classes") + File.pathSeparator);
        Assumptions.assumeFalse(output.contains("NVRTC 1"), "this machine has an NVRTC of its own");
        assertThat(output).contains("kernels of the jar for architecture 75 (no NVRTC)");
        double result = Double.parseDouble(output.substring(output.indexOf("result ") + "result ".length()));
        assertThat(result).isCloseTo(Program.result(Device.CPU), within(1e-3));
    }

    private String run(Path driver, String classes) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classes + System.getProperty("java.class.path"),
                Program.class.getName());
        builder.environment().put("LD_LIBRARY_PATH", driver.toString());
        builder.environment().put("CUDA_HOME", folder.toString());
        builder.environment().put("CUDA_PATH", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The compiler of CUDA 12.0's driver takes what we ship, for old and new devices. Skipped where nvcc is missing. */
    @Test
    void anOldDriverReadsThePtx() throws Exception {
        try {
            new ProcessBuilder("nvcc", "--version").start().waitFor();
        } catch (IOException e) {
            Assumptions.abort("skipped: there is no nvcc on this machine");
        }
        NvccTest.record();
        for (String title : List.of("attention for HALF", "step for SINGLE", "raw for RAW")) {
            byte[] ptx =
                    PtxMaker.ptx(title, RecordingProvider.PROGRAMS.get(title)).getBytes(StandardCharsets.US_ASCII);
            nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
            JNvPTXCompiler.setExceptionsEnabled(true);
            JNvPTXCompiler.nvPTXCompilerCreate(handle, ptx.length, ptx);
            String[] options = {"--gpu-name=sm_90"};
            JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
            long[] size = new long[1];
            JNvPTXCompiler.nvPTXCompilerGetCompiledProgramSize(handle, size);
            assertThat(size[0]).isPositive();
            JNvPTXCompiler.nvPTXCompilerDestroy(handle);
        }
    }
}
