package io.flambeau.nn;

import io.flambeau.autograd.GradCheck;
import io.flambeau.nn.functional.AttentionOptions;
import io.flambeau.nn.functional.AvgPoolOptions;
import io.flambeau.nn.functional.ConvOptions;
import io.flambeau.nn.functional.ConvTransposeOptions;
import io.flambeau.nn.functional.CrossEntropyOptions;
import io.flambeau.nn.functional.InterpolateOptions;
import io.flambeau.nn.functional.MaxPoolOptions;
import io.flambeau.nn.functional.PadMode;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.loss.Reduction;
import io.flambeau.tensor.op.vision.GridSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** First and second derivatives of the functions with fused backward operations, against difference quotients in F64. */
class FunctionGradientsTest {
    private final Generator generator = new Generator(42);
    private final Map<String, Runnable> checks = new LinkedHashMap<>();

    private Tensor normal(long... sizes) {
        return Tensors.randn(generator, new Spec(Shape.of(sizes), DType.F64, Tensors.defaultDevice()));
    }

    /** A function of the inputs of these shapes. */
    private void check(String name, UnaryOperator<Tensor[]> function, long[]... shapes) {
        checks.put(name, () -> {
            Tensor[] in = new Tensor[shapes.length];
            for (int i = 0; i < in.length; i++) {
                in[i] = normal(shapes[i]).requiresGrad(true);
            }
            GradCheck.DEFAULT.checkAllTwice(function, in);
        });
    }

    private static UnaryOperator<Tensor[]> one(Function<Tensor[], Tensor> function) {
        return in -> new Tensor[] {function.apply(in)};
    }

    private static long[] of(long... sizes) {
        return sizes;
    }

    @TestFactory
    Stream<DynamicTest> gradients() {
        affine();
        pools();
        norms();
        losses();
        others();
        return checks.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), e.getValue()::run));
    }

    private void affine() {
        check("linear", one(x -> F.linear(x[0], x[1], x[2])), of(2, 3), of(4, 3), of(4));
        check("bilinear", one(x -> F.bilinear(x[0], x[1], x[2], x[3])), of(2, 3), of(2, 2), of(4, 3, 2), of(4));
        ConvOptions odd =
                ConvOptions.options().stride(2, 1).padding(1, 0).dilation(1, 2).groups(2);
        check("conv2d", one(x -> F.conv2d(x[0], x[1], x[2], odd)), of(1, 4, 4, 4), of(4, 2, 2, 2), of(4));
        ConvTransposeOptions back =
                ConvTransposeOptions.options().stride(2).padding(1).outputPadding(1);
        check("convTranspose1d", one(x -> F.convTranspose1d(x[0], x[1], x[2], back)), of(2, 2, 3), of(2, 3, 3), of(3));
    }

    private void pools() {
        MaxPoolOptions max = MaxPoolOptions.kernel(2, 3).stride(1, 2).padding(1).ceilMode(true);
        check("maxPool2d", one(x -> F.maxPool2d(x[0], max)), of(1, 2, 3, 4));
        AvgPoolOptions avg =
                AvgPoolOptions.kernel(3).stride(2).padding(1).ceilMode(true).countIncludePad(false);
        check("avgPool2d", one(x -> F.avgPool2d(x[0], avg)), of(1, 2, 3, 4));
        check("adaptiveAvgPool1d", one(x -> F.adaptiveAvgPool1d(x[0], 3)), of(1, 2, 5));
    }

    private void norms() {
        check(
                "batchNorm",
                one(x -> F.batchNorm(x[0], null, null, x[1], x[2], true, 0.1, 1e-5)),
                of(3, 2, 2),
                of(2),
                of(2));
        check("layerNorm", one(x -> F.layerNorm(x[0], of(4), x[1], x[2], 1e-5)), of(2, 4), of(4), of(4));
        check("groupNorm", one(x -> F.groupNorm(x[0], 2, x[1], x[2], 1e-5)), of(2, 4, 2), of(4), of(4));
        check("rmsNorm", one(x -> F.rmsNorm(x[0], of(4), x[1], 1e-5)), of(2, 4), of(4));
        check("localResponseNorm", one(x -> F.localResponseNorm(x[0], 3)), of(1, 4, 2));
        check("normalize", one(x -> F.normalize(x[0])), of(2, 4));
        check("cosineSimilarity", one(x -> F.cosineSimilarity(x[0], x[1])), of(2, 4), of(2, 4));
    }

    private void losses() {
        Tensor target = Tensors.of(new long[] {1, -100, 0, 2}, 2, 2);
        CrossEntropyOptions smooth = CrossEntropyOptions.options().labelSmoothing(0.2);
        check("crossEntropy", one(x -> F.crossEntropy(x[0], target, smooth)), of(2, 3, 2));
        check("softCrossEntropy", one(x -> F.crossEntropy(x[0], x[1].softmax(1))), of(2, 3), of(2, 3));
        check("nllLoss", one(x -> F.nllLoss(x[0].logSoftmax(1), target)), of(2, 3, 2));
        check("mseLoss", one(x -> F.mseLoss(x[0], x[1])), of(2, 3), of(2, 3));
        check("huberLoss", one(x -> F.huberLoss(x[0], x[1])), of(2, 3), of(2, 3));
        check(
                "binaryCrossEntropy",
                one(x -> F.binaryCrossEntropy(x[0].sigmoid(), x[1].sigmoid(), null, Reduction.SUM)),
                of(2, 3),
                of(2, 3));
        check(
                "binaryCrossEntropyWithLogits",
                one(x -> F.binaryCrossEntropyWithLogits(x[0], x[1].sigmoid())),
                of(2, 3),
                of(2, 3));
    }

    private void others() {
        AttentionOptions causal = AttentionOptions.options().causal(true);
        check(
                "scaledDotProductAttention",
                one(x -> F.scaledDotProductAttention(x[0], x[1], x[2], causal)),
                of(2, 3, 2),
                of(2, 4, 2),
                of(2, 4, 3));
        check(
                "scaledDotProductAttention with a mask",
                one(x -> F.scaledDotProductAttention(
                        x[0], x[1], x[2], AttentionOptions.options().mask(x[3]))),
                of(3, 2),
                of(4, 2),
                of(4, 3),
                of(3, 4));
        Tensor indices = Tensors.of(new long[] {0, 2, 2, 1}, 2, 2);
        check("embedding", one(x -> F.embedding(indices, x[0])), of(3, 2));
        InterpolateOptions cubic = InterpolateOptions.size(3, 5).mode(InterpolateOptions.Mode.BICUBIC);
        check("interpolate", one(x -> F.interpolate(x[0], cubic)), of(1, 1, 4, 3));
        check(
                "gridSample",
                one(x -> F.gridSample(x[0], x[1].mul(0.4), GridSample.Mode.CUBIC, GridSample.Border.ZEROS, false)),
                of(1, 1, 3, 4),
                of(1, 2, 2, 2));
        check("pad", one(x -> F.pad(x[0], of(2, -1), PadMode.REFLECT)), of(1, 2, 4));
        check("unfold", one(x -> F.unfold(x[0], 2)), of(1, 2, 3, 3));
        check("glu", one(x -> F.glu(x[0])), of(2, 4));
        check("gelu", one(x -> F.gelu(x[0])), of(5));
        check("softmax", one(x -> F.softmax(x[0], 1)), of(2, 3));
    }
}
