package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Families;
import io.flambeau.backend.cpu.internal.Forms;
import io.flambeau.backend.cpu.internal.Gemm;
import io.flambeau.backend.cpu.internal.Matrix;
import io.flambeau.backend.cpu.internal.Row;
import io.flambeau.backend.cpu.internal.Strip;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.linear.Epilogue;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** A product with a weight; bias and activation join it while the result is in the cache. */
final class Linears {
    private Linears() {}

    static Kernel forward(Linear op) {
        return (in, out) -> {
            View x = in[0];
            View w = in[1];
            int n = Math.toIntExact(w.shape().size(0));
            int k = Math.toIntExact(w.shape().size(1));
            int m = Math.toIntExact(x.shape().count() / k);
            Matrix left = new Matrix(x.address(), k, 1);
            Matrix right = new Matrix(w.address(), 1, k);
            Matrix result = new Matrix(out[0].address(), n, 1);
            long bias = op.bias() ? in[2].address() : 0;
            Gemm.F32.run(m, n, k, left, right, result, false, epilogue(op.epilogue(), bias));
        };
    }

    private static Gemm.@Nullable Epilogue epilogue(Epilogue kind, long bias) {
        if (bias != 0) {
            Row row = switch (kind) {
                case NONE -> Row.ADD;
                case RELU -> Row.ADD_RELU;
                case TANH -> Row.ADD_TANH;
                case SIGMOID -> Row.ADD_SIGMOID;
            };
            return (c, i, col, count) -> row.map(count, c, bias + col * 4L, c, 0, 0);
        }
        if (kind == Epilogue.NONE) {
            return null;
        }
        Unary op = switch (kind) {
            case RELU -> Unary.RELU;
            case TANH -> Unary.TANH;
            default -> Unary.SIGMOID;
        };
        Forms<Strip> strip = Families.unary(op, Element.F32).strip();
        return (c, i, col, count) -> strip.now().run(count, c, 0, 0, c);
    }
}
