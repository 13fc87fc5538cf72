package io.flambeau.libtorch;

import io.flambeau.cli.bench.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Single operations of {@code bench}, as {@code operations.py} has them.
 *
 * <p>Note [Names say the work]: the names of rows hold the sizes, so what stands here is a function for each kind of
 * name. A row that no kind fits is unknown to this side.
 */
final class Operations {
    private static final long ROWS = 4000;
    private static final long COLUMNS = 1000;

    /** The numbers of a name, in their order; 0 for one that it lacks. */
    private interface Kind extends Function<long[], Workload> {}

    private final Map<Pattern, Kind> kinds = new LinkedHashMap<>();

    Operations() {
        products();
        convolutions();
        elementwise();
        reductions();
        norms();
        moving();
        sequences();
        factorisations();
    }

    Optional<Supplier<Workload>> find(String name) {
        for (Map.Entry<Pattern, Kind> kind : kinds.entrySet()) {
            Matcher matcher = kind.getKey().matcher(name);
            if (matcher.matches()) {
                long[] numbers = new long[matcher.groupCount()];
                for (int i = 0; i < numbers.length; i++) {
                    String group = matcher.group(i + 1);
                    numbers[i] = group == null ? 0 : Long.parseLong(group);
                }
                return Optional.of(() -> kind.getValue().apply(numbers));
            }
        }
        return Optional.empty();
    }

    /** Names like this one, in which # stands for a number. */
    private void kind(String name, Kind kind) {
        kinds.put(Pattern.compile(name.replace("+", "\\+").replace("#", "(\\d+)")), kind);
    }

    static Tensor indices(long count, long... sizes) {
        return torch.randint(count, sizes).toType(ScalarType.Long);
    }

    private static Tensor large() {
        return torch.randn(ROWS, COLUMNS);
    }

    private static Tensor wanted(Tensor x) {
        x.set_requires_grad(true);
        return x;
    }

    private static Workload forward(Supplier<?> work) {
        return Main.scoped(() -> {
            try (NoGradGuard _ = new NoGradGuard()) {
                work.get();
            }
        });
    }

    private static Workload forward(Tensor x, Function<Tensor, ?> work) {
        return forward(() -> work.apply(x));
    }

    private static Workload forward(Tensor x, Tensor y, BinaryOperator<Tensor> work) {
        return forward(() -> work.apply(x, y));
    }

    /** The gradients of inputs for one random cotangent, over and over on one graph. */
    private static Workload gradients(Tensor y, Tensor... inputs) {
        TensorVector outputs = new TensorVector(y);
        TensorVector wanted = new TensorVector(inputs);
        TensorVector cotangents = new TensorVector(torch.randn(y.sizes()));
        BoolOptional retained = new BoolOptional(true);
        return Main.scoped(() -> torch.grad(outputs, wanted, cotangents, retained, false, false));
    }

    private void products() {
        kind("matmul #x#x#", n -> forward(torch.randn(n[0], n[1]), torch.randn(n[1], n[2]), torch::matmul));
        kind(
                "matmul #x#x#, transposed left",
                n -> forward(torch.randn(n[1], n[0]).t(), torch.randn(n[1], n[2]), torch::matmul));
        kind(
                "matmul #x#x#, transposed right",
                n -> forward(torch.randn(n[0], n[1]), torch.randn(n[2], n[1]).t(), torch::matmul));
        kind(
                "bmm # of #x#x#",
                n -> forward(torch.randn(n[0], n[1], n[2]), torch.randn(n[0], n[2], n[3]), torch::matmul));
        kind(
                "bmm # of #x#x#, transposed right",
                n -> forward(
                        torch.randn(n[0], n[1], n[2]),
                        torch.randn(n[0], n[3], n[2]).transpose(1, 2),
                        torch::matmul));
        kind("linear #x# to #, with bias", n -> {
            Tensor w = torch.randn(n[2], n[1]);
            TensorOptional b = new TensorOptional(torch.randn(n[2]));
            return forward(torch.randn(n[0], n[1]), x -> torch.linear(x, w, b));
        });
    }

