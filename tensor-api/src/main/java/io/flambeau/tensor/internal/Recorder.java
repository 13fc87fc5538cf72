package io.flambeau.tensor.internal;

import io.flambeau.tensor.Profile;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.Interpreter;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands before the terminal interpreter and notes what passes. */
public final class Recorder implements Interpreter {
    /** Notes for the flight recorder alone. */
    static final Recorder FLIGHT = new Recorder(Eager.EAGER, false);

    private static final class Sum {
        private long calls;
        private long nanos;
        private long bytes;
    }

    /** A call that has not ended, and the time that calls inside it took. */
    private static final class Frame {
        private final @Nullable Frame outer;
        private long inside;

        private Frame(@Nullable Frame outer) {
            this.outer = outer;
        }
    }

    private final Interpreter next;
    private final boolean kept;
    private final long began = System.nanoTime();
    private final ThreadLocal<@Nullable Frame> frames = new ThreadLocal<>();
    private final Map<String, Sum> operations = new HashMap<>();
    private final Map<String, Sum> lines = new HashMap<>();
    private final List<Profile.Span> spans = new ArrayList<>();

    private Recorder(Interpreter next, boolean kept) {
        this.next = next;
        this.kept = kept;
    }

    /** One that keeps a profile of what these modes run. */
    public static Recorder over(Modes modes) {
        Interpreter terminal = modes.terminal();
        return new Recorder(terminal == null ? Eager.EAGER : terminal, true);
    }

    @Override
    public Tensor[] bind(Op op, Tensor[] in) {
        return noted(op, () -> next.bind(op, in));
    }

    @Override
    public void bindInto(Op op, Tensor[] in, Tensor[] destinations) {
        noted(op, () -> {
            next.bindInto(op, in, destinations);
            return destinations;
        });
    }

    @Override
    public boolean runsWhole(Op op, Tensor[] in) {
        return next.runsWhole(op, in);
    }

    private Tensor[] noted(Op op, Supplier<Tensor[]> work) {
        Frame frame = new Frame(frames.get());
        frames.set(frame);
        OperationEvent event = new OperationEvent();
        event.begin();
        long start = System.nanoTime();
        long bytes = 0;
        try {
            Tensor[] out = work.get();
            for (Tensor t : out) {
                bytes += t.spec().bytes();
            }
            return out;
        } finally {
            long nanos = System.nanoTime() - start;
            event.end();
            if (!(next instanceof Recorder) && event.shouldCommit()) {
                event.operation = op.title();
                event.bytes = bytes;
                event.commit();
            }
            if (frame.outer == null) {
                frames.remove();
            } else {
                frame.outer.inside += nanos;
                frames.set(frame.outer);
            }
            if (kept) {
                keep(op.title(), Site.current(), start - began, nanos, nanos - frame.inside, bytes);
            }
        }
    }

    private synchronized void keep(String operation, String line, long start, long nanos, long own, long bytes) {
        add(operations, operation, own, bytes);
        add(lines, line, own, bytes);
        if (spans.size() < Profile.MOST_SPANS) {
            String thread = Thread.currentThread().getName();
            spans.add(new Profile.Span(operation, line, thread, start, nanos, bytes));
        }
    }

    private static void add(Map<String, Sum> sums, String name, long nanos, long bytes) {
        Sum sum = sums.computeIfAbsent(name, _ -> new Sum());
        sum.calls++;
        sum.nanos += nanos;
        sum.bytes += bytes;
    }

    /** What was noted so far. */
    public synchronized Profile profile() {
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        return new Profile(duration, totals(operations), totals(lines), List.copyOf(spans));
    }

    private static List<Profile.Total> totals(Map<String, Sum> sums) {
        return sums.entrySet().stream()
                .map(e -> new Profile.Total(e.getKey(), e.getValue().calls, e.getValue().nanos, e.getValue().bytes))
                .sorted(Comparator.comparingLong(Profile.Total::nanos).reversed())
                .toList();
    }
}
