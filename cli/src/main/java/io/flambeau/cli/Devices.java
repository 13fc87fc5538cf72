package io.flambeau.cli;

import io.flambeau.tck.HostOperations;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceReport;
import io.flambeau.tensor.TensorException;
import java.io.PrintStream;
import java.util.List;

/** Lists the backends, and what their devices leave to the host. */
final class Devices implements Command {
    private static final int WIDTH = 100;

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String summary() {
        return "lists every backend found, and why the others are not usable";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.flag("operations", "names the operations that a device leaves to the host"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) {
        out.print(DeviceReport.text());
        for (DeviceReport report : DeviceReport.all()) {
            if (!report.devices().isEmpty()) {
                left(new Device(report.backend(), 0), arguments.has("operations"), out);
            }
        }
        return 0;
    }

    private static void left(Device device, boolean all, PrintStream out) {
        List<String> names;
        try {
            names = HostOperations.of(device);
        } catch (TensorException e) {
            out.printf("%-12s could not be opened: %s%n", device.backend(), e.getMessage());
            return;
        }
        out.printf(
                "%-12s runs %s itself%s%n",
                device.backend(),
                names.isEmpty() ? "every operation" : "all but " + names.size() + " operations",
                all || names.isEmpty() ? "" : "; --operations names them");
        if (all && !names.isEmpty()) {
            wrapped(names, out);
        }
    }

    private static void wrapped(List<String> names, PrintStream out) {
        StringBuilder line = new StringBuilder();
        for (String name : names) {
            if (line.length() + name.length() > WIDTH) {
                out.println(line.append(','));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "    " : ", ").append(name);
        }
        out.println(line);
    }
}
