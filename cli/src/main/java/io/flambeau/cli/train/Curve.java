package io.flambeau.cli.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** The learning curve as a picture: training loss on the left scale, test accuracy on the right one. */
final class Curve {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 70;
    private static final Color LOSS = new Color(0xC0392B);
    private static final Color ACCURACY = new Color(0x2471A3);
    private static final Color GRID = new Color(0xDDDDDD);

    private Curve() {}

    /** A point of a line: x in epochs. */
    record Point(double x, double y) {}

    static BufferedImage draw(List<Point> loss, List<Point> accuracy) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        double right = Math.max(1e-9, greatest(loss, accuracy));
        double top = Math.max(1e-9, loss.stream().mapToDouble(Point::y).max().orElse(1));
        double low = Math.min(0.9, accuracy.stream().mapToDouble(Point::y).min().orElse(0));
        for (int i = 0; i <= 5; i++) {
            double y = HEIGHT - MARGIN - i * (HEIGHT - 2.0 * MARGIN) / 5;
            g.setColor(GRID);
            g.draw(new Line2D.Double(MARGIN, y, WIDTH - MARGIN, y));
            text(g, LOSS, 12, y - 5, String.format(Locale.ROOT, "%.3f", top * i / 5));
            text(g, ACCURACY, WIDTH - MARGIN + 8, y - 5, String.format(Locale.ROOT, "%.3f", low + (1 - low) * i / 5));
        }
        for (int epoch = 0; epoch <= Math.ceil(right - 1e-9); epoch++) {
            double x = MARGIN + Math.min(epoch / right, 1) * (WIDTH - 2.0 * MARGIN);
            if (epoch <= right + 1e-9) {
                text(g, Color.DARK_GRAY, x - 4, HEIGHT - MARGIN + 12, Integer.toString(epoch));
            }
        }
        line(g, LOSS, loss, right, 0, top);
        line(g, ACCURACY, accuracy, right, low, 1);
        text(g, LOSS, MARGIN, 28, "LOSS");
        text(g, ACCURACY, WIDTH - MARGIN - 72, 28, "ACCURACY");
        text(g, Color.DARK_GRAY, WIDTH / 2.0 - 20, HEIGHT - 34, "EPOCH");
        g.dispose();
        return image;
    }

    private static double greatest(List<Point> a, List<Point> b) {
        return Math.max(
                a.stream().mapToDouble(Point::x).max().orElse(0),
                b.stream().mapToDouble(Point::x).max().orElse(0));
    }

    private static void line(Graphics2D g, Color color, List<Point> points, double right, double low, double high) {
        if (points.isEmpty()) {
            return;
        }
        g.setColor(color);
        g.setStroke(new BasicStroke(2));
        Path2D path = new Path2D.Double();
        boolean started = false;
        for (Point p : points) {
            double x = MARGIN + p.x / right * (WIDTH - 2.0 * MARGIN);
            double y = HEIGHT - MARGIN - (p.y - low) / (high - low) * (HEIGHT - 2.0 * MARGIN);
            if (started) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
                started = true;
            }
        }
        g.draw(path);
        g.setStroke(new BasicStroke(1));
    }

    private static void text(Graphics2D g, Color color, double x, double y, String text) {
        g.setColor(color);
        BlockFont.draw(text, (column, row) -> g.fillRect((int) x + column, (int) y + row, 1, 1));
    }
}
