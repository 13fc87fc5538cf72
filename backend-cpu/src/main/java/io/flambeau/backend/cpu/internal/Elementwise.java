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
    public record Kernel(Strip strip, Element x, Element y, Element z, Element out, int cost) {
        public static Kernel of(Strip strip, Element in, Element out, int cost) {
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
            kernel.strip.run((int) count, x, y, z, out);
            return;
        }
        int xs = kernel.x.bytes;
        int ys = kernel.y.bytes;
        int zs = kernel.z.bytes;
        int os = kernel.out.bytes;
        Workers.ranges(count, CHUNK, grain(kernel), (from, to) -> {
            // Not in one call: a loop that is entered often is compiled soon.
            for (long i = from; i < to; i += 4 * CHUNK) {
                kernel.strip.run((int) Math.min(4 * CHUNK, to - i), x + i * xs, y + i * ys, z + i * zs, out + i * os);
            }
        });
    }

    private static void strided(Kernel kernel, Nest nest, Strided[] views, long from, long to) {
        int operands = views.length;
        Operand[] staged = new Operand[operands];
        for (int v = 0; v < operands; v++) {
            staged[v] = new Operand(nest, v, views[v].type(), kernel.type(v, operands), v == operands - 1);
        }
        Operand out = staged[operands - 1];
        boolean rows = nest.inner() >= SHORT_ROW;
        for (long at = from; at < to; ) {
            long limit = Math.min(CHUNK, to - at);
            int n = (int) (rows ? Math.min(limit, nest.inner() - at % nest.inner()) : limit);
            long x = staged[0].load(at, n, rows);
            long y = operands > 2 ? staged[1].load(at, n, rows) : 0;
            long z = operands > 3 ? staged[2].load(at, n, rows) : 0;
            long to_ = out.target(at, rows);
            kernel.strip.run(n, x, y, z, to_);
            out.store(at, n, to_);
            at += n;
        }
    }

    /** One operand of a strided run: where its next elements are, and its buffer. */
    private static final class Operand {
        private final Nest nest;
        private final int view;
        private final int bytes;
        private final int stride;
        private final boolean converted;
        private final boolean dense;
        private final boolean direct;
        private final Move move;
        private final long buffer;
        private long filledFrom;
        private int filled;

        Operand(Nest nest, int view, Element stored, Element computing, boolean output) {
            this.nest = nest;
            this.view = view;
            this.bytes = computing.bytes;
            this.stride = stored.bytes;
            this.converted = stored != computing;
            this.dense = !converted && nest.dense(view, stored.bytes);
            this.direct = !converted && nest.step(view) == stored.bytes;
            this.move = output ? Move.of(computing, stored) : Move.of(stored, computing);
            this.buffer = Scratch.get(Scratch.STAGE, 4 * BUFFER) + view * BUFFER;
        }

        /** The address of elements {@code at} to {@code at + n - 1} as the strip wants them. */
        long load(long at, int n, boolean row) {
            if (dense) {
                return nest.addresses[view] + at * stride;
            }
            if (row) {
                long from = nest.address(view, at);
                if (direct) {
                    return from;
                }
                long step = nest.step(view);
                if (step != 0 || from != filledFrom || n > filled) {
                    move.run(n, from, step, buffer, bytes);
                    filledFrom = from;
                    filled = step == 0 ? n : 0;
                }
                return buffer;
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

        long target(long at, boolean row) {
            if (dense) {
                return nest.addresses[view] + at * stride;
            }
            return row && direct ? nest.address(view, at) : buffer;
        }

        void store(long at, int n, long from) {
            if (from != buffer) {
                return;
            }
            for (int done = 0; done < n; ) {
                int part = part(at + done, n - done);
                move.run(part, buffer + (long) done * bytes, bytes, nest.address(view, at + done), nest.step(view));
                done += part;
            }
        }
    }
}
