package io.flambeau.optim;

import io.flambeau.tensor.Tensor;
import java.util.function.DoubleFunction;

/**
 * A search along a line for a step that lowers the value enough and flattens the slope enough: the strong Wolfe
 * conditions (Nocedal and Wright, <em>Numerical optimization</em>, 2006, algorithms 3.5 and 3.6), with the constants that
 * PyTorch has.
 */
final class StrongWolfe {
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;

    /**
     * A point on the line.
     *
     * @param step how far from the start
     * @param slope of the value along the line
     */
    record Point(double step, double value, Tensor gradient, double slope) {}

    private final DoubleFunction<Point> function;
    private final double length;
    private final double tolerance;
    private final Point start;
    private int left;

    /**
     * @param start where the search begins
     * @param length the greatest element of the direction
     * @param tolerance below which a move is too small to go on
     */
    StrongWolfe(DoubleFunction<Point> function, Point start, double length, double tolerance) {
        this.function = function;
        this.start = start;
        this.length = length;
        this.tolerance = tolerance;
    }

    /**
     * The point found.
     *
     * @param step the first one tried
     * @param evaluations how many more there may be
     */
    Point search(double step, int evaluations) {
        left = evaluations;
        Point before = start;
        Point now = function.apply(step);
        for (int i = 0; left > 0; i++) {
            if (tooHigh(now) || i > 1 && now.value >= before.value || now.slope >= 0 && !flat(now)) {
                return zoom(before, now);
            }
            if (flat(now)) {
                return now;
            }
            double next = cubic(before, now, now.step + 0.01 * (now.step - before.step), now.step * 10);
            before = now;
            now = evaluate(next);
        }
        return zoom(start, now);
    }

    private Point evaluate(double step) {
        left--;
        return function.apply(step);
    }

    private boolean tooHigh(Point p) {
        return p.value > start.value + DECREASE * p.step * start.slope;
    }

    private boolean flat(Point p) {
        return Math.abs(p.slope) <= -CURVATURE * start.slope;
    }

    /** Narrows two points around a good one. */
    private Point zoom(Point first, Point second) {
        Point low = first.value <= second.value ? first : second;
        Point high = low == first ? second : first;
        boolean stuck = false;
        while (left > 0 && Math.abs(high.step - low.step) * length >= tolerance) {
            double least = Math.min(low.step, high.step);
            double most = Math.max(low.step, high.step);
            double step = cubic(low, high, least, most);
            double margin = 0.1 * (most - least);
            boolean near = Math.min(most - step, step - least) < margin;
            if (near && (stuck || step >= most || step <= least)) {
                step = Math.abs(step - most) < Math.abs(step - least) ? most - margin : least + margin;
                near = false;
            }
            stuck = near;
            Point now = evaluate(step);
            if (tooHigh(now) || now.value >= low.value) {
                high = now;
                if (high.value < low.value) {
                    Point swap = low;
                    low = high;
                    high = swap;
                }
                continue;
            }
            if (flat(now)) {
                return now;
            }
            if (now.slope * (high.step - low.step) >= 0) {
                high = low;
            }
            low = now;
        }
        return low;
    }

    /** The minimum of the cubic through two points with their slopes, kept within bounds. */
    private static double cubic(Point a, Point b, double least, double most) {
        double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
        double square = d1 * d1 - a.slope * b.slope;
        if (!(square >= 0)) {
            return (least + most) / 2;
        }
        double root = Math.sqrt(square);
        double minimum = a.step <= b.step
                ? b.step - (b.step - a.step) * ((b.slope + root - d1) / (b.slope - a.slope + 2 * root))
                : a.step - (a.step - b.step) * ((a.slope + root - d1) / (a.slope - b.slope + 2 * root));
        return Math.min(Math.max(minimum, least), most);
    }
}
