package io.flambeau.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheMiddleWhateverTheOrder() {
        double[] values = {9, 1, 5};
        assertThat(Statistics.median(values)).isEqualTo(5);
        assertThat(values).containsExactly(9, 1, 5);
        assertThat(Statistics.median(4, 3)).isEqualTo(4);
    }

    @Test
    void meansAreOfAllValues() {
        assertThat(Statistics.mean(1, 2, 6)).isEqualTo(3);
        assertThat(Statistics.geometricMean(2, 8)).isCloseTo(4, within(1e-12));
        assertThat(Statistics.geometricMean()).isNaN();
    }

    @Test
    void theShareIsOfTheNearerLimit() {
        Limits limits = new Limits(100, 10);
        assertThat(limits.share(new Case("c", 50, 0, 1, () -> null), 1)).isEqualTo(0.5);
        assertThat(limits.share(new Case("c", 50, 8, 1, () -> null), 1)).isEqualTo(0.8);
        assertThat(limits.share(Case.small("c", 3, () -> null), 1)).isZero();
    }
}
