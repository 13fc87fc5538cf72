package io.flambeau.backend.cuda;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.DeviceException;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.OutOfDeviceMemoryException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Op;
import io.flambeau.tensor.op.conv.Convolution;
import io.flambeau.tensor.op.conv.ConvolutionInput;
import io.flambeau.tensor.op.conv.ConvolutionWeight;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Convolutions by NVIDIA's library: the calls that releases 8 and 9 have in common. */
final class Cudnn {
    private static final List<Integer> MAJORS = List.of(9, 8);

    private final NativeLibrary library;
    private final Map<CudaDevice, Session> sessions = new ConcurrentHashMap<>();

    private Cudnn(NativeLibrary library) {
        this.library = library;
    }

    /** The library, if it is there. */
    static Optional<Cudnn> find() {
        return Toolkit.open("libcudnn.so", MAJORS).map(Cudnn::new);
    }

    @Override
    public String toString() {
        return "cuDNN (" + library.place() + ")";
    }

    /** The library's state on a device, and its scratch memory. One thread at a time may use it. */
    static final class Session {
        private final CudaDevice device;
        final MemorySegment handle;
        private @Nullable Slab scratch;
        private long stream;

        private Session(CudaDevice device, MemorySegment handle) {
            this.device = device;
            this.handle = handle;
        }

        /** At least so many bytes, for the next call. */
        MemorySegment scratch(long bytes) {
            CudaCapture capture = device.capturing();
            Slab slab = capture == null || bytes == 0 ? scratch : required(capture.scratch(bytes), bytes);
            if (bytes > 0 && (slab == null || slab.bytes() < bytes)) {
                if (slab != null) {
                    scratch = null;
                    device.free((CudaMemory) slab.handle());
                }
                slab = required(device.allocate(bytes), bytes);
                scratch = slab;
            }
            return slab == null ? MemorySegment.NULL : MemorySegment.ofAddress(slab.base());
        }

        private Slab required(@Nullable Slab slab, long bytes) {
            if (slab == null) {
                throw new OutOfDeviceMemoryException(
                        "allocate",
                        bytes + " bytes for cuDNN are not to be had on cuda:" + device.index()
                                + "; free tensors sooner with a scope, or use smaller batches",
                        Fault.OUT_OF_MEMORY);
            }
            return slab;
        }
    }

    /** A kernel for a convolution or one of its gradients, or null where the library has none. */
    @Nullable Kernel kernel(Op op, Spec[] in) {
        return switch (op) {
            case Convolution c ->
                CudnnConvolution.of(
                        this, CudnnConvolution.Way.FORWARD, c.sliding(), c.groups(), in[0], in[1], op.infer(in)[0]);
            case ConvolutionInput c ->
                CudnnConvolution.of(
                        this, CudnnConvolution.Way.INPUT, c.sliding(), c.groups(), op.infer(in)[0], in[1], in[0]);
            case ConvolutionWeight c ->
                CudnnConvolution.of(
                        this, CudnnConvolution.Way.WEIGHT, c.sliding(), c.groups(), in[0], op.infer(in)[0], in[1]);
            default -> null;
        };
    }

    /** The library's number for a dtype, or -1. */
    static int type(DType dtype) {
        return switch (dtype) {
            case F32 -> 0;
            case F64 -> 1;
            case F16 -> 2;
            case BF16 -> 9;
            case BOOL, U8, I8, I16, I32, I64, C64, C128 -> -1;
        };
    }

    /** The state on a device, whose context becomes this thread's. */
    Session session(CudaDevice device) {
        device.enter();
        return sessions.computeIfAbsent(device, key -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
                call("cudnnCreate", out);
                return new Session(key, out.get(ValueLayout.ADDRESS, 0));
            }
        });
    }

    /** Makes the session work on the stream of this thread; called by whoever has locked it. */
    void follow(Session session) {
        long stream = session.device.stream();
        if (session.stream != stream) {
            call("cudnnSetStream", session.handle, MemorySegment.ofAddress(stream));
            session.stream = stream;
        }
    }

    /** Calls a function that answers a status. */
    void call(String function, Object... arguments) {
        int status = library.call(function, arguments);
        if (status != 0) {
            throw new DeviceException(
                    function,
                    this + " answered " + library.text("cudnnGetErrorString", status) + "; see flambeau devices",
                    Fault.BACKEND_FAILED);
        }
    }
}
