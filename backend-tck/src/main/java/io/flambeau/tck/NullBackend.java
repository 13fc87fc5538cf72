package io.flambeau.tck;

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

/** A device without memory whose kernels do nothing. */
final class NullBackend implements Backend {
    @Override
    public int devices() {
        return 1;
    }

    @Override
    public long capacity(int device) {
        return Long.MAX_VALUE;
    }

    @Override
    public Slab allocate(int device, long bytes) {
        return new Slab(new Object(), 0, bytes);
    }

    @Override
    public void free(int device, Slab slab) {}

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {}

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        to.fill((byte) 0);
    }

    @Override
    public void synchronize(int device) {}

    @Override
    public void fill(Scalar value, View out) {}

    @Override
    public void iota(Scalar start, Scalar step, View out) {}

    @Override
    public void random(Random op, View out) {}

    @Override
    public void copy(View x, View out) {}

    @Override
    public void cast(View x, View out) {}

    @Override
    public void unary(Unary op, View x, View out) {}

    @Override
    public void binary(Binary op, View x, View y, View out) {}

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {}

    @Override
    public void compare(Compare op, View x, View y, View out) {}

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {}

    @Override
    public void where(View condition, View x, View y, View out) {}

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {}

    @Override
    public void reduce(Reduce op, View x, View out) {}

    @Override
    public void argReduce(ArgReduce op, View x, View out) {}

    @Override
    public void scan(Scan op, View x, View[] outs) {}

    @Override
    public void matmul(View x, View y, View out) {}

    @Override
    public void gather(View x, View index, int axis, View out) {}

    @Override
    public void scatter(Scatter op, View index, View source, View out) {}

    @Override
    public void sort(boolean descending, View x, View values, View indices) {}

    @Override
    public String describe(int device) {
        return "computes nothing";
    }
}
