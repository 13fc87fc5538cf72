package io.flambeau.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Special;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.catalog.Catalogs;
import io.flambeau.tensor.catalog.Entry;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Diagonal;
import io.flambeau.tensor.op.Expand;
import io.flambeau.tensor.op.Permute;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.op.Slice;
import io.flambeau.tensor.op.Split;
import io.flambeau.tensor.op.ViewAsComplex;
import io.flambeau.tensor.op.ViewAsReal;
import io.flambeau.tensor.op.ViewDType;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.Window;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every form with an underscore, written through every kind of view: the base then holds what the form without
 * underscore gives, other views see it, values that were saved are known to be overwritten, and all gradients are those
 * of the program without writes.
 */
class InPlaceFormsTest {
    /** Kinds of views of a tensor of shape [3, 4], complex for ViewAsReal; one list for each operation that makes them. */
    private static final Map<Class<? extends ViewOp>, List<UnaryOperator<Tensor>>> VIEWS = Map.of(
            Reshape.class,
                    List.of(x -> x, x -> x.view(2, 6), x -> x.unsqueeze(0), x -> x.view(2, 2, 3), Tensor::flatten),
            Permute.class, List.of(Tensor::t, x -> x.view(3, 2, 2).permute(2, 0, 1), x -> x.movedim(0, 1)),
            Expand.class, List.of(x -> x.expand(1, 3, 4)),
            Slice.class,
                    List.of(
                            x -> x.narrow(1, 1, 2),
                            x -> x.select(0, 1),
                            x -> x.slice(1, 0, 4, 2),
                            x -> x.tensorSplit(2, 0)[0]),
            Window.class, List.of(x -> x.unfold(1, 2, 2)),
            Diagonal.class, List.of(x -> x.diagonal(1, 0, 1)),
            AsStrided.class, List.of(x -> x.asStrided(Shape.of(2, 3), new long[] {1, 4}, 1)),
            ViewAsReal.class, List.of(x -> x.viewAsReal().select(-1, 0), Tensor::imag),
            ViewAsComplex.class,
                    List.of(x -> x.view(3, 2, 2).viewAsComplex().viewAsReal().select(-1, 1)));

    /** Where a write has no gradient, and is refused: see {@link AliasingTest}. */
    private static final Set<Class<?>> REFUSED = Set.of(Split.class, ViewDType.class);

    /** Changes of shape, which write no element: see {@link ViewingTest}; and what concerns the history alone. */
    private static final Set<String> NO_WRITES = Set.of(
            "squeeze_", "unsqueeze_", "transpose_", "swapaxes_", "t_", "as_strided_", "detach_", "requires_grad_");

    /**
     * A call.
     *
     * @param low where the values begin; they end one higher
     * @param rank how many axes it needs, or 0
     * @param arguments what follows the first argument, of its shape
     */
    private record Form(
            String name, DType dtype, double low, int rank, Function<Shape, List<Object>> arguments, boolean draws) {
        Form above(double least) {
            return new Form(name, dtype, least, rank, arguments, draws);
        }

        Form of(DType other) {
            return new Form(name, other, low, rank, arguments, draws);
        }

        Form axes(int count) {
            return new Form(name, dtype, low, count, arguments, draws);
        }

        Form drawing() {
            return new Form(name, dtype, low, rank, arguments, true);
        }

        Tensor values(int seed, Shape shape) {
            Tensor x = Tensors.rand(
                    new Generator(seed), Tensors.zeros(DType.F64, shape.sizes()).spec());
            return dtype.isFloating()
                    ? x.mul(0.8).add(low + 0.1)
                    : x.mul(6).add(1).to(dtype);
        }

        boolean fits(Shape shape) {
            return rank == 0 || shape.rank() == rank;
        }

        Tensor call(String as, Tensor x, List<Object> arguments) {
            List<Object> all = new ArrayList<>(List.of(x));
            all.addAll(arguments);
            return (Tensor) Catalogs.call(as, all, Map.of());
        }

        Tensor overwrite(Tensor x, List<Object> arguments) {
            if (draws) {
                Tensors.manualSeed(7);
            }
            return call(name, x, arguments);
        }

        /** What the form without underscore gives. */
        Tensor functional(Tensor x, List<Object> arguments) {
            Tensor value = switch (name) {
                case "zero_" -> x.zerosLike();
                case "copy_" -> (Tensor) arguments.getFirst();
                case "polygamma_" -> Special.polygamma(1, x);
                case "fill_diagonal_" ->
                    x.where(Tensors.eye(x.size(0), x.size(1), DType.BOOL).logicalNot(), x.fullLike(Scalar.of(9)));
                default ->
                    draws
                            ? overwrite(x.detach().clone(), arguments)
                            : call(name.substring(0, name.length() - 1), x, arguments);
            };
            return value.to(x.dtype()).expand(x.shape());
        }
    }

