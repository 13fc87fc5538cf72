package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.ArgReduce;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Compare;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.op.Random;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Scan;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.index.WrapIndex;
import io.flambeau.tensor.op.linear.Linear;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The families of primitives as launches of the kernels of this module, on the devices of a driver. */
public class CLikeBackend implements Backend {
    private final Driver driver;
    private final AtomicReferenceArray<@Nullable Station> stations;

    /** A backend on a driver's devices; a device costs nothing before it is used. */
    public CLikeBackend(Driver driver) {
        this.driver = driver;
        stations = new AtomicReferenceArray<>(driver.devices());
    }

    private Station station(int device) {
        Station station = stations.getAcquire(device);
        return station != null ? station : open(device);
    }

    private synchronized Station open(int device) {
        Station station = stations.get(device);
        if (station == null) {
            station = new Station(driver, device);
            stations.setRelease(device, station);
        }
        return station;
    }

    private Station station(View view) {
        return station(memory(view).device());
    }

    private static Memory memory(View view) {
        return memory(view.storage());
    }

    private static Memory memory(Storage storage) {
        return (Memory) storage.slab().handle();
    }

    @Override
    public int devices() {
        return driver.devices();
    }

    @Override
    public long capacity(int device) {
        return driver.info(device).capacity();
    }

    @Override
    public @Nullable Slab allocate(int device, long bytes) {
        return driver.allocate(device, bytes);
    }

    @Override
    public void free(int device, Slab slab) {
        driver.free(slab);
    }

    @Override
    public void upload(MemorySegment from, Storage to, long offset) {
        Memory memory = memory(to);
        station(memory.device()).requireNoCapture("upload", "a copy from the host would not be made again");
        driver.upload(from, memory, to.offset() + offset);
    }

    @Override
    public void download(Storage from, long offset, MemorySegment to) {
        Memory memory = memory(from);
        station(memory.device()).download(memory, from.offset() + offset, to);
    }

    @Override
    public void synchronize(int device) {
        station(device).requireNoCapture("synchronize", "there is nothing to wait for before a replay");
        driver.synchronize(device);
        station(device).check();
    }

    @Override
    public @Nullable Capture capture(int device) {
        Station station = station(device);
        Capture work = driver.capture(device);
        if (work == null) {
            return null;
        }
        Tape tape = new Tape(station, driver, work);
        station.tape(tape);
        return tape;
    }

    @Override
    public @Nullable Kernel kernel(Op op, Spec[] inputs) {
        return op instanceof Linear linear
                ? Products.linear(linear, inputs, this::station, this)
                : Fused.find(op, inputs, this::station);
    }

