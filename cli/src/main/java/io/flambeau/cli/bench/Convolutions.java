package io.flambeau.cli.bench;

import io.flambeau.nn.F;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/** Convolutions forward, and backward to their input and to their weight; {@code operations.py} has the same ones. */
final class Convolutions {
    /** One shape: a picture's side, channels, the kernel's side, stride and groups; padded by half the kernel. */
    private record Form(String label, int batch, int in, int out, int size, int kernel, int stride, int groups) {
        private String title(String direction) {
            return direction + " " + label + " " + batch + "x" + in + "x" + size + "x" + size + " to " + out + ", "
                    + kernel + "x" + kernel
                    + (stride == 1 ? "" : ", stride " + stride)
                    + (groups == 1 ? "" : ", groups " + groups);
        }

        private double flops() {
            double side = Math.ceilDiv(size, stride);
            return 2.0 * batch * out * side * side * in / groups * kernel * kernel;
        }

        private Tensor input() {
            return Tensors.randn(batch, in, size, size);
        }

        private Tensor weight() {
            return Tensors.randn(out, in / groups, kernel, kernel);
        }

        private Tensor apply(Tensor x, Tensor w) {
            return F.conv2d(
                    x,
                    w,
                    null,
                    ConvOptions.options().stride(stride).padding(kernel / 2).groups(groups));
        }

        private Workload forward() {
            Tensor x = input();
            Tensor w = weight();
            return Workload.scoped(() -> apply(x, w));
        }

        private Workload data() {
            Tensor x = input().requiresGrad(true);
            return Workload.scoped(Operations.gradients(apply(x, weight()), x));
        }

        private Workload weights() {
            Tensor w = weight().requiresGrad(true);
            return Workload.scoped(Operations.gradients(apply(input(), w), w));
        }
    }

    private static final List<Form> FORMS = List.of(
            new Form("conv", 16, 3, 64, 32, 3, 1, 1),
            new Form("conv", 16, 64, 64, 32, 3, 1, 1),
            new Form("conv", 16, 64, 128, 32, 3, 2, 1),
            new Form("conv", 16, 64, 128, 32, 1, 2, 1),
            new Form("conv", 16, 128, 128, 16, 3, 1, 1),
            new Form("conv", 16, 128, 256, 16, 3, 2, 1),
            new Form("conv", 16, 128, 256, 16, 1, 2, 1),
            new Form("conv", 16, 256, 256, 8, 3, 1, 1),
            new Form("conv", 16, 256, 512, 8, 3, 2, 1),
            new Form("conv", 16, 256, 512, 8, 1, 2, 1),
            new Form("conv", 16, 512, 512, 4, 3, 1, 1),
            new Form("conv", 4, 3, 64, 224, 7, 2, 1),
            new Form("conv", 16, 64, 64, 56, 3, 1, 1),
            new Form("conv", 16, 64, 64, 56, 1, 1, 1),
            new Form("conv", 64, 1, 32, 28, 3, 1, 1),
            new Form("conv", 64, 32, 64, 14, 3, 1, 1),
            new Form("depthwise", 8, 64, 64, 56, 3, 1, 64),
            new Form("grouped", 8, 64, 64, 56, 3, 1, 4));

    private Convolutions() {}

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Form form : FORMS) {
            all.add(Case.of(form.title("forward"), form.flops(), 0, form::forward));
        }
        for (Form form : FORMS) {
            all.add(Case.of(form.title("data gradient"), form.flops(), 0, form::data));
        }
        for (Form form : FORMS) {
            all.add(Case.of(form.title("weight gradient"), form.flops(), 0, form::weights));
        }
        double flops = 2.0 * 16 * 128 * 1000 * 64 * 5;
        all.add(Case.of("forward conv1d 16x64x1000 to 128, 5", flops, 0, () -> {
            Tensor x = Tensors.randn(16, 64, 1000);
            Tensor w = Tensors.randn(128, 64, 5);
            ConvOptions options = ConvOptions.options().padding(2);
            return Workload.scoped(() -> F.conv1d(x, w, null, options));
        }));
        return all;
    }
}
