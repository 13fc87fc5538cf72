package io.flambeau.cli.bench;

import io.flambeau.tensor.Device;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes turns with PyTorch on the same machine, in one run, and prints tables of medians and their ratios. */
public final class Comparison {
    private Comparison() {}

    public static void run(Plan plan, PrintStream out) throws IOException {
        Limits limits = plan.device().equals(Device.CPU) ? Limits.measure(plan.threads()) : Limits.UNKNOWN;
        Map<Rival, Side> rivals = new LinkedHashMap<>();
        List<Rival> known = Rival.of(plan);
        known.forEach(rival -> rival.start().apply(plan.threads()).ifPresent(side -> rivals.put(rival, side)));
        try (Local ours = new Local(Flambeau.INSTANCE)) {
            String others = rivals.values().stream().map(Side::title).collect(Collectors.joining(", "));
            Report report =
                    new Report(out, plan.device(), plan.threads(), others.isEmpty() ? "nothing" : others, limits);
            known.stream().filter(rival -> !rivals.containsKey(rival)).forEach(rival -> out.println(rival.missing()));
            Turns turns = new Turns(plan, limits, ours, rivals);
            for (Group group : plan.groups()) {
                report.header(group.title());
                for (Case work : group.cases()) {
                    if (work.name().contains(plan.only())) {
                        measured(group, turns, work, report);
                        report.write(plan.file());
                    }
                }
                report.footer(group.title());
            }
            out.println();
            out.println("kept in " + plan.file());
        } finally {
            rivals.values().forEach(Side::close);
        }
    }

    /** A row that cannot be had, for want of memory or of an operation, leaves the others their place. */
    private static void measured(Group group, Turns turns, Case work, Report report) {
        try {
            group.rows(turns, work).forEach(report::add);
        } catch (RuntimeException e) {
            report.fail(work.name(), String.valueOf(e.getMessage()));
        }
    }
}
