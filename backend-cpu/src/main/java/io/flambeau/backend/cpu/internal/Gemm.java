package io.flambeau.backend.cpu.internal;

import org.jspecify.annotations.Nullable;

/**
 * Matrix products of floats and doubles.
 *
 * <p>Note [The chain of a product]: an element of the result is the sum, in order, of blocks of {@link #DEPTH} terms,
 * each block the chain {@code fma(a, b, sum)} from zero. Tiles, panels, threads, vector widths and which factor is
 * packed differ from machine to machine and from shape to shape; the chain does not, so the bits do not.
 *
 * <p>The right factor is packed into panels that stay in the first cache. The left factor is read in place when its
 * rows are contiguous, else packed into panels of as many rows as a tile has. After the design of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
 * (2008).
 */
public final class Gemm {
    /** Terms in one chain. */
    public static final int DEPTH = 256;

    /** What happens to finished rows of the result while they are in the cache: bias and activation. */
    @FunctionalInterface
    public interface Epilogue {
        /** {@code count} adjacent elements at {@code c}, which are columns {@code col} and on of row {@code row}. */
        void apply(long c, long row, long col, int count);
    }

    private static final int ROW_BLOCK = 128;
    /** Elements of the right factor that are packed at a time, and at most how many of its rows. */
    private static final int PACK_LIMIT = 1 << 20;

    private static final int GROUP = 8 * DEPTH;
    /** Elements of the left factor that are copied at a time, when it must be. */
    private static final long LEFT_LIMIT = 1 << 22;

    /** Terms of the left factor that are packed at a time. */
    private static final int TERMS = 32;

    /** Bytes of a right factor that fits the first cache and is read where it is. */
    private static final long IN_PLACE = 24 * 1024;

    /** Terms of a factor that need not be adjacent to be read where they are. */
    private static final int SHORT = 128;

    private static final long TINY = 600;
    private static final Move MOVE = Move.of(Element.F32, Element.F32);
    private static final long PART_WORK = 128 * 1024;

    public static final Gemm F32 = new Gemm(4, Kernels.floatTile(true), Kernels.floatTile(false));
    public static final Gemm F64 =
            new Gemm(8, Forms.only(Kernels.doubleTile(true)), Forms.only(Kernels.doubleTile(false)));

    private final int bytes;
    private final Forms<MicroKernel> talls;
    private final Forms<MicroKernel> lows;

    /** Tiles have the same size in both forms. */
    private final MicroKernel tall;

    private final MicroKernel low;

    private Gemm(int bytes, Forms<MicroKernel> talls, Forms<MicroKernel> lows) {
        this.bytes = bytes;
        this.talls = talls;
        this.lows = lows;
        tall = talls.plain();
        low = lows.plain();
    }

    /** c = a b, or c += a b, for a of [m, k] and b of [k, n]; c may lie neither in a nor in b. */
    public void run(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add, @Nullable Epilogue epilogue) {
        if (m == 0 || n == 0) {
            return;
        }
        if ((long) m * n * k <= TINY) {
            tiny(m, n, k, a, b, c, add);
            finish(m, n, c, epilogue);
        } else if (turned(m, n, k, a, b, c)) {
            product(n, m, k, b.transposed(), a.transposed(), c.transposed(), add, null);
            finish(m, n, c, epilogue);
        } else {
            product(m, n, k, a, b, c, add, epilogue);
        }
    }

    private void finish(int m, int n, Matrix c, @Nullable Epilogue epilogue) {
        if (epilogue == null) {
            return;
        }
        Workers.ranges(m, 1, Math.max(1, Workers.GRAIN / n), (from, to) -> {
            for (long i = from; i < to; i++) {
                finish(epilogue, c, i, i, 0, n);
            }
        });
    }

    /** Finishes row {@code i} of c, which is row {@code row} of the whole result. */
    private void finish(Epilogue epilogue, Matrix c, long i, long row, int col, int width) {
        long at = c.address() + (i * c.row() + col * c.col()) * bytes;
        if (c.col() == 1) {
            epilogue.apply(at, row, col, width);
        } else {
            for (int j = 0; j < width; j++) {
                epilogue.apply(at + j * c.col() * bytes, row, col + j, 1);
            }
        }
    }