    /** A convolution of its input and its weight. */
    private record Form(Tensor x, Tensor w, long stride, long groups) {
        /** From a name's batch, channels, two sides, channels, two sides of the kernel, stride and groups. */
        static Form of(long[] n) {
            long groups = Math.max(n[8], 1);
            Tensor w = torch.randn(n[4], n[1] / groups, n[5], n[6]);
            return new Form(torch.randn(n[0], n[1], n[2], n[3]), w, Math.max(n[7], 1), groups);
        }

        Tensor apply() {
            return Net.conv(x, w, Net.NONE, stride, groups);
        }
    }

    private void convolutions() {
        String form = " [a-z]* #x#x#x# to #, #x#(?:, stride #)?(?:, groups #)?";
        kind("forward" + form, n -> forward(Form.of(n)::apply));
        kind("data gradient" + form, n -> {
            Form of = Form.of(n);
            wanted(of.x);
            return gradients(of.apply(), of.x);
        });
        kind("weight gradient" + form, n -> {
            Form of = Form.of(n);
            wanted(of.w);
            return gradients(of.apply(), of.w);
        });
        kind("forward conv1d #x#x# to #, #", n -> {
            Tensor w = torch.randn(n[3], n[1], n[4]);
            long[] one = {1};
            long[] padding = {n[4] / 2};
            return forward(torch.randn(n[0], n[1], n[2]), x -> torch.conv1d(x, w, Net.NONE, one, padding, one, 1));
        });
    }

    private void unary(String name, Function<Tensor, ?> function) {
        kind(name + " of 4 M", _ -> forward(large(), function));
    }

    private void elementwise() {
        kind("a + b of 4 M", _ -> forward(large(), large(), torch::add));
        kind("a + row of 4 M", _ -> forward(large(), torch.randn(COLUMNS), torch::add));
        kind("a + column of 4 M", _ -> forward(large(), torch.randn(ROWS, 1), torch::add));
        kind("a > b of 4 M", _ -> forward(large(), large(), torch::gt));
        Scalar half = new Scalar(0.5);
        kinds.put(Pattern.compile(Pattern.quote("a * 0.5 of 4 M")), _ -> forward(large(), x -> torch.mul(x, half)));
        unary("relu", torch::relu);
        unary("gelu", torch::gelu);
        unary("exp", torch::exp);
        unary("log", torch::log);
        unary("tanh", torch::tanh);
        unary("sigmoid", torch::sigmoid);
        unary("dropout", x -> torch.dropout(x, 0.5, true));
        gradient("gelu gradient", torch::gelu);
        for (ScalarType narrow : new ScalarType[] {ScalarType.Half, ScalarType.BFloat16}) {
            String name = narrow == ScalarType.Half ? "float16" : "bfloat16";
            unary("float32 to " + name, x -> x.toType(narrow));
            kind(name + " to float32 of 4 M", _ -> forward(large().toType(narrow), x -> x.toType(ScalarType.Float)));
        }
        kind("bfloat16 a + b of 4 M", _ -> {
            ScalarType narrow = ScalarType.BFloat16;
            return forward(large().toType(narrow), large().toType(narrow), torch::add);
        });
    }

    /** The gradient of a function of 4 M floats. */
    private void gradient(String name, UnaryOperator<Tensor> function) {
        kind(name + " of 4 M", _ -> {
            Tensor x = wanted(large());
            return gradients(function.apply(x), x);
        });
    }

