package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One device at work: its compiled kernels, its scratch memory, and the faults that its kernels found.
 *
 * <p>Note [Faults on a device]: a kernel that meets an index out of range, or an integer divisor of 0, leaves that element
 * alone and writes the value, with the ticket of its launch, to the device's status, unless one is there already. The
 * next download or synchronisation reads the status, if a kernel that can fail was launched since the last, and throws
 * what the ticket stands for.
 */
final class Station {
    /** What a ticket stands for: throws the exception for the value that was wrong. */
    @FunctionalInterface
    interface Complaint {
        void about(long value);
    }

    private static final int TICKETS = 1 << 16;
    private static final int STATUS_BYTES = 64;
    private static final int LEAST_SCRATCH = 1 << 20;
    private static final int GROUPS_PER_UNIT = 16;

    final int device;
    final DeviceInfo info;
    final Functions functions = new Functions();
    private final Driver driver;
    private final List<String> defines;
    private final Map<Bundle, AtomicReferenceArray<Program.@Nullable Kernel>> kernels = new EnumMap<>(Bundle.class);
    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private final Memory status;
    private final Map<Integer, Complaint> recorded = new ConcurrentHashMap<>();
    private @Nullable Slab scratch;
    private volatile @Nullable Tape tape;
    private int lastRecorded = TICKETS;
    private boolean replayed;

    Station(Driver driver, int device) {
        this.driver = driver;
        this.device = device;
        info = driver.info(device);
        defines = info.doubles()
                ? List.of("LOCAL_SIZE=" + info.local(), "DOUBLES=1")
                : List.of("LOCAL_SIZE=" + info.local());
        for (Bundle bundle : Bundle.values()) {
            kernels.put(bundle, new AtomicReferenceArray<>(bundle.names.length * Kind.values().length));
        }
        status = (Memory) take(STATUS_BYTES).handle();
        driver.upload(MemorySegment.ofArray(new byte[STATUS_BYTES]), status, 0);
    }

    Slab take(long bytes) {
        Slab slab = driver.allocate(device, bytes);
        if (slab == null) {
            throw new OutOfDeviceMemoryException(
                    "allocate",
                    bytes + " bytes of scratch memory are not to be had on " + info.title()
                            + "; free tensors sooner with a scope, or use smaller batches",
                    Fault.OUT_OF_MEMORY);
        }
        return slab;
    }

    /** At least so many bytes for the launches that follow until the next call; their contents are not kept. */
    synchronized Memory scratch(long bytes) {
        Tape own = tape();
        if (own != null) {
            return own.scratch(bytes);
        }
        Slab slab = scratch;
        if (slab == null || slab.bytes() < bytes) {
            Slab larger = take(scratchBytes(bytes));
            if (slab != null) {
                driver.free(slab);
            }
            scratch = larger;
            slab = larger;
        }
        return (Memory) slab.handle();
    }

    /** Scratch memory that begins with these bytes. */
    synchronized Memory scratch(MemorySegment content) {
        Tape own = tape();
        if (own != null) {
            return own.constant(content);
        }
        Memory memory = scratch(content.byteSize());
        driver.upload(content, memory, 0);
        return memory;
    }

    static long scratchBytes(long bytes) {
        return Math.max(LEAST_SCRATCH, Long.highestOneBit(bytes - 1) << 1);
    }

    /** What captures this thread's work, or null. */
    private @Nullable Tape tape() {
        Tape running = tape;
        return running != null && running.isMine() ? running : null;
    }

    /** Sets what captures the work of the thread that made it; null when it ends. */
    void tape(@Nullable Tape running) {
        tape = running;
    }

    /** Refuses what cannot be captured. */
    void requireNoCapture(String operation, String why) {
        if (tape() != null) {
            throw new DeviceException(
                    operation,
                    "work of " + info.title() + " is being captured, and " + why
                            + "; do it before the capture or after it",
                    Fault.NOT_CAPTURABLE);
        }
    }

    /** Notes that captured kernels which can fail were queued. */
    void replayed() {
        synchronized (complaints) {
            replayed = true;
        }
    }

    /** Forgets what captured tickets stand for. */
    void forget(List<Integer> tickets) {
        tickets.forEach(recorded::remove);
    }

    boolean isFlat() {
        return driver.isFlat();
    }

