package io.flambeau.cli.bench;

import java.util.Arrays;

/** What is made of many measurements. */
final class Statistics {
    private Statistics() {}

    /** The middle value; of an even number, the upper one of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The arithmetic mean, NaN of no values. */
    static double mean(double... values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The geometric mean, NaN of no values. */
    static double geometricMean(double... values) {
        return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
    }
}