    /** Whether computing the transposed result costs less, in tenths of nanoseconds an element of each layout. */
    private boolean turned(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
        return cost(n, m, k, b.transposed(), a.transposed(), c.transposed()) < cost(m, n, k, a, b, c);
    }

    private double cost(double m, double n, double k, Matrix a, Matrix b, Matrix c) {
        double left = a.col() == 1 ? 0 : (a.row() == 1 ? 0.05 : 0.25) * m * k;
        double right = (b.col() == 1 ? 0.08 : 0.25) * n * k;
        double result = c.col() == 1 ? 0 : 0.3 * m * n * Math.ceil(k / DEPTH);
        double height = Math.ceil(m / low.rows) * low.rows;
        double width = Math.ceil(n / tall.cols) * tall.cols;
        return left + right + result + height * width * k / 55;
    }

    private void product(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add, @Nullable Epilogue epilogue) {
        Panels panels = Packing.panels(b, bytes, tall);
        boolean small = (long) k * n * bytes <= IN_PLACE || m <= tall.rows || isApart(k, b.row());
        if (b.col() == 1 && small && k > 0) {
            int last = n / tall.cols;
            long tail = 0;
            if (n % tall.cols != 0) {
                tail = Scratch.get(Scratch.PACK_B, (long) k * tall.cols * bytes);
                panels.pack(0, k, last * tall.cols, n % tall.cols, tall.cols, tail);
            }
            Right right = new Right(0, n, b.address(), tall.cols * bytes, b.row() * bytes, last, tail);
            multiply(m, 0, k, a, right, c, add, epilogue);
        } else {
            packed(m, n, k, a, panels, c, add, epilogue);
        }
    }

    /**
     * Whether the few terms of a chain, {@code step} elements apart, have room in the first cache side by side: it puts
     * what lies a multiple of 4 KiB apart in one place.
     */
    private boolean isApart(int depth, long step) {
        return depth <= SHORT && step * bytes % 1024 != 0;
    }

    /** The product with a right factor that packs itself. */
    public void packed(int m, int n, int k, Matrix a, Panels b, Matrix c, boolean add, @Nullable Epilogue epilogue) {
        if (k == 0) {
            empty(m, n, c, add, epilogue);
            return;
        }
        // All of a chain's blocks before other columns: a tile of the result that has left the caches is slow to add
        // to.
        int group = Math.min(k, GROUP);
        int columns = PACK_LIMIT / group / tall.cols * tall.cols;
        for (int col = 0; col < n; col += columns) {
            int width = Math.min(columns, n - col);
            int padded = (width + tall.cols - 1) / tall.cols * tall.cols;
            for (int row = 0; row < k; row += group) {
                int depth = Math.min(group, k - row);
                long pack = Scratch.get(Scratch.PACK_B, (long) padded * depth * bytes);
                pack(b, row, depth, col, width, pack);
                long step = tall.cols * bytes;
                Right right = new Right(col, width, pack, depth * step, step, Integer.MAX_VALUE, 0);
                Epilogue last = row + depth == k ? epilogue : null;
                multiply(m, row, depth, a, right, c, add || row > 0, last);
            }
        }
    }

    /** How many columns a panel of a packed right factor has. */
    public int panel() {
        return tall.cols;
    }

    /** The bytes of a packed right factor. */
    public long packedBytes(int n, int k) {
        return (n + tall.cols - 1L) / tall.cols * tall.cols * k * bytes;
    }

    /** Packs a right factor that several products share. */
    public void pack(int n, int k, Matrix b, long to) {
        pack(Packing.panels(b, bytes, tall), 0, k, 0, n, to);
    }

    /** The product with a right factor that {@link #pack} has packed. */
    public void packed(int m, int n, int k, Matrix a, long b, Matrix c) {
        packed(m, n, k, a, b, (long) k * tall.cols * bytes, c, false);
    }

    /** The same, added to c or not. */
    public void packed(int m, int n, int k, Matrix a, long b, Matrix c, boolean add) {
        packed(m, n, k, a, b, (long) k * tall.cols * bytes, c, add);
    }