    /** Copies elements, however they lie. */
    void copy(View x, View out) {
        long count = x.shape().count();
        if (count == 0) {
            return;
        }
        Memory from = (Memory) x.storage().slab().handle();
        Memory to = (Memory) out.storage().slab().handle();
        if (x.isContiguous() && out.isContiguous() && from != to) {
            int bytes = x.dtype().bytes();
            driver.copy(from, Nest.offset(x) * bytes, to, Nest.offset(out) * bytes, count * bytes);
            return;
        }
        Program.Kernel kernel = raw(0, x.dtype());
        Nest nest = Nest.of(x, out);
        do {
            launch(kernel, nest.count(), nest.to(Arguments.begin().buffer(from).buffer(to)));
        } while (nest.next());
    }

    /** The kernel of a family that moves elements, for the size of the dtype's. */
    Program.Kernel raw(int family, DType dtype) {
        return kernel(Bundle.RAW, Kind.RAW, 5 * family + Integer.numberOfTrailingZeros(dtype.bytes()));
    }

    /** A kernel of a bundle; compiled at the first call. */
    Program.Kernel kernel(Bundle bundle, Kind kind, int index) {
        AtomicReferenceArray<Program.@Nullable Kernel> table = Objects.requireNonNull(kernels.get(bundle));
        int at = kind.ordinal() * bundle.names.length + index;
        Program.Kernel kernel = table.getAcquire(at);
        if (kernel == null) {
            kernel = program(bundle.name().toLowerCase(Locale.ROOT), kind, bundle.source())
                    .kernel(bundle.names[index]);
            table.setRelease(at, kernel);
        }
        return kernel;
    }

    /** A program compiled for a kind; title and kind name it. */
    Program program(String title, Kind kind, String source) {
        return programs.computeIfAbsent(title + " for " + kind, name -> {
            List<String> all = new ArrayList<>(defines);
            all.add("KIND=" + kind.ordinal());
            return driver.build(device, name, source, all);
        });
    }

    /** Queues a kernel of so many work-items, or fewer that do more. */
    void launch(Program.Kernel kernel, long items, Arguments arguments) {
        groups(kernel, (items + info.local() - 1) / info.local(), info.local(), arguments);
    }

    /** Queues a kernel of so many groups, or fewer that do more. */
    void groups(Program.Kernel kernel, long groups, int local, Arguments arguments) {
        int most = info.units() * GROUPS_PER_UNIT;
        driver.launch(device, kernel, Math.clamp(groups, 1, most), local, arguments);
    }

    /** Adds the status and a ticket for the complaint to the arguments of a kernel that can fail; null if it cannot. */
    Arguments failing(Arguments arguments, @Nullable Complaint complaint) {
        if (complaint == null) {
            return arguments.buffer(status).i64(0);
        }
        int ticket;
        synchronized (complaints) {
            Tape own = tape();
            if (own != null) {
                ticket = ++lastRecorded;
                recorded.put(ticket, complaint);
                own.noted(ticket);
                return arguments.buffer(status).i64(ticket);
            }
            if (complaints.size() == TICKETS) {
                check();
            }
            ticket = complaints.size();
            complaints.add(complaint);
        }
        return arguments.buffer(status).i64(ticket);
    }

    /** Copies to the host and waits; then throws what a kernel complained of, if one did. */
    void download(Memory from, long offset, MemorySegment to) {
        requireNoCapture("download", "a value is there only after a replay");
        synchronized (complaints) {
            if (!complaints.isEmpty() || replayed) {
                long[] found = new long[3];
                driver.download(from, offset, to, status, MemorySegment.ofArray(found));
                settle(found);
                return;
            }
        }
        driver.download(from, offset, to);
    }

    /** Throws what a kernel complained of, once; waits for the work queued so far if something could have failed. */
    void check() {
        synchronized (complaints) {
            if (!complaints.isEmpty() || replayed) {
                long[] found = new long[3];
                driver.download(status, 0, MemorySegment.ofArray(found));
                settle(found);
            }
        }
    }

    private void settle(long[] found) {
        replayed = false;
        if ((int) found[0] == 0) {
            complaints.clear();
            return;
        }
        driver.upload(MemorySegment.ofArray(new byte[STATUS_BYTES]), status, 0);
        int ticket = (int) found[1];
        Complaint complaint = ticket >= 0 && ticket < complaints.size() ? complaints.get(ticket) : recorded.get(ticket);
        complaints.clear();
        if (complaint != null) {
            complaint.about(found[2]);
        }
        throw new DeviceException(
                "launch",
                "a kernel of " + info.title() + " wrote where it should not; report this",
                Fault.BACKEND_FAILED);
    }
}
