package io.flambeau.cli.bench;

import io.flambeau.tensor.Fft;
import io.flambeau.tensor.Linalg;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Factorisations of many small matrices and of one large one, and Fourier transforms; {@code operations.py} has the same. */
final class Factorisations {
    private static final int[][] BATCHES = {{4096, 4}, {512, 16}, {64, 64}, {1, 512}};
    private static final int[][] LINES = {{4096, 64}, {256, 1024}, {256, 1000}, {256, 1009}, {1, 1 << 20}};

    private final List<Case> cases = new ArrayList<>();

    private Factorisations() {}

    static List<Case> all() {
        Factorisations all = new Factorisations();
        for (int[] size : BATCHES) {
            all.matrices(size[0], size[1]);
        }
        for (int[] size : LINES) {
            all.lines(size[0], size[1]);
        }
        int[] axes = {-2, -1};
        all.add("fft2 of 8 of 512x512", () -> complex(8, 512, 512), x -> Fft.fft2(x, null, axes, null));
        return List.copyOf(all.cases);
    }

    private void add(String name, Supplier<Tensor> input, Function<Tensor, ?> work) {
        cases.add(Case.small(name, 1, () -> {
            Tensor x = input.get();
            return Workload.scoped(() -> work.apply(x));
        }));
    }

    private void matrices(int batch, int n) {
        String of = " of " + batch + " of " + n + "x" + n;
        Supplier<Tensor> any = () -> Tensors.randn(batch, n, n);
        UnaryOperator<Tensor> positive =
                x -> x.matmul(x.mT()).add(Tensors.eye(n).mul(n));
        add("cholesky" + of, () -> positive.apply(any.get()), Linalg::cholesky);
        add("lu" + of, any, x -> Linalg.luFactor(x, true));
        add(
                "solve" + of + ", 4 sides",
                () -> Tensors.randn(batch, n, n + 4),
                x -> Linalg.solve(x.narrow(-1, 0, n), x.narrow(-1, n, 4)));
        add("qr" + of, any, Linalg::qr);
        add("svd" + of, any, x -> Linalg.svd(x, false));
        add("eigh" + of, () -> positive.apply(any.get()), Linalg::eigh);
    }

    private void lines(int batch, int n) {
        String of = " of " + batch + "x" + n;
        add("fft" + of, () -> complex(batch, n), Fft::fft);
        add("rfft" + of, () -> Tensors.randn(batch, n), Fft::rfft);
    }

    private static Tensor complex(long... sizes) {
        return Tensors.complex(Tensors.randn(sizes), Tensors.randn(sizes));
    }
}
