package io.flambeau.cli.bench;

import java.util.List;
import java.util.function.Supplier;

/** The tables that can be asked for. */
public enum Group {
    TRAIN("training steps", () -> Training.ALL, Turns::together),
    OPS("operations", Operations::all, Turns::together),
    OVERHEAD("overhead of an operation", () -> Overhead.ALL, Turns::together),
    MEMORY("peak memory of a process that trains", () -> Training.FIVE, Turns::memory),
    STARTUP("from process start to the first trained batch", () -> List.of(Training.MLP, Training.CNN), Turns::startup),
    SCALING("training steps by number of threads", () -> Training.FIVE, Turns::scaling),
    DEVICE("on an accelerator", () -> Large.ALL, Turns::together),
    TF32("on an accelerator, in TF32", () -> Large.TF32, Turns::inTf32);

    /** How a case becomes rows. */
    private interface Way {
        List<Row> rows(Turns turns, String group, Case work);
    }

    private final String title;
    private final Supplier<List<Case>> cases;
    private final Way way;

    Group(String title, Supplier<List<Case>> cases, Way way) {
        this.title = title;
        this.cases = cases;
        this.way = way;
    }

    /** Whether it is for what a processor would take too long to do. */
    public boolean isForAccelerators() {
        return this == DEVICE || this == TF32;
    }

    String title() {
        return title;
    }

    /** What its rows are called. */
    public List<String> names() {
        return cases().stream().map(Case::name).toList();
    }

    List<Case> cases() {
        return cases.get();
    }

    List<Row> rows(Turns turns, Case work) {
        return way.rows(turns, title, work);
    }
}