    private void reductions() {
        long[] last = {1};
        LongOptional axis = new LongOptional(1);
        unary("sum", x -> x.sum());
        unary("sum over axis 0", x -> x.sum(0));
        unary("sum over axis 1", x -> x.sum(1));
        unary("sum over axis 1 of 3", x -> x.reshape(40, 100, COLUMNS).sum(1));
        unary("mean over axis 1", x -> x.mean(1));
        unary("amax over axis 1", x -> x.amax(last, false));
        unary("argmax over axis 1", x -> torch.argmax(x, axis, false));
        unary("var over axis 1", x -> torch.var(x, last, true));
        unary("cumsum over axis 1", x -> x.cumsum(1));
    }

    private void norms() {
        unary("softmax over axis 1", x -> torch.softmax(x, 1));
        unary("log softmax over axis 1", x -> torch.log_softmax(x, 1));
        gradient("softmax gradient", x -> torch.softmax(x, 1));
        unary("layer norm", x -> torch.layer_norm(x, COLUMNS));
        kind("layer norm gradient of 4 M", _ -> {
            Tensor x = wanted(large());
            Tensor weight = wanted(torch.ones(COLUMNS));
            Tensor bias = wanted(torch.zeros(COLUMNS));
            TensorOptional factor = new TensorOptional(weight);
            long[] sizes = {COLUMNS};
            Tensor y = torch.layer_norm(x, sizes, factor, new TensorOptional(bias), 1e-5, false);
            return gradients(y, x, weight, bias);
        });
        kind("cross entropy #x#, with gradient", n -> {
            Tensor x = wanted(torch.randn(n[0], n[1]));
            Tensor y = indices(n[1], n[0]);
            TensorVector wanted = new TensorVector(x);
            return Main.scoped(() -> torch.grad(new TensorVector(torch.cross_entropy_loss(x, y)), wanted));
        });
        kind("batch norm #x#x#x#, training", n -> {
            UnaryOperator<Tensor> norm = new Net().batchNorm(n[1]);
            return forward(torch.randn(n), norm);
        });
        kind("batch norm gradient #x#x#x#", n -> {
            Net net = new Net();
            UnaryOperator<Tensor> norm = net.batchNorm(n[1]);
            Tensor x = wanted(torch.randn(n));
            return gradients(norm.apply(x), x, net.parameters.get(0), net.parameters.get(1));
        });
        kind(
                "group norm #x#x#x#, # groups",
                n -> forward(torch.randn(n[0], n[1], n[2], n[3]), x -> torch.group_norm(x, n[4])));
        kind("max pool #x# of #x#x#x#", n -> forward(torch.randn(n[2], n[3], n[4], n[5]), Net.maxPool(n[0], n[1], 0)));
        kind("max pool gradient #x# of #x#x#x#", n -> {
            Tensor x = wanted(torch.randn(n[2], n[3], n[4], n[5]));
            return gradients(Net.maxPool(n[0], n[1], 0).apply(x), x);
        });
        kind(
                "average pool #x# of #x#x#x#",
                n -> forward(torch.randn(n[2], n[3], n[4], n[5]), x -> torch.avg_pool2d(x, n[0], n[1])));
    }

    private void moving() {
        kind("transposing copy #x#", n -> forward(torch.randn(n), x -> x.t().contiguous()));
        kind(
                "permuting copy #x#x#x#",
                n -> forward(torch.randn(n), x -> x.transpose(1, 2).contiguous()));
        kind("cat of 2 x 2 M", _ -> {
            TensorVector parts = new TensorVector(torch.randn(ROWS / 2, COLUMNS), torch.randn(ROWS / 2, COLUMNS));
            return forward(() -> torch.cat(parts));
        });
        kind("gather 1 M of 4 M", _ -> {
            Tensor index = indices(COLUMNS, ROWS, COLUMNS / 4);
            return forward(large(), x -> x.gather(1, index));
        });
        kind("scatter add 1 M into 4 M", _ -> {
            Tensor index = indices(COLUMNS, ROWS, COLUMNS / 4);
            Tensor source = torch.randn(ROWS, COLUMNS / 4);
            return forward(large(), x -> torch.scatter_add(x, 1, index, source));
        });
        kind("embedding # of #x#", n -> forward(torch.randn(n[1], n[2]), indices(n[1], n[0]), torch::embedding));
        kind("embedding gradient # of #x#", n -> {
            Tensor weight = wanted(torch.randn(n[1], n[2]));
            return gradients(torch.embedding(weight, indices(n[1], n[0])), weight);
        });
        kind("sort #x#", n -> forward(torch.randn(n), torch::sort));
        kind("sort 1 M", _ -> forward(torch.randn(1_000_000), torch::sort));
        kind("topk # of #x#", n -> forward(torch.randn(n[1], n[2]), x -> torch.topk(x, n[0])));
        kind("Adam step on 4 M", _ -> {
            Tensor x = wanted(large());
            Optimizer optimizer = new Adam(new TensorVector(x));
            torch.mse_loss(x, large()).backward();
            return Main.scoped(optimizer::step);
        });
    }

