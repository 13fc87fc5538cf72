package io.flambeau.cli.bench;

import io.flambeau.cli.bench.Row.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The ways to measure a case on all sides. */
final class Turns {
    private static final int ROUNDS = 5;
    private static final int LEAST = 3;
    private static final int MOST = 5000;
    private static final int STEPS_FOR_MEMORY = 30;

    private final Plan plan;
    private final Limits limits;
    private final Local ours;
    private final Map<Rival, Side> rivals;

    /**
     * @param rivals the ways to measure PyTorch, started
     */
    Turns(Plan plan, Limits limits, Local ours, Map<Rival, Side> rivals) {
        this.plan = plan;
        this.limits = limits;
        this.ours = ours;
        this.rivals = rivals;
    }

    /** This process and PyTorch, round by round. */
    List<Row> together(String group, Case work) {
        return List.of(row(group, work, ours));
    }

    /** A process with TF32 switched on, and PyTorch. */
    List<Row> inTf32(String group, Case work) {
        ours.close();
        try (Side switched = java(plan.threads(), Large.TF32_FLAGS.toArray(String[]::new))) {
            return List.of(row(group, work, switched));
        }
    }

    private Row row(String group, Case work, Side mine) {
        List<Side> sides = new ArrayList<>(List.of(mine));
        mine.warm(work, plan.seconds());
        List<String> ways = new ArrayList<>();
        rivals.forEach((rival, side) -> side.warm(work, plan.seconds()).ifPresent(how -> {
            sides.add(side);
            ways.add(rival.way(how));
        }));
        double[] medians = alternate(sides, work);
        Map<String, Double> theirs = new LinkedHashMap<>();
        for (int i = 0; i < ways.size(); i++) {
            theirs.put(ways.get(i), medians[i + 1]);
        }
        long allocated = mine == ours ? ours.allocated() : -1;
        double share = limits.share(work, medians[0]);
        return new Row(group, work.name(), Unit.SECONDS, medians[0], theirs, share, allocated);
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
        double mine = peak(java(plan.threads()), work);
        Map<String, Double> theirs = new LinkedHashMap<>();
        rivals.keySet().forEach(rival -> theirs.put(rival.title(), peak(rival.fresh(plan.threads()), work)));
        return List.of(new Row(group, work.name(), Unit.BYTES, mine, theirs, 0, -1));
    }

    private Side java(int threads, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("-Dflambeau.threads=" + threads);
        all.add("-Dflambeau.device=" + plan.device());
        return Peer.java(all).orElseThrow();
    }

    private static double peak(Side fresh, Case work) {
        try (fresh) {
            fresh.run(work, STEPS_FOR_MEMORY);
            return fresh.peak();
        }
    }

    /** The seconds from the start of a process until it has done one step, Java's start and the others' imports included. */
    List<Row> startup(String group, Case work) {
        double[] mine = new double[ROUNDS];
        Map<Rival, double[]> others = new LinkedHashMap<>();
        rivals.keySet().forEach(rival -> others.put(rival, new double[ROUNDS]));
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            mine[now] = first(() -> java(plan.threads()), work);
            others.forEach((rival, seconds) -> seconds[now] = first(() -> rival.fresh(plan.threads()), work));
        }
        Map<String, Double> theirs = new LinkedHashMap<>();
        others.forEach((rival, seconds) -> theirs.put(rival.title(), Statistics.median(seconds)));
        return List.of(new Row(group, work.name(), Unit.SECONDS, Statistics.median(mine), theirs, 0, -1));
    }

    private static double first(Supplier<Side> side, Case work) {
        long start = System.nanoTime();
        try (Side fresh = side.get()) {
            fresh.run(work, 1);
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** One thread and all of them: a row each, from processes that take turns. */
    List<Row> scaling(String group, Case work) {
        List<Side> sides = new ArrayList<>();
        List<String> ways = new ArrayList<>();
        int[] threads = {1, plan.threads()};
        try {
            for (int count : threads) {
                sides.add(java(count));
                rivals.keySet().forEach(rival -> sides.add(rival.fresh(count)));
            }
            sides.forEach(side -> ways.add(side.warm(work, plan.seconds()).orElseThrow()));
            double[] medians = alternate(sides, work);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < threads.length; i++) {
                String name = work.name() + ", threads " + threads[i];
                int next = i * medians.length / threads.length;
                double mine = medians[next];
                Map<String, Double> theirs = new LinkedHashMap<>();
                for (Rival rival : rivals.keySet()) {
                    next++;
                    theirs.put(rival.way(ways.get(next)), medians[next]);
                }
                rows.add(new Row(group, name, Unit.SECONDS, mine, theirs, 0, -1));
            }
            return rows;
        } finally {
            sides.forEach(Side::close);
        }
    }
}
