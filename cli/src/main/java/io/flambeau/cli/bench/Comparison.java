package io.flambeau.cli.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** Takes turns with PyTorch on the same machine, in one run, and prints tables of medians and their ratios. */
public final class Comparison {
    private Comparison() {}

    public static void run(Plan plan, PrintStream out) throws IOException {
        Limits limits = Limits.measure(plan.threads());
        Optional<Side> torch = Peer.python(plan.python(), plan.threads(), plan.compiled());
        try (Local ours = new Local()) {
            Report report =
                    new Report(out, plan.threads(), torch.map(Side::title).orElse("nothing"), limits);
            if (torch.isEmpty()) {
                out.println("'" + plan.python() + "' does not run a Python with torch; name one with --python");
            }
            Turns turns = new Turns(plan, limits, ours, torch);
            for (Group group : plan.groups()) {
                report.header(group.title());
                for (Case work : group.cases()) {
                    if (work.name().contains(plan.only())) {
                        group.rows(turns, work).forEach(report::add);
                    }
                }
                report.footer(group.title());
            }
            report.write(plan.file());
        } finally {
            torch.ifPresent(Side::close);
        }
    }
}
