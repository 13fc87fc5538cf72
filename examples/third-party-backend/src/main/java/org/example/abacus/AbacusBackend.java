package org.example.abacus;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/**
 * The smallest backend on which everything runs: memory, and one plain loop for each family of primitives. Everything
 * else is made of these by the API.
 */
final class AbacusBackend implements Backend {
    private static final long CAPACITY = 1L << 30;

    /** The bytes of a storage; a slab's handle is a buffer here. */
    static ByteBuffer memory(Storage storage) {
        ByteBuffer slab = (ByteBuffer) storage.slab().handle();
        return slab.slice(Math.toIntExact(storage.offset()), Math.toIntExact(storage.bytes()))
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public int devices() {
        return 1;
    }

    @Override
    public long capacity(int device) {
        return CAPACITY;
    }

    @Override
    public Slab allocate(int device, long bytes) {
        return new Slab(ByteBuffer.allocate(Math.toIntExact(bytes)), 0, bytes);
    }

    @Override
    public void free(int device, Slab slab) {
        // The buffer is the collector's.
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {
        MemorySegment.ofBuffer(memory(to)).asSlice(offset, from.byteSize()).copyFrom(from);
    }

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        to.copyFrom(MemorySegment.ofBuffer(memory(from)).asSlice(offset, to.byteSize()));
    }

    @Override
    public void synchronize(int device) {
        // Every call returns when its work is done.
    }

    @Override
    public void fill(Scalar value, View out) {
        Beads to = Beads.of(out);
        boolean holds = value.re() != 0 || value.integer() != 0;
        to.fill(to, i -> to.dtype() != DType.BOOL ? value.integer() : holds ? 1 : 0, i -> value.re());
    }

    @Override
    public void iota(Scalar start, Scalar step, View out) {
        Beads to = Beads.of(out);
        to.fill(to, i -> start.integer() + i * step.integer(), i -> start.re() + i * step.re());
    }

    @Override
    public void random(Random op, View out) {
        Philox.fill(op, Beads.of(out));
    }

    @Override
    public void copy(View x, View out) {
        Beads from = Beads.of(x);
        Beads.of(out).fill(from, from::whole, from::real);
    }

    @Override
    public void cast(View x, View out) {
        Beads from = Beads.of(x);
        Beads to = Beads.of(out);
        if (to.dtype() == DType.BOOL) {
            to.fill(to, i -> from.real(i) != 0 ? 1 : 0, from::real);
        } else {
            to.fill(to, i -> from.isWhole() ? from.whole(i) : (long) from.real(i), from::real);
        }
    }

    @Override
    public void unary(Unary op, View x, View out) {
        Beads from = Beads.of(x);
        boolean not = op == Unary.BITWISE_NOT && x.dtype() == DType.BOOL;
        Beads.of(out).fill(from, i -> not ? 1 - from.whole(i) : op.apply(from.whole(i)), i -> op.apply(from.real(i)));
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        Beads a = Beads.of(x);
        Beads b = Beads.of(y);
        Beads.of(out).fill(a, i -> op.apply(a.whole(i), b.whole(i)), i -> op.apply(a.real(i), b.real(i)));
    }

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {
        Beads a = Beads.of(x);
        long whole = a.wrapped(s.integer());
        double real = a.rounded(s.re());
        Beads.of(out)
                .fill(
                        a,
                        i -> scalarLeft ? op.apply(whole, a.whole(i)) : op.apply(a.whole(i), whole),
                        i -> scalarLeft ? op.apply(real, a.real(i)) : op.apply(a.real(i), real));
    }

    @Override
    public void compare(Compare op, View x, View y, View out) {
        Beads a = Beads.of(x);
        Beads b = Beads.of(y);
        Beads.of(out)
                .each((to, i) -> to.set(
                        i,
                        (a.isWhole() ? op.apply(a.whole(i), b.whole(i)) : op.apply(a.real(i), b.real(i))) ? 1L : 0L));
    }

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {
        Beads a = Beads.of(x);
        long whole = a.wrapped(s.integer());
        double real = a.rounded(s.re());
        Beads.of(out)
                .each((to, i) ->
                        to.set(i, (a.isWhole() ? op.apply(a.whole(i), whole) : op.apply(a.real(i), real)) ? 1L : 0L));
    }

    @Override
    public void where(View condition, View x, View y, View out) {
        Beads holds = Beads.of(condition);
        Beads a = Beads.of(x);
        Beads b = Beads.of(y);
        Beads.of(out).each((to, i) -> to.copy(i, holds.whole(i) != 0 ? a : b, i));
    }

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {
        Beads to = Beads.of(out);
        Beads[] in = Stream.of(inputs).map(Beads::of).toArray(Beads[]::new);
        boolean whole = to.isWhole() && Stream.of(in).allMatch(Beads::isWhole);
        boolean single = to.dtype() != DType.F64 && Stream.of(in).noneMatch(x -> x.dtype() == DType.F64);
        to.each((_, i) -> {
            if (whole) {
                to.set(i, op.apply(whole(in, 0, i), whole(in, 1, i), whole(in, 2, i)));
                return;
            }
            double a = real(in, 0, i);
            double b = real(in, 1, i);
            double c = real(in, 2, i);
            if (to.dtype() == DType.BOOL) {
                to.set(i, op.test(a, b, c) ? 1L : 0L);
            } else if (to.isWhole()) {
                to.set(i, (long) op.apply(a, b, c));
            } else {
                to.set(i, single ? op.apply((float) a, (float) b, (float) c) : op.apply(a, b, c));
            }
        });
    }

    private static long whole(Beads[] in, int operand, int i) {
        return operand < in.length ? in[operand].whole(i) : 0;
    }

    private static double real(Beads[] in, int operand, int i) {
        return operand < in.length ? in[operand].real(i) : 0;
    }

    @Override
    public void reduce(Reduce op, View x, View out) {
        Rods.reduce(op.kind(), Beads.of(x), Rods.groups(x.shape(), out.shape()), Beads.of(out));
    }

    @Override
    public void argReduce(ArgReduce op, View x, View out) {
        Rods.argReduce(op, x.shape(), Beads.of(x), Beads.of(out));
    }

    @Override
    public void scan(Scan op, View x, View[] outs) {
        Beads[] to = Stream.of(outs).map(Beads::of).toArray(Beads[]::new);
        Rods.scan(op, x.shape(), Beads.of(x), to);
    }

    @Override
    public void matmul(View x, View y, View out) {
        Rods.matmul(x.shape(), Beads.of(x), Beads.of(y), Beads.of(out));
    }

    @Override
    public void gather(View x, View index, int axis, View out) {
        Beads from = Beads.of(x);
        int[] picked = Rods.picked("gather", Beads.of(index), index.shape(), x.shape(), axis);
        Beads.of(out).each((to, i) -> to.copy(i, from, picked[i]));
    }

    @Override
    public void scatter(Scatter op, View index, View source, View out) {
        int[] picked = Rods.picked(op.title(), Beads.of(index), index.shape(), out.shape(), op.axis());
        Rods.scatter(op.kind(), picked, Beads.of(source), Beads.of(out));
    }

    @Override
    public void sort(boolean descending, View x, View values, View indices) {
        Rods.sort(descending, Beads.of(x), x.shape().size(-1), Beads.of(values), Beads.of(indices));
    }

    /** The others are then computed in wider ones by the API, and complex numbers are refused. */
    @Override
    public boolean supports(DType dtype) {
        return switch (dtype) {
            case BOOL, U8, I32, I64, F32, F64 -> true;
            default -> false;
        };
    }

    @Override
    public String describe(int device) {
        return "plain Java, an example";
    }
}
