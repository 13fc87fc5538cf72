package io.flambeau.cli.bench;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Work that fills an accelerator, and what it costs to ask for work; {@code large.py} has the same. */
final class Large {
    private static final int EDGE = 8192;
    private static final double PRODUCT = 2.0 * EDGE * EDGE * EDGE;
    private static final int MEBI = 1 << 20;

    /** As it is by default. */
    static final List<Case> ALL = all();

    /** With products of F32 matrices in TF32. */
    static final List<Case> TF32 = List.of(
            named(product(DType.F32), "TF32"), named(Training.RESNET_224, "TF32"), named(Training.GPT_384, "TF32"));

    /** What makes a CUDA device compute those so. */
    static final List<String> TF32_FLAGS =
            List.of("-Dflambeau.cuda.tf32.products=true", "-Dflambeau.cuda.tf32.convolutions=true");

    private Large() {}

    private static List<Case> all() {
        List<Case> all = new ArrayList<>(Overhead.ALL);
        all.add(product(DType.F32));
        all.add(product(DType.BF16));
        all.add(Case.of("a + b of 256 M floats", 0, 3.0 * 4 * 256 * MEBI, () -> {
            Tensor a = Tensors.randn(256 * MEBI);
            return scoped(() -> a.add(a));
        }));
        all.add(Case.of("copy of 1 GiB", 0, 8.0 * 256 * MEBI, () -> {
            Tensor x = Tensors.randn(256 * MEBI);
            return scoped(x::clone);
        }));
        all.add(Case.of("64 MiB to the device", 0, 64.0 * MEBI, () -> {
            Device device = Tensors.defaultDevice();
            Tensor x = Tensors.withDevice(Device.CPU, () -> Tensors.randn(16 * MEBI));
            return scoped(() -> x.to(device));
        }));
        all.add(Case.of("64 MiB from the device", 0, 64.0 * MEBI, () -> {
            Tensor x = Tensors.randn(16 * MEBI);
            return scoped(() -> x.to(Device.CPU));
        }));
        all.add(Case.of("softmax of 65536 x 1024", 0, 8.0 * 64 * MEBI, () -> {
            Tensor x = Tensors.randn(65536, 1024);
            return scoped(() -> x.softmax(1));
        }));
        all.add(Case.of("layer norm of 65536 x 1024, gradients", 0, 16.0 * 64 * MEBI, () -> {
            Tensor x = Tensors.randn(65536, 1024).requiresGrad(true);
            Tensor weight = Tensors.ones(1024).requiresGrad(true);
            Tensor bias = Tensors.zeros(1024).requiresGrad(true);
            return scoped(Operations.gradients(F.layerNorm(x, new long[] {1024}, weight, bias, 1e-5), x, weight, bias));
        }));
        all.add(Case.of("causal attention 16 x 12 x 1024 x 64", 2.0 * 16 * 12 * 1024 * 1024 * 64, 0, () -> {
            Tensor q = Tensors.randn(16, 12, 1024, 64);
            return scoped(() -> F.scaledDotProductAttention(
                    q, q, q, AttentionOptions.options().causal(true)));
        }));
        all.addAll(List.of(
                Training.MLP,
                Training.CNN,
                Training.GPT,
                Training.LSTM,
                Training.RESNET,
                Training.RESNET_224,
                Training.GPT_384));
        return List.copyOf(all);
    }

    private static Case product(DType dtype) {
        return Case.of("matmul 8192x8192x8192, " + dtype.title(), PRODUCT, 0, () -> {
            Tensor x = Tensors.randn(EDGE, EDGE).to(dtype);
            return scoped(() -> x.matmul(x));
        });
    }

    private static Workload scoped(Supplier<?> work) {
        return Workload.scoped(work);
    }

    private static Case named(Case work, String suffix) {
        return Case.of(work.name() + ", " + suffix, work.flops(), work.bytes(), work.work());
    }
}
