package io.flambeau.optim.schedule;

import java.util.List;

/** Schedules that step together, each from the rate that the one before left. */
public final class ChainedScheduler {
    private final List<LrScheduler> schedules;

    public ChainedScheduler(LrScheduler... schedules) {
        this.schedules = List.of(schedules);
    }

    /** Steps every schedule in order. */
    public void step() {
        schedules.forEach(LrScheduler::step);
    }

    public double[] lastLr() {
        return schedules.getLast().lastLr();
    }
}
