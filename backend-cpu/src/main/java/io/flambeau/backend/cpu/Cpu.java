package io.flambeau.backend.cpu;

import io.flambeau.backend.cpu.internal.ArgReductions;
import io.flambeau.backend.cpu.internal.Copying;
import io.flambeau.backend.cpu.internal.Element;
import io.flambeau.backend.cpu.internal.Elementwise;
import io.flambeau.backend.cpu.internal.Families;
import io.flambeau.backend.cpu.internal.Indexing;
import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Philox;
import io.flambeau.backend.cpu.internal.Products;
import io.flambeau.backend.cpu.internal.Reductions;
import io.flambeau.backend.cpu.internal.Scans;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Sorting;
import io.flambeau.backend.cpu.internal.Strided;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.backend.cpu.internal.fused.FusedKernels;
import io.flambeau.backend.cpu.internal.host.HostKernels;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The processor's cores as one device: each family bound to its kernels. */
public final class Cpu implements Backend {
    private static final int ALIGNMENT = 64;

    Cpu() {}

    @Override
    public int devices() {
        return 1;
    }

    @Override
    public long capacity(int device) {
        return Memory.PHYSICAL;
    }

    @Override
    public @Nullable Slab allocate(int device, long bytes) {
        try {
            Arena arena = Arena.ofShared();
            return new Slab(arena, arena.allocate(bytes, ALIGNMENT).address(), bytes);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    @Override
    public void free(int device, Slab slab) {
        ((Arena) slab.handle()).close();
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {
        MemorySegment.copy(from, 0, Mem.ALL, to.address() + offset, from.byteSize());
    }

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        MemorySegment.copy(Mem.ALL, from.address() + offset, to, 0, to.byteSize());
    }

    @Override
    public void synchronize(int device) {}

    @Override
    public void fill(Scalar value, View out) {
        Copying.fill(value, Strided.of(out));
    }

    @Override
    public void iota(Scalar start, Scalar step, View out) {
        Copying.iota(start, step, Strided.of(out));
    }

    @Override
    public void random(Random op, View out) {
        Philox.fill(
                op.seed(),
                op.offset(),
                out.address(),
                out.shape().count() * out.dtype().bytes());
    }

    @Override
    public void copy(View x, View out) {
        Copying.run(Strided.of(x), Strided.of(out));
    }

    @Override
    public void cast(View x, View out) {
        Copying.run(Strided.of(x), Strided.of(out));
    }

    @Override
    public void unary(Unary op, View x, View out) {
        run(Families.unary(op, Element.of(x.dtype())), x, out);
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        Elementwise.Kernel kernel = Families.binary(op, Element.of(x.dtype()));
        if (x.isContiguous() && y.isContiguous() && out.isContiguous() && kernel.x() == Element.of(x.dtype())) {
            Elementwise.dense(kernel, out.shape().count(), x.address(), y.address(), 0, out.address());
        } else {
            Elementwise.run(kernel, Strided.of(x), Strided.of(y), Strided.of(out));
        }
    }

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {
        if (op == Binary.POW && !scalarLeft && s.im() == 0 && s.re() == 2 && x.dtype() != DType.BOOL) {
            unary(Unary.SQUARE, x, out);
            return;
        }
        Strided tensor = Strided.of(x);
        Strided scalar = immediate(s, tensor);
        Elementwise.Kernel kernel = Families.binary(op, tensor.type());
        Elementwise.run(kernel, scalarLeft ? scalar : tensor, scalarLeft ? tensor : scalar, Strided.of(out));
    }

    @Override
    public void compare(Compare op, View x, View y, View out) {
        Elementwise.Kernel kernel = Families.compare(op, Element.of(x.dtype()));
        Elementwise.run(kernel, Strided.of(x), Strided.of(y), Strided.of(out));
    }

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {
        Strided tensor = Strided.of(x);
        Elementwise.run(Families.compare(op, tensor.type()), tensor, immediate(s, tensor), Strided.of(out));
    }

    @Override
    public void where(View condition, View x, View y, View out) {
        Elementwise.Kernel kernel = Families.where(Element.of(out.dtype()));
        Elementwise.run(kernel, Strided.of(condition), Strided.of(x), Strided.of(y), Strided.of(out));
    }

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {
        Element widest = Element.BOOL;
        boolean equal = true;
        Strided[] views = new Strided[inputs.length + 1];
        for (int i = 0; i < inputs.length; i++) {
            views[i] = Strided.of(inputs[i]);
            equal &= views[i].type() == views[0].type();
            Element computing = views[i].type().computing();
            widest = computing.ordinal() > widest.ordinal() ? computing : widest;
        }
        views[inputs.length] = Strided.of(out);
        Element in = equal ? views[0].type() : widest;
        Elementwise.run(Families.pointwise(op, in, Element.of(out.dtype())), views);
    }

    @Override
    public void reduce(Reduce op, View x, View out) {
        Reductions.run(op, Strided.of(x), Strided.of(out));
    }

    @Override
    public void argReduce(ArgReduce op, View x, View out) {
        ArgReductions.run(op, Strided.of(x), Strided.of(out));
    }

    @Override
    public void scan(Scan op, View x, View[] outs) {
        Strided[] targets = new Strided[outs.length];
        for (int i = 0; i < outs.length; i++) {
            targets[i] = Strided.of(outs[i]);
        }
        Scans.run(op, Strided.of(x), targets);
    }

    @Override
    public void matmul(View x, View y, View out) {
        Products.run(Strided.of(x), Strided.of(y), Strided.of(out));
    }

    @Override
    public void gather(View x, View index, int axis, View out) {
        Indexing.gather(Strided.of(x), Strided.of(index), axis, Strided.of(out));
    }

    @Override
    public void scatter(Scatter op, View index, View source, View out) {
        Indexing.scatter(op, Strided.of(index), Strided.of(source), Strided.of(out));
    }

    @Override
    public void sort(boolean descending, View x, View values, View indices) {
        Sorting.run(descending, Strided.of(x), Strided.of(values), Strided.of(indices));
    }

    @Override
    public void setThreads(int count) {
        Workers.setThreads(count);
    }

    @Override
    public @Nullable Kernel kernel(Op op, Spec[] inputs) {
        return op instanceof HostOp host ? HostKernels.find(host, inputs) : FusedKernels.find(op, inputs);
    }

    @Override
    public String describe(int device) {
        return CpuProvider.describe();
    }

    private static void run(Elementwise.Kernel kernel, View x, View out) {
        if (x.isContiguous() && out.isContiguous() && kernel.x() == Element.of(x.dtype())) {
            Elementwise.dense(kernel, out.shape().count(), x.address(), 0, 0, out.address());
        } else {
            Elementwise.run(kernel, Strided.of(x), Strided.of(out));
        }
    }

    /** The scalar as an operand of the tensor's type and sizes. */
    private static Strided immediate(Scalar s, Strided like) {
        long at = Scratch.get(Scratch.SCALAR, 64);
        Copying.put(s, like.type(), at);
        return new Strided(at, like.type(), like.sizes(), new long[like.rank()]);
    }

    /** What the machine has. */
    private static final class Memory {
        static final long PHYSICAL = physical();

        private static long physical() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                    ? os.getTotalMemorySize()
                    : Long.MAX_VALUE;
        }
    }
}
