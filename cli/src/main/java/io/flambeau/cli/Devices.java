package io.flambeau.cli;

import io.flambeau.tensor.DeviceReport;
import java.io.PrintStream;

/** Lists the backends. */
final class Devices implements Command {
    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String summary() {
        return "lists every backend found, and why the others are not usable";
    }

    @Override
    public int run(Arguments arguments, PrintStream out) {
        out.print(DeviceReport.text());
        return 0;
    }
}
