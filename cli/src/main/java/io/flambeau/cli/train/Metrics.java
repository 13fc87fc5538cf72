package io.flambeau.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** What a run measured, epoch by epoch: kept in checkpoints, written as a table and as a picture. */
final class Metrics {
    /** One epoch. */
    record Row(long epoch, double loss, double accuracy, double testLoss, double testAccuracy, double lr) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Curve.Point> losses = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    /** Notes the mean loss of some steps, at a place in epochs. */
    void loss(double epoch, double loss) {
        losses.add(new Curve.Point(epoch, loss));
    }

    Row last() {
        return rows.getLast();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows as lines with a header. */
    String csv() {
        StringBuilder text = new StringBuilder("epoch,loss,accuracy,test_loss,test_accuracy,lr\n");
        for (Row r : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.6f,%.6f,%.6f,%.6f,%.8f%n",
                    r.epoch,
                    r.loss,
                    r.accuracy,
                    r.testLoss,
                    r.testAccuracy,
                    r.lr));
        }
        return text.toString();
    }

    /** The rows for people. */
    String table() {
        StringBuilder text = new StringBuilder("epoch      loss  accuracy  test loss  test accuracy\n");
        for (Row r : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%5d  %8.4f  %8.4f  %9.4f  %13.4f%n",
                    r.epoch,
                    r.loss,
                    r.accuracy,
                    r.testLoss,
                    r.testAccuracy));
        }
        return text.toString();
    }

    /** Writes metrics.csv and learning-curve.png. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("metrics.csv"), csv());
        List<Curve.Point> accuracy =
                rows.stream().map(r -> new Curve.Point(r.epoch, r.testAccuracy)).toList();
        ImageIO.write(
                Curve.draw(losses, accuracy),
                "png",
                folder.resolve("learning-curve.png").toFile());
    }

    /** Lists that go into a checkpoint. */
    Map<String, Object> state() {
        List<Object> savedRows = new ArrayList<>();
        for (Row r : rows) {
            savedRows.add(List.of((double) r.epoch, r.loss, r.accuracy, r.testLoss, r.testAccuracy, r.lr));
        }
        List<Object> points = new ArrayList<>();
        for (Curve.Point p : losses) {
            points.add(List.of(p.x(), p.y()));
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("rows", savedRows);
        state.put("losses", points);
        return state;
    }

    void load(Map<?, ?> state) {
        for (Object row : (List<?>) state.get("rows")) {
            List<?> r = (List<?>) row;
            add(new Row((long) at(r, 0), at(r, 1), at(r, 2), at(r, 3), at(r, 4), at(r, 5)));
        }
        for (Object point : (List<?>) state.get("losses")) {
            loss(at((List<?>) point, 0), at((List<?>) point, 1));
        }
    }

    private static double at(List<?> values, int index) {
        return ((Number) values.get(index)).doubleValue();
    }
}
