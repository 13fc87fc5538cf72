package io.flambeau.cli.bench;

import io.flambeau.tensor.Device;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** Takes turns with PyTorch on the same machine, in one run, and prints tables of medians and their ratios. */
public final class Comparison {
    private Comparison() {}

    public static void run(Plan plan, PrintStream out) throws IOException {
        Limits limits = plan.device().equals(Device.CPU) ? Limits.measure(plan.threads()) : Limits.UNKNOWN;
        Optional<Side> torch = Peer.python(plan.python(), plan.threads(), plan.compiled(), plan.device());
        try (Local ours = new Local()) {
            Report report = new Report(
                    out, plan.device(), plan.threads(), torch.map(Side::title).orElse("nothing"), limits);
            if (torch.isEmpty()) {
                out.println("'" + plan.python() + "' does not run a Python with torch; name one with --python");
            }
            Turns turns = new Turns(plan, limits, ours, torch);
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
            torch.ifPresent(Side::close);
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
