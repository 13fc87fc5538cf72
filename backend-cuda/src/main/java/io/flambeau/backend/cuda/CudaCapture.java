package io.flambeau.backend.cuda;

import io.flambeau.tensor.spi.Capture;
import io.flambeau.tensor.spi.Replay;
import io.flambeau.tensor.spi.Slab;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * The work of one thread on a stream of its own that captures it into a graph. Other threads go on with the device's
 * stream, on which the graph is launched.
 */
final class CudaCapture implements Capture {
    /** Other calls of the driver, like those that take memory, are allowed meanwhile: CU_STREAM_CAPTURE_MODE_RELAXED. */
    private static final int RELAXED = 2;

    private final CudaDevice device;
    private final Handle.Stream stream;
    private final Thread thread = Thread.currentThread();
    private final List<Slab> scratch = new ArrayList<>();

    /** Begins it. */
    CudaCapture(CudaDevice device, Handle.Stream stream) {
        this.device = device;
        this.stream = stream;
        Libcuda.check(JCudaDriver.cuStreamBeginCapture(stream, RELAXED), "cuStreamBeginCapture");
    }

    boolean isMine() {
        return thread == Thread.currentThread();
    }

    Handle.Stream stream() {
        return stream;
    }

    /** At least so many bytes for a call of a library, kept as long as the graph; null if there are none. */
    @Nullable Slab scratch(long bytes) {
        for (Slab slab : scratch) {
            if (slab.bytes() >= bytes) {
                return slab;
            }
        }
        Slab slab = device.allocate(bytes);
        if (slab != null) {
            scratch.add(slab);
        }
        return slab;
    }

    @Override
    public Replay end() {
        device.enter();
        CUgraph graph = new CUgraph();
        CUgraphExec work = new CUgraphExec();
        try {
            Libcuda.check(JCudaDriver.cuStreamEndCapture(stream, graph), "cuStreamEndCapture");
            Libcuda.check(JCudaDriver.cuGraphInstantiate(work, graph, 0), "cuGraphInstantiate");
        } catch (RuntimeException | Error e) {
            free();
            throw e;
        } finally {
            device.captured();
            JCudaDriver.cuGraphDestroy(graph);
        }
        return new Replay() {
            @Override
            public void queue() {
                device.queue(work);
            }

            @Override
            public void close() {
                device.enter();
                Libcuda.check(JCudaDriver.cuGraphExecDestroy(work), "cuGraphExecDestroy");
                free();
            }
        };
    }

    @Override
    public void abandon() {
        device.enter();
        CUgraph graph = new CUgraph();
        if (JCudaDriver.cuStreamEndCapture(stream, graph) == 0) {
            JCudaDriver.cuGraphDestroy(graph);
        }
        device.captured();
        free();
    }

    private void free() {
        scratch.forEach(slab -> device.free((CudaMemory) slab.handle()));
        scratch.clear();
    }
}
