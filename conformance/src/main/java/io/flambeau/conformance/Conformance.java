package io.flambeau.conformance;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs golden cases: whichever suites a folder holds, each operation for contiguous and for strided inputs, with
 * gradients.
 */
public final class Conformance {
    /** Every suite, in the order in which they run. */
    private static final List<Suite> SUITES = List.of(
            new OperationSuite(),
            new ModuleSuite(),
            new OptimizerSuite(),
            new ScheduleSuite(),
            new FileSuite(),
            new TrainingSuite());

    private Conformance() {}

    /**
     * The outcomes of a folder's cases, file by file in order.
     *
     * @param folder a folder that holds one or more of the suites, or is itself the place of one
     * @param device where the cases run
     * @param filter runs only files whose name starts with this; empty for all
     * @param each is called with every outcome, in order, from the calling thread
     */
    public static void run(Path folder, Device device, String filter, Consumer<Outcome> each)
            throws IOException, InterruptedException {
        run(folder, device, filter, file -> true, each);
    }

    /** The same for a part of the files, such as a share that is drawn with a seed: the predicate sees them in order. */
    public static void run(Path folder, Device device, String filter, Predicate<Path> part, Consumer<Outcome> each)
            throws IOException, InterruptedException {
        List<Callable<List<Outcome>>> tasks = new ArrayList<>();
        for (Suite suite : SUITES) {
            Path place = located(folder.toAbsolutePath().normalize(), Path.of(suite.place()));
            if (Files.exists(place)) {
                for (Path file : suite.files(place, filter)) {
                    if (part.test(file)) {
                        tasks.add(() -> Tensors.withDevice(device, () -> outcomes(suite, file)));
                    }
                }
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(workers(device));
        try {
            List<Future<List<Outcome>>> results = new ArrayList<>();
            for (Callable<List<Outcome>> task : tasks) {
                results.add(workers.submit(task));
            }
            for (Future<List<Outcome>> result : results) {
                result.get().forEach(each);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a suite broke down", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** A device may be behind, and its faults reach whoever reads next: only one case after another knows its own. */
    private static int workers(Device device) {
        boolean atOnce = device.equals(Device.CPU) || device.backend().equals("reference");
        return atOnce ? Runtime.getRuntime().availableProcessors() : 1;
    }

    /** Where a suite's place lies, seen from a folder that holds it, or that is it or one on the way to it. */
    private static Path located(Path folder, Path place) {
        for (int i = place.getNameCount(); i > 0; i--) {
            if (folder.endsWith(place.subpath(0, i))) {
                return i == place.getNameCount() ? folder : folder.resolve(place.subpath(i, place.getNameCount()));
            }
        }
        return folder.resolve(place);
    }

    private static List<Outcome> outcomes(Suite suite, Path file) {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            suite.check(file, outcomes::add);
        } catch (FormatException e) {
            outcomes.add(Outcome.failed(suite.place() + "/" + file.getFileName(), Outcome.describe(e), 0));
        }
        return outcomes;
    }
}
