package io.flambeau.backend.opencl;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.CLikeBackend;
import io.flambeau.backend.clike.DeviceInfo;
import io.flambeau.backend.clike.Driver;
import io.flambeau.backend.clike.Memory;
import io.flambeau.backend.clike.Program;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The OpenCL backend as {@code counted}, on a driver that counts what a step should not do often. */
public final class CountedProvider implements BackendProvider {
    /** Blocks of memory that were taken. */
    static int allocations;
    /** Waits for work that was queued. */
    static int waits;
    /** Kernels that were queued. */
    static int launches;

    @Override
    public String name() {
        return "counted";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Probe probe() {
        return new OpenClProvider().probe();
    }

    @Override
    public Backend open() {
        return new CLikeBackend(new Counting(new OpenClDriver(Platforms.devices())));
    }

    private static final class Counting implements Driver {
        private final Driver driver;
        private boolean busy;

        Counting(Driver driver) {
            this.driver = driver;
        }

        private void waited() {
            waits += busy ? 1 : 0;
            busy = false;
        }

        @Override
        public int devices() {
            return driver.devices();
        }

        @Override
        public DeviceInfo info(int device) {
            return driver.info(device);
        }

        @Override
        public @Nullable Slab allocate(int device, long bytes) {
            allocations++;
            return driver.allocate(device, bytes);
        }

        @Override
        public void free(Slab slab) {
            driver.free(slab);
        }

        @Override
        public void upload(MemorySegment from, Memory to, long offset) {
            driver.upload(from, to, offset);
        }

        @Override
        public void download(Memory from, long offset, MemorySegment to) {
            waited();
            driver.download(from, offset, to);
        }

        @Override
        public void copy(Memory from, long fromOffset, Memory to, long toOffset, long bytes) {
            driver.copy(from, fromOffset, to, toOffset, bytes);
        }

        @Override
        public void synchronize(int device) {
            waited();
            driver.synchronize(device);
        }

        @Override
        public Program build(int device, String title, String source, List<String> defines) {
            return driver.build(device, title, source, defines);
        }

        @Override
        public void launch(int device, Program.Kernel kernel, int groups, int local, Arguments arguments) {
            busy = true;
            launches++;
            driver.launch(device, kernel, groups, local, arguments);
        }
    }
}