    /** The same with panels of {@link #panel} columns, [k][panel], that lie {@code panelBytes} apart. */
    public void packed(int m, int n, int k, Matrix a, long b, long panelBytes, Matrix c) {
        packed(m, n, k, a, b, panelBytes, c, false);
    }

    private void packed(int m, int n, int k, Matrix a, long b, long panelBytes, Matrix c, boolean add) {
        long step = (long) tall.cols * bytes;
        multiply(m, 0, k, a, new Right(0, n, b, panelBytes, step, Integer.MAX_VALUE, 0), c, add, null);
    }

    private void pack(Panels b, int row, int depth, int col, int width, long to) {
        int cols = tall.cols;
        int panels = (width + cols - 1) / cols;
        long panelBytes = (long) depth * cols * bytes;
        int perPart = (int) Math.max(1, 16 * 1024 / ((long) depth * cols));
        Workers.run((panels + perPart - 1) / perPart, part -> {
            for (int p = part * perPart; p < Math.min(panels, (part + 1) * perPart); p++) {
                int panelWidth = Math.min(cols, width - p * cols);
                for (int at = 0; at < depth; at += DEPTH) {
                    b.pack(
                            row + at,
                            Math.min(DEPTH, depth - at),
                            col + p * cols,
                            panelWidth,
                            cols,
                            to + p * panelBytes + (long) at * cols * bytes);
                }
            }
        });
    }

    /**
     * Panels of the right factor: {@code width} columns from {@code col} on, {@code panelBytes} from panel to panel and
     * {@code step} from row to row; the panel {@code last}, if any, lies packed at {@code tail}.
     */
    private record Right(int col, int width, long address, long panelBytes, long step, int last, long tail) {}

    /**
     * The left factor's terms from the pass's first one on: {@code tileBytes} from one tile of rows to the next, within
     * a tile {@code pitch} from row to row and {@code next} from term to term. Packed tiles are filled up with zeros.
     */
    private record Left(long address, long tileBytes, long pitch, long next, boolean packed) {}

    /**
     * What one pass multiplies, {@code m} rows from {@code top} on and {@code depth} terms, and where it leaves the
     * sums. The factors and the result start at row {@code top}.
     */
    private record Block(
            int top,
            int m,
            int depth,
            Left left,
            Right right,
            Matrix c,
            boolean add,
            @Nullable Epilogue epilogue) {}

    /** Adds or stores the product of {@code depth} terms from {@code row} on. */
    private void multiply(
            int m, int row, int depth, Matrix a, Right right, Matrix c, boolean add, @Nullable Epilogue epilogue) {
        if (a.col() == 1) {
            long pitch = a.row() * bytes;
            Left left = new Left(a.address() + (long) row * bytes, tall.rows * pitch, pitch, bytes, false);
            tiles(new Block(0, m, depth, left, right, c, add, epilogue));
            return;
        }
        if (a.row() == 1 && m % tall.rows == 0 && isApart(depth, a.col())) {
            long next = a.col() * bytes;
            Left left = new Left(a.address() + row * next, (long) tall.rows * bytes, bytes, next, true);
            tiles(new Block(0, m, depth, left, right, c, add, epilogue));
            return;
        }
        int rows = (int) Math.max(1, LEFT_LIMIT / depth / tall.rows) * tall.rows;
        for (int top = 0; top < m; top += rows) {
            int count = Math.min(rows, m - top);
            Left left = packLeft(a.plus(top * a.row() + row * a.col(), bytes), count, depth);
            tiles(new Block(top, count, depth, left, right, c.plus(top * c.row(), bytes), add, epilogue));
        }
    }

    private void tiles(Block work) {
        int panels = (work.right.width + tall.cols - 1) / tall.cols;
        int tiles = (work.m + tall.rows - 1) / tall.rows;
        int wanted = (int) Math.min(16, (long) work.m * work.right.width * work.depth / PART_WORK);
        if (wanted <= 1) {
            part(work, 0, work.m, 0, panels);
            return;
        }
        int rowBlocks = (work.m + ROW_BLOCK - 1) / ROW_BLOCK;
        int across = Math.max(1, Math.min(panels, (wanted + rowBlocks - 1) / rowBlocks));
        int down = Math.min(tiles, Math.max(rowBlocks, (wanted + across - 1) / across));
        Workers.run(down * across, part -> {
            int i = part / across;
            int j = part % across;
            int from = (int) ((long) tiles * i / down) * tall.rows;
            int to = (int) Math.min(work.m, (long) tiles * (i + 1) / down * tall.rows);
            part(work, from, to, panels * j / across, panels * (j + 1) / across);
        });
    }

