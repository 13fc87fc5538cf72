package io.flambeau.backend.cpu.internal;

/**
 * Runs a strip over views of any layout and dtype.
 *
 * <p>Note [Staging]: strips read and write adjacent elements of their computing types and nothing else. An operand that
 * does not lie so is copied, a thousand elements at a time, to a buffer in the first cache, converted on the way; so
 * one kernel serves every layout, and half precision and small integers too. A scalar is an operand whose strides are
 * 0 and whose buffer is filled once.
 */
public final class Elementwise {
    /** Elements that are staged at a time. */
    static final int CHUNK = 1024;

    /** Elements that are computed by one call where nothing is staged: a call costs as much as some tens of them. */
    private static final int LONG = 16 * CHUNK;

    /** Rows shorter than this are staged several at a time. */
    private static final int SHORT_ROW = 64;

    /** Bytes between the buffers of a thread: the widest element, and a line so that they do not collide. */
    private static final long BUFFER = CHUNK * 16 + 64;

    private Elementwise() {}

    /**
     * A strip and the types of what it reads and writes; types of operands that it does not have are ignored.
     *
     * @param cost how many times the time of an addition an element takes
     */
    public record Kernel(Forms<Strip> strip, Element x, Element y, Element z, Element out, int cost) {
        public static Kernel of(Forms<Strip> strip, Element in, Element out, int cost) {
            return new Kernel(strip, in, in, in, out, cost);
        }

        Element type(int operand, int operands) {
            return operand == operands - 1 ? out : operand == 0 ? x : operand == 1 ? y : z;
        }
    }

    /** Runs the kernel over views of one shape, the output last. */
    public static void run(Kernel kernel, Strided... views) {
        int operands = views.length;
        Strided out = views[operands - 1];
        boolean dense = true;
        for (int v = 0; v < operands && dense; v++) {
            dense = views[v].type() == kernel.type(v, operands) && views[v].isDense();
        }
        long count = out.count();
        if (dense) {
            long x = views[0].address();
            long y = operands > 2 ? views[1].address() : 0;
            long z = operands > 3 ? views[2].address() : 0;
            dense(kernel, count, x, y, z, out.address());
        } else if (count > 0) {
            Nest nest = new Nest(views);
            Workers.ranges(count, CHUNK, grain(kernel), (from, to) -> strided(kernel, nest, views, from, to));
        }
    }

    private static long grain(Kernel kernel) {
        return Math.max(2 * CHUNK, Workers.GRAIN / kernel.cost);
    }

    /** Runs the kernel over adjacent elements of its own types. */
    public static void dense(Kernel kernel, long count, long x, long y, long z, long out) {
        if (count <= CHUNK) {
            kernel.strip.now().run((int) count, x, y, z, out);
            return;
        }
        int xs = kernel.x.bytes;
        int ys = kernel.y.bytes;
        int zs = kernel.z.bytes;
        int os = kernel.out.bytes;
        Workers.ranges(count, CHUNK, grain(kernel), (from, to) -> {
            // Not in one call: a loop that is entered often is compiled soon.
            for (long i = from; i < to; i += LONG) {
                kernel.strip.now().run((int) Math.min(LONG, to - i), x + i * xs, y + i * ys, z + i * zs, out + i * os);
            }
        });
    }

    private static void strided(Kernel kernel, Nest nest, Strided[] views, long from, long to) {
        int operands = views.length;
        Operand[] staged = new Operand[operands];
        for (int v = 0; v < operands; v++) {
            staged[v] = new Operand(nest, v, views[v].type(), kernel.type(v, operands), v == operands - 1);
        }
        if (nest.inner() >= SHORT_ROW) {
            rows(kernel.strip.now(), nest, staged, from, to);
        } else {
            parts(kernel.strip.now(), staged, from, to);
        }
    }