    private static Form form(String name, Function<Shape, List<Object>> arguments) {
        return new Form(name, DType.F64, 0, 0, arguments, false);
    }

    private static Form plain(String name, Object... arguments) {
        return form(name, shape -> List.of(arguments));
    }

    private static Tensor other(int seed, Shape shape) {
        Tensor x = Tensors.rand(
                new Generator(seed), Tensors.zeros(DType.F64, shape.sizes()).spec());
        return x.mul(0.6).add(0.2).requiresGrad(true);
    }

    private static Form binary(String name) {
        return form(name, shape -> List.of(other(1, shape)));
    }

    private static Form integers(String name) {
        return form(
                        name,
                        shape -> List.of(other(1, shape).detach().mul(4).add(1).to(DType.I64)))
                .of(DType.I64);
    }

    /** Indices along axis 0, each place once, in descending order. */
    private static Tensor places(Shape shape) {
        return Tensors.arange(shape.size(0)).flip(0);
    }

    private static Tensor everyPlace(Shape shape) {
        long[] column = new long[shape.rank()];
        Arrays.fill(column, 1);
        column[0] = shape.size(0);
        return places(shape).view(column).expand(shape).contiguous();
    }

    private static Tensor mask(Shape shape) {
        return other(3, shape).detach().gt(0.5);
    }

    private static Tensor scalar(double value) {
        return Tensors.scalar(value).to(DType.F64).requiresGrad(true);
    }

    private static final List<Form> FORMS = forms();