    /** Some rows of the left factor as packed tiles, [depth][rows of a tile] each. */
    private Left packLeft(Matrix a, int rows, int depth) {
        int height = tall.rows;
        int tiles = (rows + height - 1) / height;
        long next = (long) height * bytes;
        long tileBytes = depth * next;
        long to = Scratch.get(Scratch.PACK_A, tiles * tileBytes);
        Workers.ranges(tiles, 1, Math.max(1, Workers.GRAIN / height / depth), (first, last) -> {
            // A few terms of every tile at a time: tiles share the lines of the source.
            for (int k = 0; k < depth; k += TERMS) {
                int terms = Math.min(TERMS, depth - k);
                for (long t = first; t < last; t++) {
                    int count = (int) Math.min(height, rows - t * height);
                    long from = a.address() + (t * height * a.row() + k * a.col()) * bytes;
                    Packing.tile(from, a.col(), a.row(), bytes, terms, count, height, to + t * tileBytes + k * next);
                }
            }
        });
        return new Left(to, tileBytes, bytes, next, true);
    }

    /** Rows {@code from} to {@code to} by panels {@code first} to {@code last}. */
    private void part(Block block, int from, int to, int first, int last) {
        for (int top = from; top < to; top += ROW_BLOCK) {
            rows(block, top, Math.min(to, top + ROW_BLOCK), first, last);
        }
        if (block.epilogue != null) {
            int col = block.right.col + first * tall.cols;
            int width = Math.min(block.right.col + block.right.width, block.right.col + last * tall.cols) - col;
            for (int i = from; i < to; i++) {
                finish(block.epilogue, block.c, i, block.top + i, col, width);
            }
        }
    }

    private void rows(Block block, int from, int to, int first, int last) {
        MicroKernel tallKernel = talls.now();
        Left left = block.left;
        int whole = (to - from) / tall.rows * tall.rows;
        int rest = to - from - whole;
        long base = left.address + from / tall.rows * left.tileBytes;
        MicroKernel restKernel = rest <= low.rows ? lows.now() : tallKernel;
        Left end = rest == 0 || left.packed
                ? new Left(base + whole / tall.rows * left.tileBytes, 0, left.pitch, left.next, true)
                : packRest(base + whole * left.pitch, left.pitch, rest, restKernel.rows, block.depth);
        long tile = Scratch.get(Scratch.TILE, (long) tall.rows * tall.cols * bytes);
        long tileRow = (long) tall.cols * bytes;
        Right right = block.right;
        for (int p = first; p < last; p++) {
            boolean tail = p == right.last;
            long panel = tail ? right.tail : right.address + p * right.panelBytes;
            long step = tail ? tileRow : right.step;
            int width = Math.min(tall.cols, right.width - p * tall.cols);
            Matrix c = block.c.plus(from * block.c.row() + (right.col + p * tall.cols) * block.c.col(), bytes);
            long cRow = c.row() * bytes;
            for (int k = 0; k < block.depth; k += DEPTH) {
                int depth = Math.min(DEPTH, block.depth - k);
                boolean add = block.add || k > 0;
                boolean direct = !add && width == tall.cols && c.col() == 1;
                for (int i = 0; i < whole; i += tall.rows) {
                    long x = base + i / tall.rows * left.tileBytes + k * left.next;
                    long sums = c.address() + i * cRow;
                    if (direct) {
                        tallKernel.run(depth, x, left.pitch, left.next, panel + k * step, step, sums, cRow);
                    } else {
                        tallKernel.run(depth, x, left.pitch, left.next, panel + k * step, step, tile, tileRow);
                        merge(tallKernel, tile, tall.rows, width, sums, c, add);
                    }
                }
                if (rest > 0) {
                    long x = end.address + k * end.next;
                    restKernel.run(depth, x, end.pitch, end.next, panel + k * step, step, tile, tileRow);
                    merge(restKernel, tile, rest, width, c.address() + whole * cRow, c, add);
                }
            }
        }
    }