    /** Parts of rows. */
    private static void rows(Strip strip, Nest nest, Operand[] staged, long from, long to) {
        int operands = staged.length;
        Operand out = staged[operands - 1];
        Strip run = repeating(strip, staged);
        int most = LONG;
        for (Operand operand : staged) {
            most = operand.direct || operand.length == Strip.REPEATS ? most : CHUNK;
        }
        long inner = nest.inner();
        long column = from % inner;
        Nest.Cursor row = nest.new Cursor(from / inner);
        for (long at = from; at < to; ) {
            int n = (int) Math.min(Math.min(most, to - at), inner - column);
            long x = staged[0].load(n, row.address(0, column));
            long y = operands > 2 ? staged[1].load(n, row.address(1, column)) : 0;
            long z = operands > 3 ? staged[2].load(n, row.address(2, column)) : 0;
            long target = row.address(operands - 1, column);
            run.run(n, x, y, z, out.direct ? target : out.buffer);
            if (!out.direct) {
                out.move.run(n, out.buffer, out.bytes, target, nest.step(operands - 1));
            }
            at += n;
            column += n;
            if (column == inner) {
                column = 0;
                row.next();
            }
        }
    }

    /** The strip for which the first of two operands that is the same in a whole row stands there once, if there is one. */
    private static Strip repeating(Strip strip, Operand[] staged) {
        for (int v = 0; v < 2 && staged.length == 3; v++) {
            Strip repeating = staged[v].nest.step(v) == 0 ? strip.repeating(v) : null;
            if (repeating != null) {
                staged[v].length = Strip.REPEATS;
                return repeating;
            }
        }
        return strip;
    }

    /** Several short rows at a time. */
    private static void parts(Strip strip, Operand[] staged, long from, long to) {
        int operands = staged.length;
        Operand out = staged[operands - 1];
        for (long at = from; at < to; ) {
            int n = (int) Math.min(CHUNK, to - at);
            long x = staged[0].gather(at, n);
            long y = operands > 2 ? staged[1].gather(at, n) : 0;
            long z = operands > 3 ? staged[2].gather(at, n) : 0;
            strip.run(n, x, y, z, out.dense ? out.dense(at) : out.buffer);
            out.scatter(at, n);
            at += n;
        }
    }

    /** One operand of a strided run: where its next elements are, and its buffer. */
    private static final class Operand {
        private final Nest nest;
        private final int view;
        private final int bytes;
        private final int stride;
        private final boolean dense;
        private final boolean direct;
        private final Move move;
        private final long buffer;
        /** How many elements to repeat of one that is the same in a whole row; 0: as many as are asked for. */
        private int length;

        private long filledFrom;
        private int filled;

        Operand(Nest nest, int view, Element stored, Element computing, boolean output) {
            this.nest = nest;
            this.view = view;
            this.bytes = computing.bytes;
            this.stride = stored.bytes;
            boolean converted = stored != computing;
            this.dense = !converted && nest.dense(view, stored.bytes);
            this.direct = !converted && nest.step(view) == stored.bytes;
            this.move = output ? Move.of(computing, stored) : Move.of(stored, computing);
            this.buffer = Scratch.get(Scratch.STAGE, 4 * BUFFER) + view * BUFFER;
        }

        /** The address of {@code n} elements of a row, which begin at {@code from}, as the strip wants them. */
        long load(int n, long from) {
            if (direct) {
                return from;
            }
            long step = nest.step(view);
            int wanted = length > 0 ? length : n;
            if (step != 0 || from != filledFrom || wanted > filled) {
                move.run(wanted, from, step, buffer, bytes);
                filledFrom = from;
                filled = step == 0 ? wanted : 0;
            }
            return buffer;
        }

        long dense(long at) {
            return nest.addresses[view] + at * stride;
        }

        /** The address of elements {@code at} to {@code at + n - 1} as the strip wants them. */
        long gather(long at, int n) {
            if (dense) {
                return dense(at);
            }
            for (int done = 0; done < n; ) {
                int part = part(at + done, n - done);
                move.run(part, nest.address(view, at + done), nest.step(view), buffer + (long) done * bytes, bytes);
                done += part;
            }
            return buffer;
        }

        /** How many of the next {@code n} elements lie in one row. */
        private int part(long at, int n) {
            return (int) Math.min(n, nest.inner() - at % nest.inner());
        }

        /** Stores what the strip has written. */
        void scatter(long at, int n) {
            for (int done = 0; done < n && !dense; ) {
                int part = part(at + done, n - done);
                move.run(part, buffer + (long) done * bytes, bytes, nest.address(view, at + done), nest.step(view));
                done += part;
            }
        }
    }
}
