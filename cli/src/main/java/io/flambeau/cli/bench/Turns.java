package io.flambeau.cli.bench;

import io.flambeau.cli.bench.Row.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The ways to measure a case on both sides. */
final class Turns {
    private static final int ROUNDS = 5;
    private static final int LEAST = 3;
    private static final int MOST = 5000;
    private static final int STEPS_FOR_MEMORY = 30;

    private final Plan plan;
    private final Limits limits;
    private final Local ours;
    private final Optional<Side> torch;

    Turns(Plan plan, Limits limits, Local ours, Optional<Side> torch) {
        this.plan = plan;
        this.limits = limits;
        this.ours = ours;
        this.torch = torch;
    }

    /** This process and PyTorch, round by round. */
    List<Row> together(String group, Case work) {
        List<Side> sides = new ArrayList<>(List.of(ours));
        ours.warm(work, plan.seconds());
        Optional<String> how = torch.flatMap(side -> side.warm(work, plan.seconds()));
        how.ifPresent(_ -> sides.add(torch.orElseThrow()));
        double[] medians = alternate(sides, work);
        return List.of(new Row(
                group,
                work.name(),
                Unit.SECONDS,
                medians[0],
                medians.length > 1 ? medians[1] : Double.NaN,
                how.orElse(""),
                limits.share(work, medians[0]),
                ours.allocated()));
    }

    /**
     * The median seconds of each side, all of them warm: of single steps; of the rounds' means where the work is so
     * short that the collector's pauses between are part of its cost.
     */
    private double[] alternate(List<Side> sides, Case work) {
        int[] counts = new int[sides.size()];
        double[][] seconds = new double[sides.size()][0];
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < counts.length; i++) {
                double[] some = sides.get(i).run(work, round < 0 ? LEAST : counts[i]);
                if (round < 0) {
                    counts[i] = count(Statistics.median(some) * work.times());
                } else {
                    seconds[i] = joined(seconds[i], work.times() > 1 ? new double[] {Statistics.mean(some)} : some);
                }
            }
        }
        return Arrays.stream(seconds).mapToDouble(Statistics::median).toArray();
    }

    private int count(double each) {
        return (int) Math.clamp(plan.seconds() / ROUNDS / each, LEAST, MOST);
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The most memory of two processes that do nothing but this, each so many steps. */
    List<Row> memory(String group, Case work) {
        double mine = peak(Peer.java(flags(plan.threads())), work);
        double other = peak(Peer.python(plan.python(), plan.threads(), false), work);
        return List.of(new Row(group, work.name(), Unit.BYTES, mine, other, "", 0, -1));
    }

    private static double peak(Optional<Side> side, Case work) {
        return alone(side, fresh -> {
            fresh.run(work, STEPS_FOR_MEMORY);
            return fresh.peak();
        });
    }

    /** What a process tells that is made for this alone; NaN if it could not be made. */
    private static double alone(Optional<Side> side, ToDoubleFunction<Side> asked) {
        if (side.isEmpty()) {
            return Double.NaN;
        }
        try (Side fresh = side.get()) {
            return asked.applyAsDouble(fresh);
        }
    }

    /** The seconds from the start of a process until it has done one step, Java's start and Python's imports included. */
    List<Row> startup(String group, Case work) {
        double[] mine = new double[ROUNDS];
        double[] others = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            mine[round] = first(() -> Peer.java(flags(plan.threads())), work);
            others[round] = first(() -> Peer.python(plan.python(), plan.threads(), false), work);
        }
        return List.of(new Row(
                group, work.name(), Unit.SECONDS, Statistics.median(mine), Statistics.median(others), "", 0, -1));
    }

    private static double first(Supplier<Optional<Side>> side, Case work) {
        long start = System.nanoTime();
        return alone(side.get(), fresh -> {
            fresh.run(work, 1);
            return (System.nanoTime() - start) / 1e9;
        });
    }

    /** One thread and all of them: a row each, from four processes that take turns. */
    List<Row> scaling(String group, Case work) {
        List<Side> sides = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        try {
            for (int threads : new int[] {1, plan.threads()}) {
                Peer.java(flags(threads)).ifPresent(sides::add);
                Peer.python(plan.python(), threads, false).ifPresent(sides::add);
            }
            if (sides.size() < 4) {
                return rows;
            }
            sides.forEach(side -> side.warm(work, plan.seconds()));
            double[] medians = alternate(sides, work);
            rows.add(threads(group, work, 1, medians[0], medians[1]));
            rows.add(threads(group, work, plan.threads(), medians[2], medians[3]));
        } finally {
            sides.forEach(Side::close);
        }
        return rows;
    }

    private static Row threads(String group, Case work, int threads, double mine, double other) {
        String name = work.name() + ", threads " + threads;
        return new Row(group, name, Unit.SECONDS, mine, other, "", 0, -1);
    }

    private static List<String> flags(int threads) {
        return List.of("-Dflambeau.threads=" + threads);
    }
}