    /** The rows that fill no tile, with rows of zeros after them. */
    private Left packRest(long from, long fromPitch, int rest, int rows, int depth) {
        long pitch = (long) depth * bytes;
        long to = Scratch.get(Scratch.PACK_REST, rows * pitch);
        Packing.rows(from, fromPitch, rest, depth * bytes, to, pitch);
        Mem.zero(to + rest * pitch, (rows - rest) * pitch);
        return new Left(to, 0, pitch, bytes, true);
    }

    private void merge(MicroKernel kernel, long tile, int height, int width, long to, Matrix c, boolean add) {
        if (width == kernel.cols && c.col() == 1) {
            kernel.merge(tile, height, to, c.row() * bytes, add);
        } else if (bytes == 4 && c.col() == 1) {
            mergeRows(tile, kernel.cols * 4L, height, width, to, c.row() * 4, add);
        } else if (bytes == 4) {
            mergeFloats(tile, kernel.cols, height, width, to, c.row() * 4, c.col() * 4, add);
        } else {
            mergeDoubles(tile, kernel.cols, height, width, to, c.row() * 8, c.col() * 8, add);
        }
    }

    private static void mergeRows(long tile, long step, int height, int width, long to, long pitch, boolean add) {
        for (int i = 0; i < height; i++) {
            long at = to + i * pitch;
            if (add) {
                Row.ADD.map(width, at, tile + i * step, at, 0, 0);
            } else {
                MOVE.run(width, tile + i * step, 4, at, 4);
            }
        }
    }

    private static void mergeFloats(
            long tile, int cols, int height, int width, long to, long row, long col, boolean add) {
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < height; i++) {
                float sum = Mem.f32(tile + (i * cols + j) * 4L);
                long at = to + i * row + j * col;
                Mem.f32(at, add ? Mem.f32(at) + sum : sum);
            }
        }
    }

    private static void mergeDoubles(
            long tile, int cols, int height, int width, long to, long row, long col, boolean add) {
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < height; i++) {
                double sum = Mem.f64(tile + (i * cols + j) * 8L);
                long at = to + i * row + j * col;
                Mem.f64(at, add ? Mem.f64(at) + sum : sum);
            }
        }
    }

    private void empty(int m, int n, Matrix c, boolean add, @Nullable Epilogue epilogue) {
        for (int i = 0; i < m && !add; i++) {
            for (int j = 0; j < n; j++) {
                Mem.zero(c.address() + (i * c.row() + j * c.col()) * bytes, bytes);
            }
        }
        finish(m, n, c, epilogue);
    }

    /** Loops without packing, for products that take less time than the preparations above. */
    private void tiny(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean add) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                long x = a.address() + i * a.row() * bytes;
                long y = b.address() + j * b.col() * bytes;
                long z = c.address() + (i * c.row() + j * c.col()) * bytes;
                if (bytes == 4) {
                    float sum = chain(k, x, a.col() * 4, y, b.row() * 4);
                    Mem.f32(z, add ? Mem.f32(z) + sum : sum);
                } else {
                    double sum = chainDouble(k, x, a.col() * 8, y, b.row() * 8);
                    Mem.f64(z, add ? Mem.f64(z) + sum : sum);
                }
            }
        }
    }

    private static float chain(int k, long x, long xStep, long y, long yStep) {
        float total = 0f;
        for (int from = 0; from < k; from += DEPTH) {
            float sum = 0f;
            for (int i = from; i < Math.min(k, from + DEPTH); i++) {
                sum = Math.fma(Mem.f32(x + i * xStep), Mem.f32(y + i * yStep), sum);
            }
            total = from == 0 ? sum : total + sum;
        }
        return total;
    }

    private static double chainDouble(int k, long x, long xStep, long y, long yStep) {
        double total = 0;
        for (int from = 0; from < k; from += DEPTH) {
            double sum = 0;
            for (int i = from; i < Math.min(k, from + DEPTH); i++) {
                sum = Math.fma(Mem.f64(x + i * xStep), Mem.f64(y + i * yStep), sum);
            }
            total = from == 0 ? sum : total + sum;
        }
        return total;
    }
}
