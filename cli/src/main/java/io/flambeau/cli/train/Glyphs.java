package io.flambeau.cli.train;

import java.util.ArrayList;
import java.util.List;

/** The ten digits as strokes: straight pieces in the unit square, y down. */
final class Glyphs {
    private static final int ARC = 10;

    private Glyphs() {}

    /** Pieces of a digit, each {x0, y0, x1, y1}; a few digits have a second form. */
    static double[][] strokes(int digit, boolean second) {
        Pen pen = new Pen();
        switch (digit) {
            case 0 -> pen.arc(0.5, 0.5, 0.28, 0.42, 0, 360);
            case 1 -> {
                if (second) {
                    pen.line(0.5, 0.08, 0.5, 0.92);
                } else {
                    pen.line(0.32, 0.25, 0.55, 0.08).line(0.55, 0.08, 0.55, 0.92);
                }
            }
            case 2 ->
                pen.arc(0.5, 0.32, 0.27, 0.24, 190, 380)
                        .line(0.754, 0.4, 0.22, 0.92)
                        .line(0.22, 0.92, 0.8, 0.92);
            case 3 -> pen.arc(0.47, 0.29, 0.26, 0.21, 200, 450).arc(0.47, 0.71, 0.29, 0.22, 270, 520);
            case 4 -> {
                if (second) {
                    pen.line(0.28, 0.1, 0.24, 0.55).line(0.24, 0.55, 0.78, 0.55).line(0.7, 0.1, 0.66, 0.92);
                } else {
                    pen.line(0.62, 0.08, 0.2, 0.62).line(0.2, 0.62, 0.82, 0.62).line(0.62, 0.08, 0.62, 0.92);
                }
            }
            case 5 ->
                pen.line(0.74, 0.08, 0.3, 0.08).line(0.3, 0.08, 0.27, 0.45).arc(0.48, 0.66, 0.28, 0.26, 230, 510);
            case 6 ->
                pen.arc(0.5, 0.68, 0.25, 0.24, 0, 360)
                        .line(0.26, 0.62, 0.36, 0.3)
                        .line(0.36, 0.3, 0.62, 0.07);
            case 7 -> {
                pen.line(0.22, 0.08, 0.78, 0.08).line(0.78, 0.08, 0.42, 0.92);
                if (second) {
                    pen.line(0.4, 0.5, 0.74, 0.5);
                }
            }
            case 8 -> pen.arc(0.5, 0.29, 0.22, 0.2, 0, 360).arc(0.5, 0.7, 0.27, 0.22, 0, 360);
            default -> pen.arc(0.5, 0.32, 0.25, 0.24, 0, 360).line(0.75, 0.34, 0.64, 0.92);
        }
        return pen.pieces.toArray(double[][]::new);
    }

    /** Collects straight pieces; arcs are cut into them. */
    private static final class Pen {
        private final List<double[]> pieces = new ArrayList<>();

        Pen line(double x0, double y0, double x1, double y1) {
            pieces.add(new double[] {x0, y0, x1, y1});
            return this;
        }

        /** Part of an ellipse from one angle to another, in degrees clockwise from the right. */
        Pen arc(double x, double y, double rx, double ry, double from, double to) {
            for (int i = 0; i < ARC; i++) {
                double a = Math.toRadians(from + (to - from) * i / ARC);
                double b = Math.toRadians(from + (to - from) * (i + 1) / ARC);
                line(
                        x + rx * StrictMath.cos(a),
                        y + ry * StrictMath.sin(a),
                        x + rx * StrictMath.cos(b),
                        y + ry * StrictMath.sin(b));
            }
            return this;
        }
    }
}
