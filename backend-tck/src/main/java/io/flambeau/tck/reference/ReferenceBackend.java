package io.flambeau.tck.reference;

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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The living definition of the primitives: slow, plain, and what other backends are compared with.
 *
 * <p>It has two devices, so that moves and mistakes between devices can be tested anywhere. Fresh memory is filled with
 * a pattern that is a large number in every dtype, so that a read of what nobody wrote shows.
 */
public final class ReferenceBackend implements Backend {
    private static final byte POISON = 0x5A;

    /** What a slab's handle is here. */
    private record Memory(Arena arena, MemorySegment bytes) {}

    /** The bytes of the slab that a storage is a slice of, from the storage's first on. */
    static MemorySegment memory(Storage storage) {
        Memory memory = (Memory) storage.slab().handle();
        return memory.bytes.asSlice(storage.offset(), storage.bytes());
    }

    @Override
    public int devices() {
        return 2;
    }

    @Override
    public long capacity(int device) {
        return 8L << 30;
    }

    @Override
    public Slab allocate(int device, long bytes) {
        Arena arena = Arena.ofShared();
        MemorySegment memory = arena.allocate(bytes, 64).fill(POISON);
        return new Slab(new Memory(arena, memory), memory.address(), bytes);
    }

    @Override
    public void free(int device, Slab slab) {
        ((Memory) slab.handle()).arena.close();
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {
        MemorySegment.copy(from, 0, memory(to), offset, from.byteSize());
    }

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        MemorySegment.copy(memory(from), offset, to, 0, to.byteSize());
    }

    /** Nothing to wait for: every call returns when its work is done. */
    @Override
    public void synchronize(int device) {}

    @Override
    public void fill(Scalar value, View out) {
        Making.fill(value, Elements.of(out));
    }

    @Override
    public void iota(Scalar start, Scalar step, View out) {
        Making.iota(start, step, Elements.of(out));
    }

    @Override
    public void random(Random op, View out) {
        Philox.fill(op, Elements.of(out));
    }

    @Override
    public void copy(View x, View out) {
        Moving.copy(Elements.of(x), Elements.of(out));
    }

    @Override
    public void cast(View x, View out) {
        Moving.cast(Elements.of(x), Elements.of(out));
    }

    @Override
    public void unary(Unary op, View x, View out) {
        Elementwise.unary(op, Elements.of(x), Elements.of(out));
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        Elementwise.binary(op, Elements.of(x), Elements.of(y), Elements.of(out));
    }

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {
        Elementwise.binary(op, Elements.of(x), s, scalarLeft, Elements.of(out));
    }

    @Override
    public void compare(Compare op, View x, View y, View out) {
        Elementwise.compare(op, Elements.of(x), Elements.of(y), Elements.of(out));
    }

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {
        Elementwise.compare(op, Elements.of(x), s, Elements.of(out));
    }

    @Override
    public void where(View condition, View x, View y, View out) {
        Elementwise.where(Elements.of(condition), Elements.of(x), Elements.of(y), Elements.of(out));
    }

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {
        Elements[] in = new Elements[inputs.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = Elements.of(inputs[i]);
        }
        Functions.pointwise(op, in, Elements.of(out));
    }

    @Override
    public void reduce(Reduce op, View x, View out) {
        Reducing.reduce(op, Elements.of(x, op.axes()), Elements.of(out));
    }

    @Override
    public void argReduce(ArgReduce op, View x, View out) {
        Reducing.argReduce(op, Elements.of(x, 1L << op.axis()), x.shape().size(op.axis()), Elements.of(out));
    }

    @Override
    public void scan(Scan op, View x, View[] outs) {
        long axis = 1L << op.axis();
        Elements[] out = new Elements[outs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Elements.of(outs[i], axis);
        }
        Scanning.scan(op, Elements.of(x, axis), x.shape().size(op.axis()), out);
    }

    @Override
    public void matmul(View x, View y, View out) {
        Multiplying.matmul(x.shape(), Elements.of(x), Elements.of(y), Elements.of(out));
    }

    @Override
    public void gather(View x, View index, int axis, View out) {
        long row = 1L << axis;
        Picking.gather(
                Elements.of(x, row),
                x.shape().size(axis),
                Elements.of(index, row),
                index.shape().size(axis),
                Elements.of(out, row));
    }

    @Override
    public void scatter(Scatter op, View index, View source, View out) {
        long row = 1L << op.axis();
        Picking.scatter(
                op,
                Elements.of(index, row),
                index.shape().size(op.axis()),
                Elements.of(source, row),
                Elements.of(out, row),
                out.shape().size(op.axis()));
    }

    @Override
    public void sort(boolean descending, View x, View values, View indices) {
        Sorting.sort(descending, Elements.of(x), x.shape().size(-1), Elements.of(values), Elements.of(indices));
    }

    @Override
    public String describe(int device) {
        return "definitions in plain Java, for tests";
    }
}
