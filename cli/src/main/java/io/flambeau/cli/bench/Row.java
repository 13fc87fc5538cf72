package io.flambeau.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One measured row.
 *
 * @param group the kind of work
 * @param name the case
 * @param unit what the figures count
 * @param ours our figure
 * @param theirs PyTorch's, by the way that it was measured
 * @param share the part of the machine's limit that we reach, or 0
 * @param allocated the bytes of Java's heap that one time took, or -1
 */
record Row(
        String group, String name, Unit unit, double ours, Map<String, Double> theirs, double share, long allocated) {
    /** What is measured; of either less is better. */
    enum Unit {
        SECONDS {
            @Override
            String text(double value) {
                if (value < 1e-6) {
                    return text(value * 1e9, "ns");
                }
                if (value < 1e-3) {
                    return text(value * 1e6, "us");
                }
                return value < 1 ? text(value * 1e3, "ms") : text(value, "s");
            }
        },
        BYTES {
            @Override
            String text(double value) {
                return text(value / 1e6, "MB");
            }
        };

        /** The figure with three digits or more. */
        abstract String text(double value);

        static String text(double value, String unit) {
            int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
            return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit);
        }
    }

    boolean isCompared() {
        return !theirs.isEmpty();
    }

    /** The ways PyTorch was measured, the best first. */
    List<Map.Entry<String, Double>> ways() {
        return theirs.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    }

    /** PyTorch's best figure, of a row that is compared. */
    double best() {
        return ways().getFirst().getValue();
    }

    /** PyTorch's best figure divided by ours: above 1 where we need less. */
    double ratio() {
        return best() / ours;
    }
}
