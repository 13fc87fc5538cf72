package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.IndexException;
import io.flambeau.tensor.op.Laws;
import io.flambeau.tensor.op.Scatter;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Gather and scatter along an axis. */
public final class Indexing {
    private static final int KINDS = Scatter.Kind.values().length;
    private static final AtomicReferenceArray<Combine> COMBINE =
            new AtomicReferenceArray<>(KINDS * Element.values().length);

    private Indexing() {}

    /** Combines elements of a source into those that an index names. */
    interface Combine {
        /**
         * @param index the first index, {@code indexStep} bytes apart
         * @param jump the distance in bytes along the indexed axis of the target
         * @param limit the size of that axis
         */
        void run(
                int n,
                long index,
                long indexStep,
                long from,
                long fromStep,
                long to,
                long toStep,
                long jump,
                long limit);
    }

    static IndexException outside(String operation, long index, long limit) {
        return Laws.outside(operation, index, limit);
    }

    /** x has the index's sizes but along the axis. */
    public static void gather(Strided x, Strided index, int axis, Strided out) {
        if (index.count() == 0) {
            return;
        }
        if (x.rank() == 0) {
            check("gather", Mem.i64(index.address()), 1);
            Copying.run(x, out);
            return;
        }
        long limit = x.sizes()[axis];
        long jump = x.strides()[axis] * x.type().bytes;
        Nest nest = new Nest(flat(x, axis, index), index, out);
        Move move = Move.of(x.type(), x.type());
        Element bits = x.type().bits();
        Workers.ranges(nest.count, 1, Workers.GRAIN / 4, (from, to) -> {
            long inner = nest.inner();
            for (long at = from; at < to; ) {
                int n = (int) Math.min(Math.min(to - at, inner - at % inner), 1 << 20);
                long source = nest.address(0, at);
                long place = nest.address(1, at);
                long target = nest.address(2, at);
                if (nest.step(1) == 0) {
                    long i = check("gather", Mem.i64(place), limit);
                    move.run(n, source + i * jump, nest.step(0), target, nest.step(2));
                } else {
                    pick(bits, n, source, nest.step(0), place, nest.step(1), target, nest.step(2), jump, limit);
                }
                at += n;
            }
        });
    }

    /** Moves one element for each index; elements of four bytes in a loop of their own. */
    private static void pick(
            Element bits,
            int n,
            long from,
            long fromStep,
            long index,
            long indexStep,
            long to,
            long toStep,
            long jump,
            long limit) {
        if (bits == Element.BITS32 && fromStep == 0 && indexStep == 8 && toStep == 4 && jump == 4) {
            adjacent(n, from, index, to, limit);
            return;
        }
        if (bits == Element.BITS32) {
            for (int k = 0; k < n; k++) {
                long i = check("gather", Mem.i64(index + k * indexStep), limit);
                Mem.i32(to + k * toStep, Mem.i32(from + k * fromStep + i * jump));
            }
            return;
        }
        for (int k = 0; k < n; k++) {
            long i = check("gather", Mem.i64(index + k * indexStep), limit);
            bits.move(from + k * fromStep + i * jump, to + k * toStep);
        }
    }

    /** Elements of four bytes of one row, with nothing to multiply. */
    private static void adjacent(int n, long from, long index, long to, long limit) {
        for (int k = 0; k < n; k++) {
            long i = Mem.i64(index + k * 8L);
            if (Long.compareUnsigned(i, limit) >= 0) {
                throw outside("gather", i, limit);
            }
            Mem.i32(to + k * 4L, Mem.i32(from + i * 4));
        }
    }

    private static long check(String operation, long index, long limit) {
        if (index < 0 || index >= limit) {
            throw outside(operation, index, limit);
        }
        return index;
    }

    /** The array at index 0 of an axis, repeated over the sizes of the index. */
    private static Strided flat(Strided x, int axis, Strided index) {
        long[] strides = x.strides().clone();
        strides[axis] = 0;
        return new Strided(x.address(), x.type(), index.sizes(), strides);
    }

    /** The target has the index's sizes but along the axis; repeated indices combine in their order. */
    public static void scatter(Scatter op, Strided index, Strided source, Strided target) {
        if (index.count() == 0) {
            return;
        }
        Combine combine = combine(op.kind(), target.type());
        if (target.rank() == 0) {
            combine.run(1, index.address(), 0, source.address(), 0, target.address(), 0, 0, 1);
            return;
        }
        int axis = op.axis();
        long limit = target.sizes()[axis];
        long jump = target.strides()[axis] * target.type().bytes;
        Strided corner = new Strided(source.address(), source.type(), index.sizes(), source.strides());
        // Lines along the axis are independent; within one, and within the loop below, the order is that of the index.
        Lines lines = new Lines(axis, index, corner, flat(target, axis, index));
        Nest nest = lines.starts;
        boolean along = Math.abs(lines.steps[0]) <= Math.abs(nest.step(0));
        Workers.ranges(nest.count, 1, Math.max(1, Workers.GRAIN / 4 / Math.max(1, lines.length)), (from, to) -> {
            if (along) {
                for (long at = from; at < to; at++) {
                    line(combine, lines, at, jump, limit);
                }
            } else {
                for (long i = 0; i < lines.length; i++) {
                    across(combine, lines, i, from, to, jump, limit);
                }
            }
        });
    }

    /** One line. */
    private static void line(Combine combine, Lines lines, long at, long jump, long limit) {
        Nest nest = lines.starts;
        for (long i = 0; i < lines.length; i += 1 << 20) {
            combine.run(
                    (int) Math.min(1 << 20, lines.length - i),
                    nest.address(0, at) + i * lines.steps[0],
                    lines.steps[0],
                    nest.address(1, at) + i * lines.steps[1],
                    lines.steps[1],
                    nest.address(2, at),
                    0,
                    jump,
                    limit);
        }
    }

    /** The element {@code i} of some lines. */
    private static void across(Combine combine, Lines lines, long i, long from, long to, long jump, long limit) {
        Nest nest = lines.starts;
        for (long at = from; at < to; ) {
            int n = (int) Math.min(Math.min(to - at, nest.inner() - at % nest.inner()), 1 << 20);
            combine.run(
                    n,
                    nest.address(0, at) + i * lines.steps[0],
                    nest.step(0),
                    nest.address(1, at) + i * lines.steps[1],
                    nest.step(1),
                    nest.address(2, at),
                    nest.step(2),
                    jump,
                    limit);
            at += n;
        }
    }

    private static Combine combine(Scatter.Kind kind, Element type) {
        int at = type.ordinal() * KINDS + kind.ordinal();
        Combine made = COMBINE.get(at);
        if (made == null) {
            made = Specialiser.specialise(MethodHandles.lookup(), CombineTemplate.class, Combine.class, kind, type);
            COMBINE.set(at, made);
        }
        return made;
    }
}
