package io.flambeau.backend.clike;

import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Replay;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture of a device's work, with what its kernels need beside tensors as long as they are replayed: scratch memory
 * that nobody else uses or replaces, tables that were filled once, and what their faults stand for.
 */
final class Tape implements Capture {
    private final Station station;
    private final Driver driver;
    private final Capture work;
    private final Thread thread = Thread.currentThread();
    private final List<Slab> memory = new ArrayList<>();
    private final List<Integer> tickets = new ArrayList<>();
    private long scratch;

    Tape(Station station, Driver driver, Capture work) {
        this.station = station;
        this.driver = driver;
        this.work = work;
    }

    /** Whether this thread's work is captured. */
    boolean isMine() {
        return thread == Thread.currentThread();
    }

    /** At least so many bytes, which any launch of the capture may overwrite. */
    Memory scratch(long bytes) {
        if (scratch < bytes) {
            scratch = Station.scratchBytes(bytes);
            memory.addFirst(station.take(scratch));
        }
        return (Memory) memory.getFirst().handle();
    }

    /** Memory with these bytes, which stays as it is. */
    Memory constant(MemorySegment content) {
        Slab slab = station.take(content.byteSize());
        memory.addLast(slab);
        driver.upload(content, (Memory) slab.handle(), 0);
        return (Memory) slab.handle();
    }

    void noted(int ticket) {
        tickets.add(ticket);
    }

    @Override
    public Replay end() {
        station.tape(null);
        Replay replay;
        try {
            replay = work.end();
        } catch (RuntimeException | Error e) {
            free();
            throw e;
        }
        return new Replay() {
            @Override
            public void queue() {
                replay.queue();
                if (!tickets.isEmpty()) {
                    station.replayed();
                }
            }

            @Override
            public void close() {
                replay.close();
                free();
            }
        };
    }

    @Override
    public void abandon() {
        station.tape(null);
        work.abandon();
        free();
    }

    private void free() {
        memory.forEach(driver::free);
        memory.clear();
        station.forget(tickets);
    }
}
