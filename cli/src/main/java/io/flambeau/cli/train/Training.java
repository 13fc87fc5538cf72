package io.flambeau.cli.train;

import io.flambeau.data.Batch;
import io.flambeau.data.BatchIterator;
import io.flambeau.data.DataLoader;
import io.flambeau.io.Checkpoint;
import io.flambeau.io.Safetensors;
import io.flambeau.nn.F;
import io.flambeau.optim.Adam;
import io.flambeau.optim.schedule.OneCycleLr;
import io.flambeau.tensor.Generator;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run of the main job: model, optimizer, schedule and loader, and what is needed to go on as if never stopped.
 *
 * <p>Everything random comes from the seed, and the checkpoint holds every position: two runs of one seed are equal bit
 * for bit, and so are a run and one that was stopped and resumed.
 */
public final class Training {
    private static final int TEST_BATCH = 500;
    private static final int CURVE_POINTS = 50;

    private final Settings settings;
    private final PrintStream out;
    private final Digits digits;
    private final DigitsNet model;
    private final Adam optimizer;
    private final OneCycleLr schedule;
    private final DataLoader<Tensor[], Batch> loader;
    private final Metrics metrics = new Metrics();
    private final int stepsPerEpoch;
    private int epoch;
    private int step;
    /** The sums of the epoch under way, and the losses since the curve's last point. */
    private List<?> sums = List.of();

    private double recent;

    public Training(Settings settings, PrintStream out) {
        this(settings, settings.data() == null ? Digits.drawn() : Digits.idx(settings.data()), out);
    }

    Training(Settings settings, Digits digits, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.digits = digits;
        Tensors.manualSeed(settings.seed());
        this.model = new DigitsNet();
        this.optimizer = new Adam(model.parameters(), Adam.options().lr(settings.lr()));
        this.loader = DataLoader.of(
                digits.train(),
                DataLoader.options()
                        .batchSize(settings.batch())
                        .shuffle(true)
                        .dropLast(true)
                        .workers(settings.workers())
                        .seed(settings.seed()));
        this.stepsPerEpoch = loader.size();
        if (stepsPerEpoch == 0) {
            throw Digits.refusal(
                    "--batch",
                    settings.batch() + " is more than the " + digits.train().size() + " training pictures");
        }
        this.schedule = new OneCycleLr(
                optimizer,
                OneCycleLr.options(settings.lr(), settings.epochs() * stepsPerEpoch + 1)
                        .cycleMomentum(false));
        if (settings.resume() != null) {
            load(settings.resume());
        }
    }

    /**
     * Trains, tests and writes the run's files.
     *
     * @return whether the run came to its end; false if it was asked to stop before
     */
    public boolean run() throws IOException {
        Files.createDirectories(settings.folder());
        long parameters = model.parameters().stream().mapToLong(Tensor::count).sum();
        out.println(
                "training on " + digits.name() + ", testing on " + digits.test().size() + " others; " + parameters
                        + " parameters on " + Tensors.defaultDevice() + ", seed " + settings.seed());
        while (epoch < settings.epochs()) {
            if (!trainEpoch()) {
                save();
                out.println("stopped after step " + step + "; go on with --resume " + checkpoint());
                return false;
            }
            metrics.write(settings.folder());
            save();
        }
        Safetensors.save(settings.folder().resolve("model.safetensors"), model.stateDict());
        out.println();
        out.print(metrics.table());
        out.println("files: " + settings.folder() + " (model.safetensors, metrics.csv, learning-curve.png)");
        out.println(
                String.format(Locale.ROOT, "test accuracy %.4f", metrics.last().testAccuracy()));
        return true;
    }

    private Path checkpoint() {
        return settings.folder().resolve("checkpoint.safetensors");
    }

