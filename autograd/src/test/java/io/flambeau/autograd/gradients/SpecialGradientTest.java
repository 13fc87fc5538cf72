package io.flambeau.autograd.gradients;

import io.flambeau.autograd.GradCheck;
import io.flambeau.tensor.Special;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SpecialGradientTest {
    private static Tensor leaf(double... values) {
        return Tensors.of(values).requiresGrad(true);
    }

    @Test
    void onTheWholeLine() {
        List<UnaryOperator<Tensor>> functions = List.of(
                Special::erfc,
                Special::erfcx,
                Special::ndtr,
                Special::logNdtr,
                Special::i0,
                Special::i0e,
                Special::i1,
                Special::i1e,
                Special::besselJ0,
                Special::besselJ1,
                Special::sphericalBesselJ0);
        for (UnaryOperator<Tensor> f : functions) {
            GradCheck.DEFAULT.checkTwice(f::apply, leaf(-2.7, -0.4, 0.6, 1.9, 3.3));
        }
    }

    @Test
    void onThePositiveLine() {
        List<UnaryOperator<Tensor>> functions = List.of(
                Special::lgamma,
                Special::digamma,
                x -> Special.polygamma(2, x),
                x -> Special.mvlgamma(x.add(2), 3),
                Special::entr,
                Special::besselY0,
                Special::besselY1,
                Special::modifiedBesselK0,
                Special::modifiedBesselK1,
                Special::scaledModifiedBesselK0,
                Special::scaledModifiedBesselK1);
        for (UnaryOperator<Tensor> f : functions) {
            GradCheck.DEFAULT.checkTwice(f::apply, leaf(0.4, 1.1, 2.6, 5.2));
        }
    }

    @Test
    void quantiles() {
        GradCheck.DEFAULT.checkTwice(Special::erfinv, leaf(-0.7, -0.2, 0.1, 0.8));
        GradCheck.DEFAULT.checkTwice(Special::ndtri, leaf(0.05, 0.3, 0.6, 0.9));
    }

    @Test
    void ofTwoOperands() {
        Tensor a = Tensors.of(new double[] {0.7, 1.5, 3.2});
        GradCheck.DEFAULT.checkTwice(x -> Special.gammainc(a, x), leaf(0.5, 2, 4));
        GradCheck.DEFAULT.checkTwice(x -> Special.gammaincc(a, x), leaf(0.5, 2, 4));
        GradCheck.DEFAULT.checkTwice(q -> Special.zeta(a.add(1.2), q), leaf(0.5, 2, 4));
        GradCheck.DEFAULT.checkAllTwice(
                in -> new Tensor[] {Special.xlog1py(in[0], in[1])}, leaf(0.4, -1.2, 2), leaf(0.5, 2, 4));
    }
}