    private void sequences() {
        kind("LSTM #-#, T #, batch #", n -> {
            TensorVector weights = new Net().gates(4, n[0], n[1]);
            return forward(torch.randn(n[2], n[3], n[0]), x -> Net.lstm(x, weights, n[1]));
        });
        kind("LSTM gradient #-#, T #, batch #", n -> {
            Net net = new Net();
            Tensor y = net.lstm(n[0], n[1]).apply(torch.randn(n[2], n[3], n[0]));
            return gradients(y, net.parameters.get());
        });
        kind("GRU #-#, T #, batch #", n -> {
            TensorVector weights = new Net().gates(3, n[0], n[1]);
            Tensor state = torch.zeros(1, n[3], n[1]);
            return forward(
                    torch.randn(n[2], n[3], n[0]), x -> torch.gru(x, state, weights, true, 1, 0, false, false, false));
        });
        kind("attention #x#x#x#, causal", n -> {
            Tensor q = torch.randn(n);
            Tensor k = torch.randn(n);
            Tensor v = torch.randn(n);
            return forward(() -> Net.attention(q, k, v));
        });
        kind("attention #x#x#x#, causal, gradient", n -> {
            Tensor q = wanted(torch.randn(n));
            Tensor k = wanted(torch.randn(n));
            Tensor v = wanted(torch.randn(n));
            return gradients(Net.attention(q, k, v), q, k, v);
        });
    }

    private static Tensor positive(long... sizes) {
        Tensor x = torch.randn(sizes);
        long n = sizes[2];
        return x.matmul(x.mT()).add(torch.eye(n).mul(new Scalar(n)));
    }

    private void factorisations() {
        kind("cholesky of # of #x#", n -> forward(positive(n), torch::linalg_cholesky));
        kind("lu of # of #x#", n -> forward(torch.randn(n), torch::linalg_lu_factor));
        kind(
                "solve of # of #x#, # sides",
                n -> forward(torch.randn(n[0], n[1], n[2]), torch.randn(n[0], n[1], n[3]), torch::linalg_solve));
        kind("qr of # of #x#", n -> forward(torch.randn(n), torch::linalg_qr));
        StringViewOptional driver = new StringViewOptional();
        kind("svd of # of #x#", n -> forward(torch.randn(n), x -> torch.linalg_svd(x, false, driver)));
        kind("eigh of # of #x#", n -> forward(positive(n), torch::linalg_eigh));
        kind("fft of #x#", n -> forward(complex(n[0], n[1]), torch::fft_fft));
        kind("rfft of #x#", n -> forward(torch.randn(n), torch::fft_rfft));
        kind("fft2 of # of #x#", n -> forward(complex(n[0], n[1], n[2]), torch::fft_fft2));
    }

    private static Tensor complex(long... sizes) {
        long[] parts = Arrays.copyOf(sizes, sizes.length + 1);
        parts[sizes.length] = 2;
        return torch.view_as_complex(torch.randn(parts));
    }
}