    private boolean trainEpoch() {
        model.train();
        int done = step - epoch * stepsPerEpoch;
        Progress progress = new Progress(out, "epoch " + (epoch + 1) + "/" + settings.epochs(), done, stepsPerEpoch);
        if (done > 0) {
            progress.resume(sums);
        } else {
            recent = 0;
        }
        int every = Math.max(1, stepsPerEpoch / CURVE_POINTS);
        Duration waited;
        try (BatchIterator<Batch> batches = loader.iterator()) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                recent += train(batch, progress, ++done);
                step++;
                sums = progress.sums();
                if (done % every == 0) {
                    metrics.loss((double) step / stepsPerEpoch, recent / every);
                    recent = 0;
                }
                if (step == settings.stopAfter()) {
                    progress.end();
                    return false;
                }
                if (settings.saveEvery() > 0 && step % settings.saveEvery() == 0) {
                    save();
                }
            }
            waited = batches.waited();
        }
        progress.end();
        epoch++;
        double speed = progress.samplesPerSecond();
        double waiting = 100.0 * waited.toNanos() / progress.nanos();
        Progress tested = test();
        double lr = schedule.lastLr()[0];
        metrics.add(new Metrics.Row(epoch, progress.loss(), progress.accuracy(), tested.loss(), tested.accuracy(), lr));
        out.println(String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  accuracy %.4f  test accuracy %.4f  %.0f samples/s  %.1f %% waiting for data",
                epoch,
                settings.epochs(),
                progress.loss(),
                progress.accuracy(),
                tested.accuracy(),
                speed,
                waiting));
        return true;
    }

    private double train(Batch batch, Progress progress, int done) {
        try (batch;
                Scope _ = Scope.open("step")) {
            optimizer.zeroGrad();
            Tensor scores = model.call(batch.input());
            Tensor loss = F.crossEntropy(scores, batch.target());
            loss.backward();
            optimizer.step();
            schedule.step();
            // Read together: a device is waited for once in a step.
            Tensor right = right(scores, batch.target()).to(loss.dtype());
            double[] both = Tensors.stack(0, loss.detach(), right).toDoubleArray();
            progress.step(done, (int) scores.size(0), both[0], (int) both[1]);
            return both[0];
        }
    }

    /** How many of the scores are greatest at the target. */
    private static Tensor right(Tensor scores, Tensor target) {
        return scores.detach().argmax(1).eq(target).sum();
    }

    private Progress test() {
        model.eval();
        Progress progress = new Progress(out, "test", 0, digits.test().size() / TEST_BATCH + 1);
        Tensors.noGrad(() -> {
            int done = 0;
            for (Batch batch : DataLoader.of(digits.test(), DataLoader.options().batchSize(TEST_BATCH))) {
                try (batch;
                        Scope _ = Scope.open("test")) {
                    Tensor scores = model.call(batch.input());
                    double loss = F.crossEntropy(scores, batch.target()).item();
                    progress.step(++done, (int) scores.size(0), loss, (int)
                            right(scores, batch.target()).itemLong());
                }
            }
        });
        progress.end();
        return progress;
    }

    private void save() {
        Generator.State random = Generator.standard().state();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("epoch", (long) epoch);
        content.put("step", (long) step);
        content.put("epochs", (long) settings.epochs());
        content.put("batch", (long) settings.batch());
        content.put("random", Map.of("seed", random.seed(), "offset", random.offset()));
        content.put("loader", loader.state());
        content.put("schedule", schedule.state());
        content.put("metrics", metrics.state());
        content.put("sums", sums);
        content.put("recent", recent);
        content.put("optimizer", optimizer.stateDict());
        content.put("model", model.stateDict());
        Checkpoint.save(checkpoint(), content);
    }

    @SuppressWarnings("unchecked")
    private void load(Path file) {
        Map<String, ?> content = Checkpoint.load(file);
        if (number(content, "epochs") != settings.epochs() || number(content, "batch") != settings.batch()) {
            throw Digits.refusal(
                    "--resume",
                    file + " is of a run of " + number(content, "epochs") + " epochs with batches of "
                            + number(content, "batch") + "; give the same --epochs and --batch");
        }
        model.loadStateDict((Map<String, Tensor>) content.get("model"));
        optimizer.loadStateDict((Map<?, ?>) content.get("optimizer"));
        schedule.load((Map<String, ?>) content.get("schedule"));
        loader.load((Map<String, ?>) content.get("loader"));
        metrics.load((Map<?, ?>) content.get("metrics"));
        sums = (List<?>) content.get("sums");
        recent = ((Number) content.get("recent")).doubleValue();
        epoch = (int) number(content, "epoch");
        step = (int) number(content, "step");
        Map<String, ?> random = (Map<String, ?>) content.get("random");
        Generator.standard().state(new Generator.State(number(random, "seed"), number(random, "offset")));
    }

    private static long number(Map<String, ?> content, String key) {
        if (content.get(key) instanceof Number n) {
            return n.longValue();
        }
        throw Digits.refusal("--resume", "the checkpoint has no '" + key + "'; it is not of this command");
    }
}