    private static List<Form> forms() {
        List<Form> all = new ArrayList<>();
        for (String name :
                ("abs_ neg_ sign_ ceil_ floor_ round_ trunc_ square_ sqrt_ rsqrt_ reciprocal_ exp_ exp2_ expm1_ log_"
                                + " log2_ log10_ log1p_ sin_ cos_ tan_ asin_ acos_ atan_ sinh_ cosh_ tanh_ asinh_ atanh_ sigmoid_"
                                + " erf_ erfc_ erfinv_ digamma_ lgamma_ i0_ relu_ sgn_ frac_ sinc_ deg2rad_ rad2deg_ nan_to_num_"
                                + " logit_ logical_not_ conj_physical_ zero_")
                        .split(" ")) {
            all.add(plain(name));
        }
        all.add(plain("acosh_").above(1.2));
        all.add(plain("bitwise_not_").of(DType.I64));
        all.add(plain("polygamma_", 1L).above(1));
        all.add(form("mvlgamma_", shape -> List.of(1L)).above(1));
        for (String name :
                ("add_ sub_ mul_ div_ pow_ floor_divide_ remainder_ fmod_ atan2_ hypot_ nextafter_ heaviside_"
                                + " copysign_ ldexp_ xlogy_ float_power_ logical_and_ logical_or_ logical_xor_ eq_ ne_ lt_ le_ gt_"
                                + " ge_ copy_ igamma_ igammac_")
                        .split(" ")) {
            all.add(binary(name));
        }
        for (String name :
                ("add_ sub_ mul_ div_ pow_ floor_divide_ remainder_ fmod_ copysign_ float_power_ eq_ ne_ lt_ le_"
                                + " gt_ ge_ fill_ clamp_min_ clamp_max_")
                        .split(" ")) {
            all.add(plain(name, 0.7));
        }
        for (String name :
                "bitwise_and_ bitwise_or_ bitwise_xor_ gcd_ lcm_ bitwise_left_shift_ bitwise_right_shift_".split(" ")) {
            all.add(integers(name));
        }
        for (String name : "clamp_min_ clamp_max_".split(" ")) {
            all.add(binary(name));
        }
        all.add(plain("fill_", scalar(0.7)));
        all.add(plain("clamp_", 0.3, 0.7));
        all.add(form("clamp_", shape -> List.of(other(1, shape).detach().mul(0.3), other(2, shape))));
        all.add(form("lerp_", shape -> List.of(other(1, shape), 0.3)));
        all.add(form("lerp_", shape -> List.of(other(1, shape), other(2, shape))));
        all.add(form("addcmul_", shape -> List.of(other(1, shape), other(2, shape))));
        all.add(form("addcdiv_", shape -> List.of(other(1, shape), other(2, shape))));
        all.add(form("addmm_", s -> List.of(other(1, s.with(1, 2)), other(2, s.with(0, 2))))
                .axes(2));
        all.add(form("addmv_", s -> List.of(other(1, Shape.of(s.size(0), 2)), other(2, Shape.of(2))))
                .axes(1));
        all.add(form("addr_", s -> List.of(other(1, Shape.of(s.size(0))), other(2, Shape.of(s.size(1)))))
                .axes(2));
        all.add(form("baddbmm_", s -> List.of(other(1, s.with(2, 2)), other(2, s.with(1, 2))))
                .axes(3));
        all.add(form("addbmm_", s -> List.of(other(1, Shape.of(2, s.size(0), 3)), other(2, Shape.of(2, 3, s.size(1)))))
                .axes(2));
        all.add(plain("cumsum_", 0L));
        all.add(plain("cumprod_", 0L));
        all.add(plain("tril_", 0L).axes(2));
        all.add(plain("triu_", 1L).axes(2));
        all.add(plain("fill_diagonal_", 9.0).axes(2));
        all.add(plain("renorm_", 2.0, 0L, 0.5).axes(2));
        all.add(form("masked_fill_", shape -> List.of(mask(shape), 0.7)));
        all.add(form("masked_fill_", shape -> List.of(mask(shape), scalar(0.7))));
        all.add(form("masked_scatter_", shape -> List.of(mask(shape), other(1, shape))));
        all.add(form("scatter_", shape -> List.of(0L, everyPlace(shape), other(1, shape))));
        all.add(form("scatter_", shape -> List.of(0L, everyPlace(shape), 0.7)));
        all.add(form("scatter_add_", shape -> List.of(0L, everyPlace(shape), other(1, shape))));
        for (String reduction : "sum prod mean amax amin".split(" ")) {
            all.add(form("scatter_reduce_", shape -> List.of(0L, everyPlace(shape), other(1, shape), reduction)));
        }
        for (String reduction : "prod mean amax amin".split(" ")) {
            all.add(form("index_reduce_", shape -> List.of(0L, places(shape), other(1, shape), reduction)));
        }
        all.add(form("index_add_", shape -> List.of(0L, places(shape), other(1, shape))));
        all.add(form("index_copy_", shape -> List.of(0L, places(shape), other(1, shape))));
        all.add(form("index_fill_", shape -> List.of(0L, places(shape).narrow(0, 0, 1), 0.7)));
        all.add(form("index_fill_", shape -> List.of(0L, places(shape).narrow(0, 0, 1), scalar(0.7))));
        all.add(form("index_put_", shape -> List.of(List.of(places(shape)), other(1, shape))));
        all.add(form("put_", s -> List.of(Tensors.arange(s.count()).flip(0), other(1, Shape.of(s.count())))));
        for (String name : "uniform_ normal_ bernoulli_ exponential_ log_normal_ cauchy_".split(" ")) {
            all.add(plain(name).drawing());
        }
        all.add(plain("geometric_", 0.5).drawing());
        all.add(plain("random_", 1L, 9L).drawing());
        return all;
    }

