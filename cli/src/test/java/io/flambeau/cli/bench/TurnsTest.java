package io.flambeau.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flambeau.tensor.Device;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Case WORK = Case.small("nothing", 1, () -> _ -> {});
    private static final Plan PLAN = new Plan(List.of(), "", "none", false, 1e-6, Device.CPU, 2, Path.of("none"));

    /** A side that takes so many seconds each time, or does not know the work. */
    private record Fixed(String title, Optional<String> how, double seconds) implements Side {
        @Override
        public Optional<String> warm(Case work, double time) {
            return how;
        }

        @Override
        public double[] run(Case work, int count) {
            double[] all = new double[count];
            Arrays.fill(all, seconds);
            return all;
        }

        @Override
        public long peak() {
            return 0;
        }

        @Override
        public void close() {}

        private Rival rival() {
            return new Rival(title, _ -> Optional.of(this), "");
        }
    }

    private static Row row(Fixed... sides) {
        Map<Rival, Side> rivals = new LinkedHashMap<>();
        for (Fixed side : sides) {
            rivals.put(side.rival(), side);
        }
        try (Local ours = new Local(Flambeau.INSTANCE)) {
            return new Turns(PLAN, Limits.UNKNOWN, ours, rivals)
                    .together("g", WORK)
                    .getFirst();
        }
    }

    @Test
    void theFasterWayCountsAndIsNamed() {
        Row row = row(new Fixed("slow", Optional.of("eager"), 4), new Fixed("fast", Optional.of(""), 3));
        assertThat(row.best()).isEqualTo(3);
        assertThat(row.ratio()).isEqualTo(3 / row.ours());
        assertThat(Report.text(row)).endsWith("fast; slow, eager 4.00 s");
    }

    @Test
    void whoDoesNotKnowTheWorkIsLeftOut() {
        Row row = row(new Fixed("ignorant", Optional.empty(), 1), new Fixed("other", Optional.of("eager"), 2));
        assertThat(row.theirs()).containsExactly(Map.entry("other, eager", 2.0));
        assertThat(row(new Fixed("ignorant", Optional.empty(), 1)).isCompared()).isFalse();
    }
}
