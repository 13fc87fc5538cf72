package io.flambeau.backend.cpu.internal.fourier;

import io.flambeau.backend.cpu.internal.Butterflies;
import io.flambeau.backend.cpu.internal.Workers;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.op.fft.ComplexFft;
import io.flambeau.tensor.op.fft.RealFft;
import io.flambeau.tensor.op.fft.RealInverseFft;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.View;
import org.jspecify.annotations.Nullable;

/** Fourier transforms along one axis after another: threads share its lines, eight at a time. */
public final class Transforms {
    private static final int LANES = Butterflies.LANES;
    /** Numbers that one thread transforms at a time, at least. */
    private static final int GRAIN = 8 * 1024;

    private Transforms() {}

    /** Transforms up to eight lines. */
    @FunctionalInterface
    private interface Lines {
        void run(Field from, Field to, int count);
    }

    /** The kernel, or null where there is no axis. */
    public static @Nullable Kernel of(ComplexFft f) {
        if (f.axes().count() == 0) {
            return null;
        }
        return (in, out) -> {
            View from = in[0];
            for (int i = 0; i < f.axes().count(); i++) {
                int axis = f.axes().axis(i);
                Plan plan = Plan.of(Math.toIntExact(from.shape().size(axis)));
                double scale = i == 0 ? f.scale() : 1;
                run(
                        from,
                        out[0],
                        axis,
                        (x, y, count) -> plan.run(x.turned(f.forward()), y.turned(f.forward()), count, scale));
                from = out[0];
            }
        };
    }

    public static Kernel of(RealFft f) {
        return (in, out) -> {
            RealLines lines = RealLines.of(Math.toIntExact(in[0].shape().size(f.axis())));
            run(in[0], out[0], f.axis(), (x, y, count) -> lines.toSpectrum(x, y, count, f.forward(), f.scale()));
        };
    }

    public static Kernel of(RealInverseFft f) {
        return (in, out) -> {
            RealLines lines = RealLines.of(Math.toIntExact(f.n()));
            run(in[0], out[0], f.axis(), (x, y, count) -> lines.toReal(x, y, count, f.forward(), f.scale()));
        };
    }

    private static void run(View from, View to, int axis, Lines lines) {
        Shape shape = from.shape();
        long outer = shape.range(0, axis).count();
        int inner = Math.toIntExact(shape.range(axis + 1, shape.rank()).count());
        // Neighbouring lines lie side by side along an inner axis, else one after another.
        long rows = inner == 1 ? 1 : outer;
        long columns = inner == 1 ? outer : inner;
        long across = (columns + LANES - 1) / LANES;
        long n = Math.max(shape.size(axis), to.shape().size(axis));
        long together = Math.max(1, GRAIN / (n * LANES));
        long groups = rows * across;
        Workers.run(Math.toIntExact((groups + together - 1) / together), part -> {
            for (long g = part * together; g < Math.min(groups, (part + 1) * together); g++) {
                long row = g / across;
                long first = g % across * LANES;
                int count = (int) Math.min(LANES, columns - first);
                lines.run(field(from, axis, inner, row, first), field(to, axis, inner, row, first), count);
            }
        });
    }

    /** The lines of a view from one on. */
    private static Field field(View view, int axis, int inner, long row, long first) {
        DType dtype = view.dtype();
        long bytes = dtype.bytes();
        long n = view.shape().size(axis);
        long line = inner == 1 ? n * bytes : bytes;
        long address = view.address() + row * n * inner * bytes + first * line;
        boolean wide = dtype == DType.F64 || dtype == DType.C128;
        long part = dtype.isComplex() ? bytes / 2 : inner * bytes;
        return new Field(address, wide, inner * bytes, part, line);
    }
}
