package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Tensors;

/** What holds for the whole process. */
final class SettingsCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Settings",
            entry("get_num_threads()", "Tensors.threads()", a -> (long) Tensors.threads()),
            entry("set_num_threads(int)", "Tensors.setThreads(count)", a -> {
                Tensors.setThreads(count(a.integer("int")));
                return null;
            }),
            entry("get_default_dtype()", "Tensors.defaultDtype()", a -> Tensors.defaultDtype()),
            entry("set_default_dtype(d)", "Tensors.setDefaultDtype(dtype)", a -> {
                Tensors.setDefaultDtype(a.dtype("d"));
                return null;
            }),
            entry("get_default_device()", "Tensors.defaultDevice()", a -> Tensors.defaultDevice()),
            entry("set_default_device(device)", "Tensors.setDefaultDevice(device)", a -> {
                Tensors.setDefaultDevice(Device.of(a.text("device")));
                return null;
            }));

    private SettingsCatalog() {}

    private static int count(long value) {
        if (value != (int) value) {
            throw new ArgumentException("set_num_threads", "the number of threads is " + value, Fault.BAD_ARGUMENT);
        }
        return (int) value;
    }
}