    private static Set<String> underscored() {
        return Catalogs.all().stream()
                .flatMap(catalog -> catalog.entries().stream())
                .map(Entry::name)
                .filter(name -> name.endsWith("_") && !name.endsWith("__") && !name.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothingIsLeftOut() {
        Set<Object> tested = new HashSet<>();
        Stream.concat(FORMS.stream().map(Form::name), NO_WRITES.stream())
                .forEach(name -> Catalogs.find(name).forEach(entry -> tested.add(entry.call())));
        // Second names have the calls of the first.
        assertThat(underscored().stream()
                        .filter(name -> Catalogs.find(name).stream().noneMatch(e -> tested.contains(e.call()))))
                .isEmpty();
        Set<String> inJava = Arrays.stream(Tensor.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.endsWith("_"))
                .collect(Collectors.toSet());
        inJava.removeAll(Set.of("apply_"));
        assertThat(underscored().stream().map(Entry::camel)).containsAll(inJava);
        Set<Class<?>> views = new HashSet<>(VIEWS.keySet());
        views.addAll(REFUSED);
        assertThat(views).containsExactlyInAnyOrder(ViewOp.class.getPermittedSubclasses());
    }

    @TestFactory
    Stream<DynamicTest> writesThroughViewsAreWhatTheyLookLike() {
        return FORMS.stream()
                .map(form -> DynamicTest.dynamicTest(form.name(), () -> {
                    int written = 0;
                    for (var kind : VIEWS.entrySet()) {
                        for (UnaryOperator<Tensor> view : kind.getValue()) {
                            written += check(form, kind.getKey(), view) ? 1 : 0;
                        }
                    }
                    assertThat(written).isPositive();
                }));
    }

    /** A tensor of shape [3, 4] that the views are taken of. */
    private static Tensor base(Class<?> kind, Tensor x) {
        return kind == ViewAsReal.class ? Tensors.complex(x, x.neg()) : x.clone();
    }

    private static Tensor flat(Tensor x) {
        return (x.dtype().isComplex() ? x.viewAsReal() : x).reshape(-1);
    }

    private static List<Tensor> leaves(List<Object> arguments) {
        return arguments.stream()
                .filter(a -> a instanceof Tensor t && t.requiresGrad())
                .map(Tensor.class::cast)
                .toList();
    }

    /** The base after the write, and the gradients of a weighted sum of it; or why there are none. */
    private static Map<String, double[]> outcome(Form form, Function<Tensor, Tensor> program, List<Object> arguments) {
        Tensor x = form.values(0, Shape.of(3, 4));
        boolean tracked = form.dtype().isFloating();
        x = tracked ? x.requiresGrad(true) : x;
        Map<String, double[]> outcome = new LinkedHashMap<>();
        Tensor y = program.apply(x);
        outcome.put("values", y.detach().to(DType.F64).toDoubleArray());
        if (tracked) {
            List<Tensor> leaves = new ArrayList<>(List.of(x));
            leaves.addAll(leaves(arguments));
            Tensor weights = Tensors.arange(y.count()).add(1).to(DType.F64).reshape(y.shape());
            try {
                Tensor[] in = leaves.toArray(Tensor[]::new);
                Tensor[] gradients = Grad.grad(new Tensor[] {y.mul(weights).sum()}, null, in, false, false, true);
                for (int i = 0; i < gradients.length; i++) {
                    double[] none = new double[(int) in[i].count()];
                    outcome.put("gradient " + i, gradients[i] == null ? none : gradients[i].toDoubleArray());
                }
            } catch (TensorException e) {
                outcome.put(e.fault().name(), new double[0]);
            }
        }
        return outcome;
    }

    private static boolean check(Form form, Class<?> kind, UnaryOperator<Tensor> view) {
        boolean parts = kind == ViewAsReal.class || kind == ViewAsComplex.class;
        if (parts && !form.dtype().isFloating()) {
            return false;
        }
        Shape shape = view.apply(base(kind, form.values(0, Shape.of(3, 4)))).shape();
        if (!form.fits(shape)) {
            return false;
        }
        List<Object> arguments = form.arguments().apply(shape);
        Map<String, double[]> actual = outcome(form, x -> written(form, base(kind, x), view, arguments), arguments);
        Map<String, double[]> expected = outcome(form, x -> replaced(form, base(kind, x), view, arguments), arguments);
        String what = form.name() + " of " + kind.getSimpleName() + shape;
        assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
        expected.forEach((part, values) ->
                assertThat(actual.get(part)).as("%s: %s", what, part).containsExactly(values, within(1e-9)));
        return true;
    }

    private static Tensor written(Form form, Tensor base, UnaryOperator<Tensor> view, List<Object> arguments) {
        Tensor seen = view.apply(base);
        Tensor alias = base.detach();
        int version = base.version();
        Tensor needed = base.square();
        assertThat(form.overwrite(seen, arguments)).isSameAs(seen);
        assertThat(view.apply(alias).toByteArray()).isEqualTo(seen.detach().toByteArray());
        if (!form.name().equals("conj_physical_")) {
            assertThat(base.version()).isGreaterThan(version);
            if (needed.requiresGrad()) {
                assertThatThrownBy(() -> needed.abs().sum().backward())
                        .isInstanceOfSatisfying(
                                GradientException.class,
                                e -> assertThat(e.fault()).isEqualTo(Fault.OVERWRITTEN));
            }
        }
        return flat(base);
    }

    /** The base in which the elements that the view shows are replaced, without a write. */
    private static Tensor replaced(Form form, Tensor base, UnaryOperator<Tensor> view, List<Object> arguments) {
        Tensor value = form.functional(view.apply(base), arguments);
        Tensor numbers = Tensors.arange(flat(base).count()).to(DType.F64);
        Tensor places =
                view.apply(base.dtype().isComplex() ? numbers.view(3, 4, 2).viewAsComplex() : numbers.view(3, 4));
        return flat(base).scatter(0, places.to(DType.I64).reshape(-1), value.reshape(-1));
    }
}
