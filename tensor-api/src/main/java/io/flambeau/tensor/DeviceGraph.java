package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.spi.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a program whose work on a device was captured once, and is queued as a whole each time it is replayed: a
 * step of many small kernels then costs the host one call. {@link Graphed} is the comfortable way to one.
 *
 * <pre>{@code
 * Tensor x = Tensors.zeros(64, 784).to(device);             // filled before each replay
 * DeviceGraph graph = DeviceGraph.capture(device, () -> y.copy_(model.call(x)));
 * x.copy_(batch);
 * graph.replay();                                           // y is the model's answer to the batch
 * }</pre>
 *
 * <p>While a body is captured nothing is computed. Each replay does what was captured, with the same tensors: what the
 * body decides, and values it takes from the host, stay as they were. Random numbers go on as if the body ran again, and
 * so do learning rates and counted steps of {@code Sgd}, {@code Adam}, {@code AdamW}, {@code RmsProp} and {@code Adagrad}.
 * What would need the host in between is refused: reading a value, an operation that the device has no kernel for, a
 * tensor of another device. Run the body a few times before: then kernels are compiled and optimizers have their state.
 *
 * <p>The graph keeps the memory that it works on until it is closed, also of tensors that are gone.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.cuda.CUDAGraph.html">torch.cuda.CUDAGraph</a>
 */
public final class DeviceGraph implements AutoCloseable {
    private final Recording recording;

    private DeviceGraph(Recording recording) {
        this.recording = recording;
        recording.closeWith(this);
    }

    /**
     * Captures what a body asks of a device.
     *
     * @throws DeviceException if the device cannot capture, a capture is under way, or the body needs the host; the device
     *     can be used on as before
     */
    public static DeviceGraph capture(Device device, Runnable body) {
        Recording recording = begin(device);
        if (recording == null) {
            throw new DeviceException(
                    "capture",
                    device + " cannot capture work; run the step as it is, or use Graphed, which then does",
                    Fault.NOT_CAPTURABLE);
        }
        return of(recording, body);
    }

    /** As {@link #capture}, or null if the device cannot. */
    static @Nullable DeviceGraph tryCapture(Device device, Runnable body) {
        Recording recording = begin(device);
        return recording == null ? null : of(recording, body);
    }

    private static @Nullable Recording begin(Device device) {
        Backends.Target target = Backends.of(device);
        return Recording.begin(target.backend(), target.pool());
    }

    private static DeviceGraph of(Recording recording, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            recording.abandon();
            throw e;
        }
        recording.end();
        return new DeviceGraph(recording);
    }

    /** Whether this thread is capturing. */
    public static boolean isCapturing() {
        return Recording.current() != null;
    }

    /**
     * Queues the captured work.
     *
     * @throws DeviceException if the graph was closed, or a generator that it draws from was seeded anew
     */
    public synchronized void replay() {
        recording.run();
    }

    /** Returns its memory, except what tensors still look at; a graph that is forgotten is closed by the collector. */
    @Override
    public synchronized void close() {
        recording.close();
    }
}
