package io.flambeau.backend.opencl;

import static org.jocl.CL.clCreateCommandQueue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;

/** The in-order queue of a device, and the host memory that uploads are staged in. */
final class Queue {
    /** So many launches are handed to the device at once. */
    private static final int BATCH = 32;

    private static final int STAGES = 8;
    private static final long LEAST_STAGE = 1 << 16;

    final cl_context context;
    final long pointer;
    final cl_command_queue queue;
    private final MemorySegment sizes = Arena.ofAuto().allocate(16, 8);
    private final Stage[] stages = new Stage[STAGES];
    private int stage;
    private int launches;

    /** Bytes that a queued write reads from, and its event. */
    private static final class Stage {
        final MemorySegment event = Arena.ofAuto().allocate(8, 8);
        MemorySegment bytes = MemorySegment.NULL;

        /** Bytes that no queued write reads any more. */
        MemorySegment ready(long size) {
            if (event.get(ValueLayout.JAVA_LONG, 0) != 0) {
                OpenCl.await(event);
                event.set(ValueLayout.JAVA_LONG, 0, 0);
            }
            if (bytes.byteSize() < size) {
                bytes = Arena.ofAuto().allocate(Math.max(LEAST_STAGE, size), 64);
            }
            return bytes;
        }
    }

    @SuppressWarnings("deprecation") // The newer function is missing before OpenCL 2.0, and does nothing else here.
    Queue(cl_context context, cl_device_id device) {
        this.context = context;
        queue = clCreateCommandQueue(context, device, 0, null);
        pointer = queue.getNativePointer();
        for (int i = 0; i < STAGES; i++) {
            stages[i] = new Stage();
        }
    }

    /** Queues a copy of the bytes, which may change once this returns; waits only for a write several uploads ago. */
    synchronized void write(MemorySegment from, long buffer, long offset) {
        Stage next = stages[stage];
        stage = (stage + 1) % STAGES;
        MemorySegment staged = next.ready(from.byteSize());
        MemorySegment.copy(from, 0, staged, 0, from.byteSize());
        OpenCl.write(pointer, buffer, offset, staged, from.byteSize(), next.event);
    }

    synchronized void launch(long kernel, int groups, int local) {
        sizes.set(ValueLayout.JAVA_LONG, 0, (long) groups * local);
        sizes.set(ValueLayout.JAVA_LONG, 8, local);
        OpenCl.launch(pointer, kernel, sizes);
        if (++launches % BATCH == 0) {
            OpenCl.flush(pointer);
        }
    }
}
