package io.flambeau.backend.opencl;

import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_DOUBLE_FP_CONFIG;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_SINGLE_FP_CONFIG;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;
import static org.jocl.CL.CL_PLATFORM_VERSION;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformIDs;
import static org.jocl.CL.clGetPlatformInfo;

import io.flambeau.backend.clike.DeviceInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The devices of all platforms, in the loader's order. Only used once the library is known to be there. */
final class Platforms {
    /** What {@code matmul.cl} needs. */
    static final int LEAST_GROUP = 256;

    private static final int CPU_GROUP = 64;
    private static final int GPU_GROUP = 256;

    /**
     * A device that can be used.
     *
     * @param info what it is
     * @param id JOCL's handle
     * @param options for its compiler
     * @param largest the most bytes of one buffer
     * @param isProcessor whether it is this machine's processor
     */
    record Found(DeviceInfo info, cl_device_id id, String options, long largest, boolean isProcessor) {}

    private Platforms() {}

    static List<Found> devices() {
        List<Found> found = new ArrayList<>();
        for (cl_platform_id platform : platforms()) {
            for (cl_device_id device : devices(platform)) {
                if (isUsable(device)) {
                    found.add(found(platform, device));
                }
            }
        }
        return found;
    }

    /** The names of devices that cannot be used. */
    static List<String> refused() {
        List<String> refused = new ArrayList<>();
        for (cl_platform_id platform : platforms()) {
            for (cl_device_id device : devices(platform)) {
                if (!isUsable(device)) {
                    refused.add(text(device));
                }
            }
        }
        return refused;
    }

    private static boolean isUsable(cl_device_id device) {
        return number(device, CL_DEVICE_COMPILER_AVAILABLE) != 0
                && number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE) >= LEAST_GROUP;
    }

    private static Found found(cl_platform_id platform, cl_device_id device) {
        boolean cpu = (number(device, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_CPU) != 0;
        boolean rounded = (number(device, CL_DEVICE_SINGLE_FP_CONFIG) & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0;
        DeviceInfo info = new DeviceInfo(
                text(device) + ", " + text(platform),
                number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
                number(device, CL_DEVICE_DOUBLE_FP_CONFIG) != 0,
                cpu ? CPU_GROUP : GPU_GROUP,
                (int) number(device, CL_DEVICE_MAX_COMPUTE_UNITS));
        String options = "-cl-std=CL1.2" + (rounded ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
        return new Found(info, device, options, number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE), cpu);
    }

    private static cl_platform_id[] platforms() {
        int[] count = new int[1];
        clGetPlatformIDs(0, null, count);
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        clGetPlatformIDs(platforms.length, platforms, null);
        return platforms;
    }

    private static cl_device_id[] devices(cl_platform_id platform) {
        int[] count = new int[1];
        try {
            if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count) != 0) {
                return new cl_device_id[0];
            }
        } catch (CLException e) {
            // A platform without devices says so by an error.
            return new cl_device_id[0];
        }
        cl_device_id[] devices = new cl_device_id[count[0]];
        clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices.length, devices, null);
        return devices;
    }

    /** A property of up to eight bytes. */
    private static long number(cl_device_id device, int property) {
        long[] value = new long[1];
        clGetDeviceInfo(device, property, Long.BYTES, Pointer.to(value), null);
        return value[0];
    }

    private static String text(cl_device_id device) {
        byte[] bytes = new byte[256];
        long[] size = new long[1];
        clGetDeviceInfo(device, CL_DEVICE_NAME, bytes.length, Pointer.to(bytes), size);
        return string(bytes, size[0]);
    }

    private static String text(cl_platform_id platform) {
        byte[] bytes = new byte[256];
        long[] size = new long[1];
        clGetPlatformInfo(platform, CL_PLATFORM_VERSION, bytes.length, Pointer.to(bytes), size);
        return string(bytes, size[0]);
    }

    private static String string(byte[] bytes, long size) {
        return new String(bytes, 0, (int) Math.max(size - 1, 0), StandardCharsets.UTF_8).strip();
    }
}
