package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.DeviceReport;
import io.flambeau.tensor.op.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which operations a device does not run itself: the samples of the kit that go by way of the host, in the first of
 * F32, C64 and I64 for which the operation is defined.
 */
public final class HostOperations {
    private HostOperations() {}

    /** The titles of the operations, in order. */
    public static List<String> of(Device device) {
        SortedSet<String> titles = new TreeSet<>();
        for (Sample sample : OpSamples.all()) {
            for (DType dtype : List.of(DType.F32, DType.C64, DType.I64)) {
                Case c = new Case(sample, dtype, Layout.CONTIGUOUS, device);
                if (c.isHeld() && c.isDefined()) {
                    if (!(c.op() instanceof Move) && DeviceReport.goesByHost(c.op(), c.specs())) {
                        titles.add(c.op().title());
                    }
                    break;
                }
            }
        }
        return new ArrayList<>(titles);
    }
}
