package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Which backends were found, which of them can be used, and what stands in the way of the others.
 *
 * @param backend the backend's name
 * @param devices one line for each usable device; empty if the backend cannot be used
 * @param problem why it cannot be used, and what to do; empty if it can
 */
public record DeviceReport(String backend, List<String> devices, String problem) {
    /** All backends, the preferred one first. */
    public static List<DeviceReport> all() {
        List<DeviceReport> reports = new ArrayList<>();
        for (BackendProvider provider : Backends.providers()) {
            reports.add(
                    switch (provider.probe()) {
                        case Probe.Available found -> new DeviceReport(provider.name(), found.devices(), "");
                        case Probe.Unavailable why -> new DeviceReport(provider.name(), List.of(), why.toString());
                    });
        }
        return reports;
    }

    /**
     * Whether an operation on inputs of these specs goes by way of the host: its definition is known there only, and
     * their device has no kernel for it.
     */
    public static boolean goesByHost(Op op, Spec... inputs) {
        return Backends.goesByHost(op, inputs);
    }

    /** The report for people: a line for each device and each backend that cannot be used. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        for (DeviceReport report : all()) {
            for (int i = 0; i < report.devices.size(); i++) {
                text.append(String.format("%-12s %s%n", report.backend + ":" + i, report.devices.get(i)));
            }
            if (!report.problem.isEmpty()) {
                text.append(String.format("%-12s not usable: %s%n", report.backend, report.problem));
            }
        }
        if (text.isEmpty()) {
            text.append("no backend was found; add the dependency io.flambeau:flambeau-backend-cpu\n");
        }
        return text.toString();
    }
}
