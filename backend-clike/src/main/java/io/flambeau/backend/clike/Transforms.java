package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Storage;
import io.flambeau.tensor.spi.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Launches of {@code fft.cl}: a launch for each factor of each length. The host does lengths with a large prime factor. */
final class Transforms {
    private static final int WHOLE = 0;
    private static final int REAL = 1;
    private static final int HALF = 2;

    private static final int TURNS = 0;
    private static final int PASS = 1;

    private static final int LARGEST_FACTOR = 128;

    private Transforms() {}

    /** Lines of n elements, some apart. */
    private record Line(long n, long inner) {
        static Line of(Shape shape, int axis) {
            return new Line(
                    shape.size(axis), shape.range(axis + 1, shape.rank()).count());
        }
    }

    static @Nullable Kernel complex(ComplexFft op, Spec[] in, Function<View, Station> at) {
        List<Line> all = new ArrayList<>();
        for (int i = 0; i < op.axes().count(); i++) {
            all.add(Line.of(in[0].shape(), op.axes().axis(i)));
        }
        return kernel(all, in[0].shape(), WHOLE, WHOLE, op.forward(), op.scale(), at);
    }

    static @Nullable Kernel real(RealFft op, Spec[] in, Function<View, Station> at) {
        Shape shape = in[0].shape();
        return kernel(List.of(Line.of(shape, op.axis())), shape, REAL, HALF, op.forward(), op.scale(), at);
    }

    static @Nullable Kernel realInverse(RealInverseFft op, Spec[] in, Function<View, Station> at) {
        Shape shape = in[0].shape().with(op.axis(), op.n());
        return kernel(List.of(Line.of(shape, op.axis())), shape, HALF, REAL, op.forward(), op.scale(), at);
    }

    /** @param shape of the side that is not halved */
    private static @Nullable Kernel kernel(
            List<Line> all, Shape shape, int from, int to, boolean forward, double scale, Function<View, Station> at) {
        if (all.isEmpty() || shape.count() == 0) {
            return null;
        }
        for (Line lines : all) {
            if (factors(lines.n).stream().anyMatch(p -> p > LARGEST_FACTOR)) {
                return null;
            }
        }
        return (in, out) -> run(at.apply(out[0]), all, shape.count(), in[0], from, out[0], to, forward, scale);
    }

    /** Factors whose product is n: those up to 8 first, then primes. */
    private static List<Long> factors(long n) {
        List<Long> all = new ArrayList<>();
        long left = n;
        for (long p = 8; p >= 2; p--) {
            for (; left % p == 0; left /= p) {
                all.add(p);
            }
        }
        for (long p = 11; p <= LARGEST_FACTOR; p++) {
            for (; left % p == 0; left /= p) {
                all.add(p);
            }
        }
        if (left > 1 || all.isEmpty()) {
            all.add(left);
        }
        return all;
    }

    /** Passes read what the one before wrote, in two buffers by turns, the first the input; the last writes the result. */
    private static void run(
            Station s, List<Line> all, long count, View x, int from, View out, int to, boolean forward, double scale) {
        DType dtype = out.dtype().toComplex();
        Kind kind = Kind.of(dtype);
        long longest = all.stream().mapToLong(Line::n).max().orElseThrow();
        Storage space = out.storage().sibling((2 * count + longest) * dtype.bytes(), null);
        Memory memory = (Memory) space.slab().handle();
        long[] buffers = {space.offset() / dtype.bytes(), space.offset() / dtype.bytes() + count};
        long turns = buffers[1] + count;
        int written = -1;
        for (Line lines : all) {
            long n = lines.n;
            Arguments table = Arguments.begin().buffer(memory).i64(turns).i64(n).i32(forward ? 1 : 0);
            s.launch(s.kernel(Bundle.FFT, kind, TURNS), n, table);
            long done = 1;
            for (long p : factors(n)) {
                boolean last = lines == all.getLast() && done * p == n;
                Arguments a = Arguments.begin();
                if (written < 0) {
                    Fused.add(a, x).i32(from);
                } else {
                    a.buffer(memory).i64(buffers[written % 2]).i32(WHOLE);
                }
                written++;
                if (last) {
                    Fused.add(a, out).i32(to);
                } else {
                    a.buffer(memory).i64(buffers[written % 2]).i32(WHOLE);
                }
                long kept = last && to == HALF ? n / 2 + 1 : n;
                long items = count / n * kept;
                a.buffer(memory)
                        .i64(turns)
                        .i64(n)
                        .i64(done)
                        .i64(p)
                        .i64(kept)
                        .i64(lines.inner)
                        .i64(items);
                s.launch(s.kernel(Bundle.FFT, kind, PASS), items, Lines.real(a, dtype.toReal(), last ? scale : 1));
                done *= p;
            }
        }
        space.release("a transform");
    }
}
