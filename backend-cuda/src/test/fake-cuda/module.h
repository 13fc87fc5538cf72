// What a compiled program (see nvrtc.cpp) and the fake driver (see cuda.cpp) know of each other.
#pragma once

struct FakeDim {
    unsigned x, y, z;
};

// The place of the work-item that runs; every program exports one as `fake_item`.
struct FakeItem {
    FakeDim thread, block, blockSize, gridSize;
    void (*barrier)();
    char *shared;
};

// A kernel; every program exports an array of them as `fake_kernels`, ended by a null name.
struct FakeKernel {
    const char *name;
    void (*call)(void *const *arguments);
    unsigned count;
    const unsigned *sizes;
};
