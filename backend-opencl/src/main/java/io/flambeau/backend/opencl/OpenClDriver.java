package io.flambeau.backend.opencl;

import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clCreateKernel;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clReleaseMemObject;

import io.flambeau.backend.clike.Arguments;
import io.flambeau.backend.clike.DeviceInfo;
import io.flambeau.backend.clike.Driver;
import io.flambeau.backend.clike.Memory;
import io.flambeau.backend.clike.Program;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.spi.Slab;
import io.flambeau.tensor.spi.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * OpenCL as a {@link Driver}: JOCL makes contexts, queues, buffers and programs; what happens in every step goes by
 * {@link OpenCl}. Compiled programs are kept by the vendors' own caches.
 */
final class OpenClDriver implements Driver {
    /** A buffer: JOCL's object and the address that arguments are given. */
    private record Buffer(int device, cl_mem mem, long pointer) implements Memory {}

    /** A kernel, whose arguments only one thread may set at a time. */
    private record Function(long pointer, cl_kernel kernel) implements Program.Kernel {}

    private final List<Platforms.Found> devices;
    private final @Nullable Queue[] queues;

    OpenClDriver(List<Platforms.Found> devices) {
        this.devices = devices;
        queues = new Queue[devices.size()];
        CL.setExceptionsEnabled(true);
    }

    private synchronized Queue queue(int device) {
        Queue queue = queues[device];
        if (queue == null) {
            cl_device_id id = devices.get(device).id();
            cl_context context = clCreateContext(null, 1, new cl_device_id[] {id}, null, null, null);
            queue = new Queue(context, id);
            queues[device] = queue;
        }
        return queue;
    }

    /** The queue of the device that holds a view's memory. */
    Queue queue(View view) {
        return queue(((Buffer) view.storage().slab().handle()).device);
    }

    /** The buffer that holds a view's memory. */
    static cl_mem buffer(View view) {
        return ((Buffer) view.storage().slab().handle()).mem;
    }

    @Override
    public int devices() {
        return devices.size();
    }

    @Override
    public DeviceInfo info(int device) {
        return devices.get(device).info();
    }

    @Override
    public @Nullable Slab allocate(int device, long bytes) {
        if (bytes > devices.get(device).largest()) {
            return null;
        }
        try {
            cl_mem mem = clCreateBuffer(queue(device).context, CL_MEM_READ_WRITE, bytes, null, null);
            return new Slab(new Buffer(device, mem, mem.getNativePointer()), 0, bytes);
        } catch (CLException e) {
            return null;
        }
    }

    @Override
    public void free(Slab slab) {
        clReleaseMemObject(((Buffer) slab.handle()).mem);
    }

    @Override
    public void upload(MemorySegment from, Memory to, long offset) {
        if (from.byteSize() > 0) {
            queue(to.device()).write(from, to.pointer(), offset);
        }
    }

    @Override
    public void download(Memory from, long offset, MemorySegment to) {
        long bytes = to.byteSize();
        long queue = queue(from.device()).pointer;
        if (bytes == 0) {
            return;
        }
        if (to.isNative()) {
            OpenCl.read(queue, from.pointer(), offset, to, bytes);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment staged = arena.allocate(bytes, 64);
            OpenCl.read(queue, from.pointer(), offset, staged, bytes);
            to.copyFrom(staged);
        }
    }

    @Override
    public void copy(Memory from, long fromOffset, Memory to, long toOffset, long bytes) {
        OpenCl.copy(queue(from.device()).pointer, from.pointer(), to.pointer(), fromOffset, toOffset, bytes);
    }

    @Override
    public void synchronize(int device) {
        OpenCl.finish(queue(device).pointer);
    }

    @Override
    public Program build(int device, String title, String source, List<String> defines) {
        StringBuilder options = new StringBuilder(devices.get(device).options());
        for (String define : defines) {
            options.append(" -D").append(define);
        }
        cl_program program = clCreateProgramWithSource(queue(device).context, 1, new String[] {source}, null, null);
        try {
            clBuildProgram(program, 0, null, options.toString(), null, null);
        } catch (CLException e) {
            throw new DeviceException(
                    "opencl",
                    "the compiler of " + info(device).title() + " refuses the kernels of " + title + ": "
                            + OpenCl.name(e.getStatus()) + "; report this with the log: "
                            + log(program, devices.get(device).id()),
                    Fault.BACKEND_FAILED,
                    e);
        }
        return name -> {
            try {
                cl_kernel kernel = clCreateKernel(program, name, null);
                return new Function(kernel.getNativePointer(), kernel);
            } catch (CLException e) {
                throw new DeviceException(
                        "opencl",
                        "the program " + title + " has no kernel " + name + ": " + OpenCl.name(e.getStatus())
                                + "; report this",
                        Fault.BACKEND_FAILED,
                        e);
            }
        };
    }

    private static String log(cl_program program, cl_device_id device) {
        long[] size = new long[1];
        if (clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, null, size) != CL_SUCCESS) {
            return "none";
        }
        byte[] bytes = new byte[(int) size[0]];
        clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void launch(int device, Program.Kernel kernel, int groups, int local, Arguments arguments) {
        Function function = (Function) kernel;
        Queue queue = queue(device);
        // Setting arguments and queueing belong together.
        synchronized (function) {
            for (int i = 0; i < arguments.count(); i++) {
                OpenCl.setArgument(function.pointer, i, arguments.size(i), arguments.address(i));
            }
            queue.launch(function.pointer, groups, local);
        }
    }
}