    /** Double precision is supported where all devices have it, so that one answer holds for the backend. */
    @Override
    public boolean supports(DType dtype) {
        if (dtype.toReal() != DType.F64) {
            return true;
        }
        for (int device = 0; device < driver.devices(); device++) {
            if (!driver.info(device).doubles()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe(int device) {
        return driver.info(device).title();
    }

    @Override
    public void fill(Scalar value, View out) {
        Nest nest = Nest.of(out);
        long low = Scalars.low(value, out.dtype());
        long high = out.dtype() == DType.C128 ? Double.doubleToRawLongBits(value.im()) : 0;
        if (nest.count() > 0) {
            Station s = station(out);
            Program.Kernel kernel = s.raw(1, out.dtype());
            do {
                Arguments a = Arguments.begin().buffer(memory(out)).i64(low).i64(high);
                s.launch(kernel, nest.count(), nest.to(a));
            } while (nest.next());
        }
    }

    @Override
    public void iota(Scalar start, Scalar step, View out) {
        Nest nest = Nest.of(out);
        if (nest.count() == 0) {
            return;
        }
        Station s = station(out);
        Kind kind = Kind.of(out.dtype());
        Arguments a = Arguments.begin().buffer(memory(out));
        if (kind == Kind.INTEGER) {
            a.i64(start.integer()).i64(step.integer());
        } else if (s.info.doubles()) {
            a.f64(start.re()).f64(step.re()).f64(start.im()).f64(step.im());
        } else {
            a.f32((float) start.re())
                    .f32((float) step.re())
                    .f32((float) start.im())
                    .f32((float) step.im());
        }
        s.launch(s.kernel(Bundle.CAST, kind, 1), nest.count(), nest.to(a));
    }

    @Override
    public void random(Random op, View out) {
        random(op, memory(out), -1, out);
    }

    @Override
    public void random(Random op, View counter, View out) {
        random(op, memory(counter), Nest.offset(counter), out);
    }

    private void random(Random op, Memory counter, long place, View out) {
        long words = out.shape().count() * out.dtype().bytes() / 4;
        if (words > 0) {
            Station s = station(out);
            Arguments a = Arguments.begin()
                    .buffer(memory(out))
                    .buffer(counter)
                    .i64(place)
                    .i64(op.offset())
                    .i64(op.seed())
                    .i64(Nest.offset(out) * out.dtype().bytes() / 4)
                    .i64(words);
            s.launch(s.kernel(Bundle.RAW, Kind.RAW, 20), (words + 3) / 4, a);
        }
    }

    @Override
    public void copy(View x, View out) {
        station(x).copy(x, out);
    }

    @Override
    public void cast(View x, View out) {
        Station s = station(x);
        run(s, s.kernel(Bundle.CAST, Kind.of(x.dtype()), 0), x, out);
    }

    @Override
    public void unary(Unary op, View x, View out) {
        Station s = station(x);
        run(s, s.kernel(Bundle.UNARY, Kind.of(x.dtype()), op.ordinal()), x, out);
    }

    private static void run(Station s, Program.Kernel kernel, View x, View out) {
        Nest nest = Nest.of(x, out);
        if (nest.count() > 0) {
            do {
                s.launch(
                        kernel,
                        nest.count(),
                        nest.to(Arguments.begin().buffer(memory(x)).buffer(memory(out))));
            } while (nest.next());
        }
    }

    @Override
    public void binary(Binary op, View x, View y, View out) {
        binary(op, x, y, 0, Scalar.ZERO, out);
    }

    @Override
    public void binary(Binary op, View x, Scalar s, boolean scalarLeft, View out) {
        binary(op, x, x, scalarLeft ? 1 : 2, s, out);
    }

    private void binary(Binary op, View x, View y, int side, Scalar scalar, View out) {
        Station s = station(x);
        Kind kind = Kind.of(x.dtype());
        Program.Kernel kernel = s.kernel(Bundle.BINARY, kind, op.ordinal());
        // The definition throws for a divisor of 0.
        boolean divides = kind == Kind.INTEGER
                && (side != 2 || scalar.integer() == 0)
                && switch (op) {
                    case REMAINDER, FMOD, FLOOR_DIVIDE, TRUNC_DIVIDE -> true;
                    default -> false;
                };
        Nest nest = Nest.of(x, y, out);
        if (nest.count() > 0) {
            do {
                Arguments a = operands(x, y, out, side, scalar, nest);
                s.launch(kernel, nest.count(), s.failing(a, divides ? value -> op.apply(1L, value) : null));
            } while (nest.next());
        }
    }

    private static Arguments operands(View x, View y, View out, int side, Scalar scalar, Nest nest) {
        Arguments a = Arguments.begin()
                .buffer(memory(x))
                .buffer(memory(y))
                .buffer(memory(out))
                .i32(side);
        return nest.to(Scalars.add(scalar, x.dtype(), a));
    }

    @Override
    public void compare(Compare op, View x, View y, View out) {
        compare(op, x, y, 0, Scalar.ZERO, out);
    }

    @Override
    public void compare(Compare op, View x, Scalar s, View out) {
        compare(op, x, x, 2, s, out);
    }

    private void compare(Compare op, View x, View y, int side, Scalar scalar, View out) {
        Station s = station(x);
        Program.Kernel kernel = s.kernel(Bundle.COMPARE, Kind.of(x.dtype()), op.ordinal());
        Nest nest = Nest.of(x, y, out);
        if (nest.count() > 0) {
            do {
                s.launch(kernel, nest.count(), operands(x, y, out, side, scalar, nest));
            } while (nest.next());
        }
    }

    @Override
    public void where(View condition, View x, View y, View out) {
        Station s = station(out);
        Program.Kernel kernel = s.raw(2, out.dtype());
        Nest nest = Nest.of(condition, x, y, out);
        if (nest.count() > 0) {
            do {
                Arguments a = Arguments.begin()
                        .buffer(memory(condition))
                        .buffer(memory(x))
                        .buffer(memory(y))
                        .buffer(memory(out));
                s.launch(kernel, nest.count(), nest.to(a));
            } while (nest.next());
        }
    }

    @Override
    public boolean runs(Pointwise op, Spec[] inputs) {
        return op instanceof WrapIndex || Functions.has(op, inputs) && (driver.isOpen() || Functions.isOurs(op));
    }

    @Override
    public void pointwise(Pointwise op, View[] inputs, View out) {
        Station s = station(out);
        if (!(op instanceof WrapIndex wrap)) {
            s.functions.run(s, op, inputs, out);
            return;
        }
        Nest nest = Nest.of(inputs[0], out);
        if (nest.count() > 0) {
            Program.Kernel kernel = s.kernel(Bundle.RAW, Kind.RAW, 21);
            do {
                Arguments a = Arguments.begin()
                        .buffer(memory(inputs[0]))
                        .buffer(memory(out))
                        .i64(wrap.size());
                s.launch(kernel, nest.count(), s.failing(nest.to(a), value -> wrap.apply(value, 0, 0)));
            } while (nest.next());
        }
    }

    @Override
    public void reduce(Reduce op, View x, View out) {
        Reductions.reduce(station(x), op, x, out);
    }

    @Override
    public void argReduce(ArgReduce op, View x, View out) {
        Reductions.argReduce(station(x), op, x, out);
    }

    @Override
    public void scan(Scan op, View x, View[] outs) {
        Rows.scan(station(x), op, x, outs);
    }

    @Override
    public void matmul(View x, View y, View out) {
        Products.matmul(station(x), x, y, out);
    }

    @Override
    public void gather(View x, View index, int axis, View out) {
        Nest nest = Nest.still(axis, index.shape(), x, index, out);
        if (nest.count() == 0) {
            return;
        }
        Station s = station(x);
        Program.Kernel kernel = s.raw(3, x.dtype());
        long size = x.shape().size(axis);
        do {
            Arguments a = Arguments.begin()
                    .buffer(memory(x))
                    .buffer(memory(index))
                    .buffer(memory(out))
                    .i64(x.stride(axis))
                    .i64(size);
            s.launch(kernel, nest.count(), s.failing(nest.to(a), value -> {
                throw Laws.outside("gather", value, size);
            }));
        } while (nest.next());
    }

    @Override
    public void scatter(Scatter op, View index, View source, View out) {
        Rows.scatter(station(out), op, index, source, out);
    }

    @Override
    public void sort(boolean descending, View x, View values, View indices) {
        Rows.sort(station(x), descending, x, values, indices);
    }
}
