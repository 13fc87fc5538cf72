package io.flambeau.backend.cuda;

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
import java.util.Map;
import java.util.TreeMap;

/** A device that computes nothing and remembers which programs were asked for. */
public final class RecordingProvider implements BackendProvider {
    static final String NAME = "recording";

    /** A program as a driver is given it. */
    record Source(String text, List<String> defines) {}

    /** What was asked for, by its title. */
    static final Map<String, Source> PROGRAMS = new TreeMap<>();

    private record NoMemory(int device, long pointer) implements Memory {}

    private record NoKernel() implements Program.Kernel {}

    private static final class Recorder implements Driver {
        @Override
        public int devices() {
            return 1;
        }

        @Override
        public DeviceInfo info(int device) {
            return new DeviceInfo(NAME, 1L << 30, true, 256, 1);
        }

        @Override
        public Slab allocate(int device, long bytes) {
            return new Slab(new NoMemory(0, 0), 0, bytes);
        }

        @Override
        public void free(Slab slab) {}

        @Override
        public void upload(MemorySegment from, Memory to, long offset) {}

        @Override
        public void download(Memory from, long offset, MemorySegment to) {
            to.fill((byte) 0);
        }

        @Override
        public void copy(Memory from, long fromOffset, Memory to, long toOffset, long bytes) {}

        @Override
        public void synchronize(int device) {}

        @Override
        public Program build(int device, String title, String source, List<String> defines) {
            PROGRAMS.put(title, new Source(source, defines));
            return name -> new NoKernel();
        }

        @Override
        public void launch(int device, Program.Kernel kernel, int groups, int local, Arguments arguments) {}
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("a device that computes nothing"));
    }

    @Override
    public Backend open() {
        return new CLikeBackend(new Recorder());
    }
}
