package io.flambeau.backend.cuda;

import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;

/** JCuda's handles with their addresses, which calls past JCuda need. */
final class Handle {
    private Handle() {}

    static final class Context extends CUcontext {
        long address() {
            return getNativePointer();
        }
    }

    static final class Stream extends CUstream {
        long address() {
            return getNativePointer();
        }
    }

    static final class Function extends CUfunction {
        long address() {
            return getNativePointer();
        }
    }

    static final class DeviceMemory extends CUdeviceptr {
        long address() {
            return getNativePointer();
        }
    }

    static final class HostMemory extends Pointer {
        long address() {
            return getNativePointer();
        }
    }
}
