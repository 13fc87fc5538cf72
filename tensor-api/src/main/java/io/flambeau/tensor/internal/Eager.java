package io.flambeau.tensor.internal;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Cast;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Copy;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.Fill;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Iota;
import io.flambeau.tensor.op.MatMul;
import io.flambeau.tensor.op.Move;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Primitive;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.op.ScalarBinary;
import io.flambeau.tensor.op.ScalarCompare;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.Split;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.ViewOp;
import io.flambeau.tensor.op.Where;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Layouts;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Region;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/** Operations as work on a device, done now: the terminal interpreter, and the one switch over all families. */
final class Eager implements Interpreter {
    static final Eager EAGER = new Eager();
    private static final Access DOOR = Access.door();

    private Eager() {}

    @Override
    public Tensor[] bind(Op op, Tensor[] in) {
        try {
            return switch (op) {
                case ViewOp view -> look(view, in[0]);
                case Primitive primitive -> compute(primitive, in);
                case Pointwise pointwise -> point(pointwise, in);
                case Derived derived -> derive(derived, in);
                case HostOp host -> host(host, in);
            };
        } finally {
            Reference.reachabilityFence(in);
        }
    }

    @Override
    public boolean runsWhole(Op op, Tensor[] in) {
        return in.length > 0 && Backends.of(in[0].device()).kernels().find(op, specs(in)) != null;
    }

    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        View[] out = destinations(op, in, destinations);
        try {
            if (op.isElementwise() && !partialOverlap(op, in, out)) {
                View[] views = views(op, in);
                Backends.Target target = Backends.of(destinations[0].device());
                switch (op) {
                    case Derived derived -> {
                        Kernel kernel = target.kernels().find(op, specs(in));
                        if (kernel == null) {
                            copyOut(bind(op, in), out);
                        } else {
                            View[] packed = packed(target, kernel.layouts(), views);
                            kernel.run(packed, out);
                            Reference.reachabilityFence(packed);
                        }
                    }
                    case Pointwise pointwise -> {
                        if (target.backend().runs(pointwise, specs(in))) {
                            target.backend().pointwise(pointwise, views, out[0]);
                        } else {
                            copyOut(bind(op, in), out);
                        }
                    }
                    default -> run(target, op, views, out);
                }
            } else {
                copyOut(bind(op, in), out);
            }
            for (View view : out) {
                view.storage().written();
            }
        } finally {
            Reference.reachabilityFence(in);
            Reference.reachabilityFence(destinations);
        }
    }

    private static boolean partialOverlap(Op op, Tensor[] in, View[] out) {
        for (Tensor t : in) {
            View x = DOOR.rawView(t);
            for (View view : out) {
                if (x.overlaps(view) && !x.same(view)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static View[] destinations(Op op, Tensor[] in, Tensor[] destinations) {
        Spec[] specs = op instanceof HostOp host && host.dataDependent() ? null : op.infer(specs(in));
        View[] out = new View[destinations.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = DOOR.view(destinations[i], op);
            if (out[i].repeats()) {
                throw new ShapeException(
                        op.title(),
                        "cannot write into a tensor of shape " + out[i].shape() + " in which several indices share an"
                                + " element, as after expand; clone it first",
                        Fault.OVERLAP);
            }
            if (specs != null && !specs[i].equals(destinations[i].spec())) {
                throw new ShapeException(
                        op.title(),
                        "the destination is " + destinations[i].spec() + ", the result " + specs[i],
                        Fault.SHAPE_MISMATCH);
            }
        }
        return out;
    }

    private static void copyOut(Tensor[] results, View[] out) {
        for (int i = 0; i < out.length; i++) {
            Tensor result = results[i];
            Backends.of(result.device()).backend().copy(DOOR.view(result, "copy"), out[i]);
            Reference.reachabilityFence(result);
        }
    }

    static Spec[] specs(Tensor[] in) {
        Spec[] specs = new Spec[in.length];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].spec();
        }
        return specs;
    }

    private static View[] views(Op op, Tensor[] in) {
        View[] views = new View[in.length];
        for (int i = 0; i < in.length; i++) {
            views[i] = DOOR.view(in[i], op);
        }
        return views;
    }

    /** A view of fresh memory. */
    static View allocate(Backends.Target target, Op op, Spec spec) {
        target.admit(spec, op);
        Storage storage = Storage.allocate(target.pool(), spec.bytes(), op);
        return View.contiguous(storage, spec.dtype(), spec.shape());
    }

    private static Tensor[] look(ViewOp op, Tensor x) {
        Spec[] specs = op.infer(new Spec[] {x.spec()});
        View[] views = op.apply(DOOR.view(x, op), specs);
        Tensor[] out = new Tensor[views.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = DOOR.of(views[i], specs[i]);
            DOOR.viewOf(out[i], x, op instanceof Split);
        }
        return out;
    }

    /** An elementwise function that the device cannot compile is computed on the host. */
    private static Tensor[] point(Pointwise op, Tensor[] in) {
        Backends.Target target = Backends.of(in[0].device());
        if (target.backend().runs(op, specs(in))) {
            return compute(op, in);
        }
        Spec[] out = op.infer(specs(in));
        HostArray result = HostPointwise.apply(op, read(op, in, target), out[0]);
        return new Tensor[] {HostArrays.write(result, target, op)};
    }

    private static HostArray[] read(Op op, Tensor[] in, Backends.Target target) {
        HostArray[] arrays = new HostArray[in.length];
        for (int i = 0; i < in.length; i++) {
            arrays[i] = HostArrays.read(DOOR.view(in[i], op), target);
        }
        return arrays;
    }

    private static Tensor[] compute(Op op, Tensor[] in) {
        Spec[] specs = op.infer(specs(in));
        Backends.Target target = Backends.of(specs[0].device());
        View[] views = views(op, in);
        View[] out = new View[specs.length];
        Tensor[] results = new Tensor[specs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = allocate(target, op, specs[i]);
            results[i] = DOOR.of(out[i], specs[i]);
        }
        run(target, op, views, out);
        return results;
    }

    private static void run(Backends.Target target, Op op, View[] in, View[] out) {
        Backend b = target.backend();
        View[] x = in.length == 0 ? in : packed(target, b.layouts(), in);
        switch (op) {
            case Fill fill -> b.fill(fill.value(), out[0]);
            case Iota iota -> b.iota(iota.start(), iota.step(), out[0]);
            case Random random -> {
                if (in.length == 0) {
                    b.random(random, out[0]);
                } else {
                    b.random(random, in[0], out[0]);
                }
            }
            case Copy _ -> b.copy(in[0], out[0]);
            case Cast _ -> b.cast(x[0], out[0]);
            case Unary unary -> b.unary(unary, x[0], out[0]);
            case Binary binary -> b.binary(binary, x[0], x[1], out[0]);
            case ScalarBinary binary -> b.binary(binary.op(), x[0], binary.value(), binary.left(), out[0]);
            case Compare compare -> b.compare(compare, x[0], x[1], out[0]);
            case ScalarCompare compare -> b.compare(compare.op(), x[0], compare.value(), out[0]);
            case Where _ -> b.where(x[0], x[1], x[2], out[0]);
            case Reduce reduce -> b.reduce(reduce, x[0], out[0]);
            case ArgReduce reduce -> b.argReduce(reduce, x[0], out[0]);
            case Scan scan -> b.scan(scan, x[0], out);
            case MatMul _ -> matmul(target, x[0], x[1], out[0]);
            case Gather gather -> b.gather(corner(x[0], x[1], gather.axis()), x[1], gather.axis(), out[0]);
            case Scatter scatter -> {
                b.copy(in[0], out[0]);
                b.scatter(scatter, x[1], corner(x[2], x[1], -1), corner(out[0], x[1], scatter.axis()));
            }
            case Sort sort -> b.sort(sort.descending(), x[0], out[0], out[1]);
            case Pointwise pointwise -> b.pointwise(pointwise, x, out[0]);
            default -> throw new IllegalStateException(op + " is not run by a family");
        }
        Reference.reachabilityFence(x);
    }

    private static void matmul(Backends.Target target, View x, View y, View out) {
        View left = batched(target, x);
        View right = batched(target, y);
        target.backend().matmul(left, right, batched(target, out));
        Reference.reachabilityFence(left);
        Reference.reachabilityFence(right);
    }

    /** The views, packed where the layouts ask for it. */
    private static View[] packed(Backends.Target target, Layouts layouts, View[] views) {
        if (layouts == Layouts.STRIDED) {
            return views;
        }
        View[] packed = views;
        for (int i = 0; i < views.length; i++) {
            if (!views[i].isContiguous()) {
                if (packed == views) {
                    packed = views.clone();
                }
                packed[i] = pack(target, views[i]);
            }
        }
        return packed;
    }

    private static View pack(Backends.Target target, View view) {
        View copy = allocate(target, Copy.COPY, new Spec(view.shape(), view.dtype(), target.device()));
        target.backend().copy(view, copy);
        return copy;
    }

    /** The part of x that an index of another shape can reach: all of the axis, the index's sizes elsewhere. */
    private static View corner(View x, View index, int axis) {
        Shape shape = index.shape();
        if (axis >= 0) {
            shape = shape.with(axis, x.shape().size(axis));
        }
        return shape.equals(x.shape()) ? x : x.with(shape, x.strides(), x.offset());
    }

    /** A batch of matrices with one batch axis. */
    private static View batched(Backends.Target target, View x) {
        Shape shape = x.shape();
        int rank = shape.rank();
        if (rank == 3) {
            return x;
        }
        long rows = shape.size(-2);
        long columns = shape.size(-1);
        if (rank == 2) {
            return x.with(Shape.of(1, rows, columns), new long[] {0, x.stride(0), x.stride(1)}, x.offset());
        }
        Shape flat = Shape.of(shape.range(0, rank - 2).count(), rows, columns);
        long[] strides = Reshape.strides(x, flat);
        if (strides == null) {
            View copy = pack(target, x);
            return copy.with(flat, flat.contiguousStrides(), 0);
        }
        return x.with(flat, strides, x.offset());
    }

    private Tensor[] derive(Derived op, Tensor[] in) {
        Spec[] inputs = specs(in);
        if (in.length == 0) {
            return decompose(op, in);
        }
        Backends.Target target = Backends.of(in[0].device());
        Kernel kernel = target.kernels().find(op, inputs);
        return kernel == null ? decompose(op, in) : launch(target, kernel, op, in, inputs);
    }

    private static Tensor[] launch(Backends.Target target, Kernel kernel, Op op, Tensor[] in, Spec[] inputs) {
        Spec[] specs = op.infer(inputs);
        View[] out = new View[specs.length];
        Tensor[] results = new Tensor[specs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = allocate(target, op, specs[i]);
            results[i] = DOOR.of(out[i], specs[i]);
        }
        View[] views = packed(target, kernel.layouts(), views(op, in));
        kernel.run(views, out);
        Reference.reachabilityFence(views);
        return results;
    }

    /** Only untracked work comes here, so nothing but the results can need what the decomposition makes. */
    private static Tensor[] decompose(Derived op, Tensor[] in) {
        op.infer(specs(in));
        Modes modes = Modes.current();
        return inner(
                op.title(), () -> modes.grad() ? modes.withGrad(false).call(() -> op.decompose(in)) : op.decompose(in));
    }

    /** Runs a body in a region of its own that keeps only the results. */
    static Tensor[] inner(String name, Supplier<Tensor[]> body) {
        try (Region region = Region.open(name)) {
            Tensor[] results = body.get();
            for (Tensor result : results) {
                region.keep(DOOR.rawView(result).storage());
            }
            return results;
        }
    }

    private static Tensor[] host(HostOp op, Tensor[] in) {
        Spec[] inputs = specs(in);
        Backends.Target target = Backends.of(in.length == 0 ? Dispatch.defaultDevice() : in[0].device());
        Kernel kernel = op.dataDependent() ? null : target.kernels().find(op, inputs);
        if (kernel != null) {
            return launch(target, kernel, op, in, inputs);
        }
        if (op instanceof Move) {
            return new Tensor[] {HostArrays.move(DOOR.view(in[0], op), target, op.infer(inputs)[0], op)};
        }
        op.infer(inputs);
        HostArray[] results = op.run(read(op, in, target));
        Tensor[] out = new Tensor[results.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = HostArrays.write(results[i], target, op);
        }
        return out;
    }
}
