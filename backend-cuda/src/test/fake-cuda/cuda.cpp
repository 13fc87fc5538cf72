// A libcuda.so.1 without a GPU: device memory is host memory, kernels are shared objects (see nvrtc.cpp), and a stream
// is a list of what was asked of it, done only when somebody waits. So a program that reads a result too early, or
// reuses a buffer that a copy has yet to read, gives wrong answers here every time.
//
// Scripted by environment variables, or by fakeSet in the process:
//   FAKE_CUDA_INIT=n          what cuInit answers (100 no device, 803 and 804 driver mismatch)
//   FAKE_CUDA_VERSION=n       what the driver says it supports (12020)
//   FAKE_CUDA_DEVICES=n       how many devices there are (1)
//   FAKE_CUDA_ARCH=n          their compute capability (80)
//   FAKE_CUDA_MEMORY=n        the bytes of each (2 GiB)
//   FAKE_CUDA_OOM_AT=n        the n-th allocation from now fails
//   FAKE_CUDA_LAUNCH_AT=n     the n-th launch from now fails with an illegal address, seen when somebody waits
//   FAKE_CUDA_CAPTURE_AT=n    the n-th capture from now turns out to be broken when it ends
//   FAKE_CUDA_FORGET=1        launches are answered and not done
//   FAKE_CUDA_EAGER=1         does at once what is asked
#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "fibres.h"

namespace {
enum {
    SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101,
    INVALID_IMAGE = 200, INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600,
    ILLEGAL_ADDRESS = 700, LAUNCH_OUT_OF_RESOURCES = 701, LAUNCH_FAILED = 719, NOT_SUPPORTED = 801,
    CAPTURE_INVALIDATED = 901, CAPTURE_ILLEGAL = 900
};

const std::map<int, std::pair<const char *, const char *>> errors = {
    {SUCCESS, {"CUDA_SUCCESS", "no error"}},
    {INVALID_VALUE, {"CUDA_ERROR_INVALID_VALUE", "invalid argument"}},
    {OUT_OF_MEMORY, {"CUDA_ERROR_OUT_OF_MEMORY", "out of memory"}},
    {NOT_INITIALIZED, {"CUDA_ERROR_NOT_INITIALIZED", "initialization error"}},
    {NO_DEVICE, {"CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"}},
    {INVALID_DEVICE, {"CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"}},
    {INVALID_IMAGE, {"CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"}},
    {INVALID_CONTEXT, {"CUDA_ERROR_INVALID_CONTEXT", "invalid device context"}},
    {INVALID_HANDLE, {"CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"}},
    {NOT_FOUND, {"CUDA_ERROR_NOT_FOUND", "named symbol not found"}},
    {NOT_READY, {"CUDA_ERROR_NOT_READY", "device not ready"}},
    {ILLEGAL_ADDRESS, {"CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"}},
    {LAUNCH_OUT_OF_RESOURCES, {"CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many resources requested for launch"}},
    {LAUNCH_FAILED, {"CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"}},
    {NOT_SUPPORTED, {"CUDA_ERROR_NOT_SUPPORTED", "operation not supported"}},
    {803, {"CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "system has unsupported display driver / cuda driver combination"}},
    {804, {"CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE", "forward compatibility was attempted on non supported HW"}},
    {CAPTURE_ILLEGAL, {"CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"}},
    {CAPTURE_INVALIDATED, {"CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "capture was invalidated"}},
    {999, {"CUDA_ERROR_UNKNOWN", "unknown error"}},
};

typedef unsigned long long Address;
typedef std::function<int()> Task;

struct Graph {
    std::vector<Task> nodes;
    bool broken = false;
};

struct Stream {
    std::deque<Task> queue;
    Graph *capture = nullptr;
};

struct Event {
    Stream *stream = nullptr;
    bool passed = true;
};

struct Module;

struct Function {
    const FakeKernel *kernel;
    Module *module;
};

struct Module {
    void *library;
    FakeItem *item;
    std::map<std::string, Function> functions;
};

struct Context {
    int device;
};

constexpr int DEVICES = 8;
constexpr size_t FENCE = 256;

struct Driver {
    std::recursive_mutex lock;
    std::map<std::string, long> settings;
    bool forget = getenv("FAKE_CUDA_FORGET") != nullptr;
    bool initialized = false;
    int sticky = SUCCESS;
    Context contexts[DEVICES];
    int retained[DEVICES] = {};
    std::map<Address, size_t> memory;
    size_t used = 0;
    std::map<char *, size_t> pinned;
    Stream standard;
    std::set<Stream *> streams;
    std::set<Event *> events;
    std::set<Module *> modules;
    std::set<Graph *> graphs;
    long launches = 0, products = 0, copies = 0, waits = 0, allocations = 0;
};

Driver &driver() {
    static Driver *only = new Driver();
    return *only;
}

thread_local Context *current = nullptr;

#define LOCKED                                                         \
    Driver &d = driver();                                              \
    std::lock_guard<std::recursive_mutex> guard(d.lock)
#define READY                                                          \
    LOCKED;                                                            \
    if (!d.initialized) return NOT_INITIALIZED;                        \
    if (!current) return INVALID_CONTEXT;                              \
    if (d.sticky) return d.sticky

long setting(const char *name, long otherwise) {
    Driver &d = driver();
    auto set = d.settings.find(name);
    if (set != d.settings.end()) {
        return set->second;
    }
    const char *text = getenv((std::string("FAKE_CUDA_") + name).c_str());
    return text ? atol(text) : otherwise;
}

// Counts a setting down; true when it reaches zero.
bool due(const char *name) {
    long left = setting(name, 0);
    if (left > 0) {
        driver().settings[name] = left - 1;
    }
    return left == 1;
}

Stream *streamOf(void *handle) { return handle ? (Stream *) handle : &driver().standard; }

int perform(Task &task) {
    Driver &d = driver();
    if (!d.sticky) {
        d.sticky = task();
    }
    return d.sticky;
}

int finish(Stream *stream) {
    while (!stream->queue.empty()) {
        Task task = std::move(stream->queue.front());
        stream->queue.pop_front();
        perform(task);
    }
    return driver().sticky;
}

int finishAll() {
    finish(&driver().standard);
    for (Stream *stream : std::set<Stream *>(driver().streams)) {
        finish(stream);
    }
    return driver().sticky;
}

int enqueue(void *handle, Task task) {
    Stream *stream = streamOf(handle);
    if (stream->capture) {
        stream->capture->nodes.push_back(std::move(task));
        return SUCCESS;
    }
    stream->queue.push_back(std::move(task));
    return setting("EAGER", 0) ? finish(stream) : SUCCESS;
}

// Whether all bytes lie in one live allocation.
bool isDevice(Address at, size_t bytes) {
    auto &memory = driver().memory;
    auto next = memory.upper_bound(at);
    if (next == memory.begin()) {
        return false;
    }
    --next;
    return at + bytes <= next->first + next->second;
}

bool isIntact(const unsigned char *fence) {
    for (size_t i = 0; i < FENCE; i++) {
        if (fence[i] != 0xA5) {
            return false;
        }
    }
    return true;
}

bool isAlive(Context *context) { return context && driver().retained[context->device] > 0; }
}  // namespace

extern "C" {
int fakeSet(const char *name, long value) {
    LOCKED;
    d.settings[name] = value;
    d.forget = d.settings.count("FORGET") ? d.settings["FORGET"] : d.forget;
    return SUCCESS;
}

// Counts: allocations, pinned, streams, events, modules that live; launches, products, copies, waits, allocations taken since the start.
int fakeCount(const char *what) {
    LOCKED;
    std::string name = what;
    return (int) (name == "allocations" ? d.memory.size()
                  : name == "pinned"    ? d.pinned.size()
                  : name == "streams"   ? d.streams.size()
                  : name == "events"    ? d.events.size()
                  : name == "modules"   ? d.modules.size()
                  : name == "graphs"    ? d.graphs.size()
                  : name == "launches"  ? d.launches
                  : name == "products"  ? d.products
                  : name == "copies"    ? d.copies
                  : name == "waits"     ? d.waits
                  : name == "taken"     ? d.allocations
                                        : -1);
}

// For libraries that launch work of their own.
int fakeEnqueue(void *stream, const std::function<int()> &task) {
    LOCKED;
    d.products++;
    return enqueue(stream, task);
}

// Forgets a failed launch, as a new process would.
int fakeHeal() {
    LOCKED;
    for (Stream *stream : d.streams) {
        stream->queue.clear();
    }
    d.standard.queue.clear();
    d.sticky = SUCCESS;
    return SUCCESS;
}

int cuGetErrorName(int error, const char **name) {
    auto found = errors.find(error);
    *name = found == errors.end() ? nullptr : found->second.first;
    return *name ? SUCCESS : INVALID_VALUE;
}

int cuGetErrorString(int error, const char **text) {
    auto found = errors.find(error);
    *text = found == errors.end() ? nullptr : found->second.second;
    return *text ? SUCCESS : INVALID_VALUE;
}

int cuDriverGetVersion(int *version) {
    LOCKED;
    *version = (int) setting("VERSION", 12020);
    return SUCCESS;
}

int cuInit(unsigned) {
    LOCKED;
    int result = (int) setting("INIT", SUCCESS);
    d.initialized = result == SUCCESS;
    return result;
}

int cuDeviceGetCount(int *count) {
    LOCKED;
    *count = (int) setting("DEVICES", 1);
    return d.initialized ? SUCCESS : NOT_INITIALIZED;
}

int cuDeviceGet(int *device, int ordinal) {
    LOCKED;
    *device = ordinal;
    return ordinal >= 0 && ordinal < setting("DEVICES", 1) && ordinal < DEVICES ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetName(char *name, int length, int device) {
    snprintf(name, length, "Fake GPU %d", device);
    return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t *bytes, int) {
    LOCKED;
    *bytes = setting("MEMORY", 2L << 30);
    return SUCCESS;
}

int cuDeviceGetAttribute(int *value, int attribute, int) {
    LOCKED;
    long arch = setting("ARCH", 80);
    switch (attribute) {
        case 1: *value = 1024; break;         // threads of a block
        case 2: case 3: *value = 1024; break; // its extents
        case 4: *value = 64; break;
        case 5: *value = 2147483647; break;   // a grid's extents
        case 6: case 7: *value = 65535; break;
        case 8: *value = 49152; break;        // shared memory of a block
        case 10: *value = 32; break;          // warp
        case 12: *value = 65536; break;       // registers
        case 13: *value = 1000000; break;     // kHz
        case 16: *value = 2; break;           // multiprocessors
        case 39: *value = 2048; break;        // threads of a multiprocessor
        case 75: *value = (int) arch / 10; break;
        case 76: *value = (int) arch % 10; break;
        case 97: *value = 101376; break;      // shared memory of a block that asks for it
        case 115: *value = 0; break;          // memory pools
        default: *value = 0; return INVALID_VALUE;
    }
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(Context **context, int device) {
    LOCKED;
    if (!d.initialized) {
        return NOT_INITIALIZED;
    }
    if (device < 0 || device >= DEVICES) {
        return INVALID_DEVICE;
    }
    d.retained[device]++;
    d.contexts[device].device = device;
    *context = &d.contexts[device];
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
    LOCKED;
    return d.retained[device]-- > 0 ? SUCCESS : INVALID_CONTEXT;
}

int cuCtxSetCurrent(Context *context) {
    LOCKED;
    if (context && !isAlive(context)) {
        return INVALID_CONTEXT;
    }
    current = context;
    return SUCCESS;
}

int cuCtxGetCurrent(Context **context) {
    *context = current;
    return SUCCESS;
}

int cuCtxSynchronize() {
    READY;
    d.waits++;
    return finishAll();
}

int cuMemGetInfo_v2(size_t *free, size_t *total) {
    READY;
    *total = setting("MEMORY", 2L << 30);
    *free = *total - d.used;
    return SUCCESS;
}

int cuMemAlloc_v2(Address *address, size_t bytes) {
    READY;
    if (bytes == 0) {
        return INVALID_VALUE;
    }
    if (due("OOM_AT") || d.used + bytes > (size_t) setting("MEMORY", 2L << 30)) {
        return OUT_OF_MEMORY;
    }
    char *raw = (char *) aligned_alloc(512, (bytes + 2 * FENCE + 511) / 512 * 512);
    if (!raw) {
        return OUT_OF_MEMORY;
    }
    memset(raw, 0xA5, FENCE);
    memset(raw + FENCE, 0xFF, bytes);
    memset(raw + FENCE + bytes, 0xA5, FENCE);
    *address = (Address) (raw + FENCE);
    d.memory[*address] = bytes;
    d.used += bytes;
    d.allocations++;
    return SUCCESS;
}

int cuMemFree_v2(Address address) {
    READY;
    auto found = d.memory.find(address);
    if (found == d.memory.end()) {
        return address == 0 ? SUCCESS : INVALID_VALUE;
    }
    int result = finishAll();
    auto *raw = (unsigned char *) address - FENCE;
    size_t bytes = found->second;
    if (!isIntact(raw) || !isIntact(raw + FENCE + bytes)) {
        fprintf(stderr, "fake CUDA: a kernel wrote outside of an allocation of %zu bytes\n", bytes);
        d.sticky = result = ILLEGAL_ADDRESS;
    }
    memset(raw, 0xDD, bytes + 2 * FENCE);
    free(raw);
    d.used -= bytes;
    d.memory.erase(found);
    return result;
}

int cuMemHostAlloc(void **address, size_t bytes, unsigned) {
    READY;
    *address = aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
    if (!*address) {
        return OUT_OF_MEMORY;
    }
    memset(*address, 0xFF, bytes);
    d.pinned[(char *) *address] = bytes;
    return SUCCESS;
}

int cuMemAllocHost_v2(void **address, size_t bytes) { return cuMemHostAlloc(address, bytes, 0); }

int cuMemFreeHost(void *address) {
    READY;
    if (!d.pinned.erase((char *) address)) {
        return INVALID_VALUE;
    }
    int result = finishAll();
    free(address);
    return result;
}

int cuMemHostRegister_v2(void *, size_t, unsigned) { return SUCCESS; }
int cuMemHostUnregister(void *) { return SUCCESS; }

static int copyLater(void *to, const void *from, size_t bytes, void *stream) {
    driver().copies++;
    return enqueue(stream, [=] {
        memcpy(to, from, bytes);
        return SUCCESS;
    });
}

int cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes, void *stream) {
    READY;
    return isDevice(to, bytes) ? copyLater((void *) to, from, bytes, stream) : INVALID_VALUE;
}

int cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, void *stream) {
    READY;
    return isDevice(from, bytes) ? copyLater(to, (void *) from, bytes, stream) : INVALID_VALUE;
}

int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, void *stream) {
    READY;
    return isDevice(to, bytes) && isDevice(from, bytes) ? copyLater((void *) to, (void *) from, bytes, stream)
                                                        : INVALID_VALUE;
}

int cuMemcpyHtoD_v2(Address to, const void *from, size_t bytes) {
    int result = cuMemcpyHtoDAsync_v2(to, from, bytes, nullptr);
    return result ? result : cuCtxSynchronize();
}

int cuMemcpyDtoH_v2(void *to, Address from, size_t bytes) {
    int result = cuCtxSynchronize();
    result = result ? result : cuMemcpyDtoHAsync_v2(to, from, bytes, nullptr);
    return result ? result : cuCtxSynchronize();
}

int cuMemsetD8Async(Address at, unsigned char value, size_t bytes, void *stream) {
    READY;
    if (!isDevice(at, bytes)) {
        return INVALID_VALUE;
    }
    return enqueue(stream, [=] {
        memset((void *) at, value, bytes);
        return SUCCESS;
    });
}

int cuStreamCreate(Stream **stream, unsigned) {
    READY;
    *stream = new Stream();
    d.streams.insert(*stream);
    return SUCCESS;
}

int cuStreamDestroy_v2(Stream *stream) {
    READY;
    int result = finish(stream);
    d.streams.erase(stream);
    delete stream;
    return result;
}

int cuStreamSynchronize(void *stream) {
    READY;
    if (streamOf(stream)->capture) {
        streamOf(stream)->capture->broken = true;
        return CAPTURE_ILLEGAL;
    }
    d.waits++;
    return finish(streamOf(stream));
}

// Does one thing that was asked, so that whoever polls comes to an end.
int cuStreamQuery(void *handle) {
    READY;
    Stream *stream = streamOf(handle);
    if (!stream->queue.empty()) {
        Task task = std::move(stream->queue.front());
        stream->queue.pop_front();
        int result = perform(task);
        return result ? result : NOT_READY;
    }
    return SUCCESS;
}

int cuEventCreate(Event **event, unsigned) {
    READY;
    *event = new Event();
    d.events.insert(*event);
    return SUCCESS;
}

int cuEventDestroy_v2(Event *event) {
    READY;
    int result = event->passed ? SUCCESS : finish(event->stream);
    d.events.erase(event);
    delete event;
    return result;
}

int cuEventRecord(Event *event, void *stream) {
    READY;
    event->stream = streamOf(stream);
    event->passed = false;
    return enqueue(stream, [=] {
        event->passed = true;
        return SUCCESS;
    });
}

int cuEventQuery(Event *event) {
    READY;
    if (!event->passed) {
        int result = cuStreamQuery(event->stream);
        return result && result != NOT_READY ? result : event->passed ? SUCCESS : NOT_READY;
    }
    return SUCCESS;
}

int cuEventSynchronize(Event *event) {
    READY;
    d.waits++;
    while (!event->passed && !event->stream->queue.empty()) {
        Task task = std::move(event->stream->queue.front());
        event->stream->queue.pop_front();
        int result = perform(task);
        if (result) {
            return result;
        }
    }
    return SUCCESS;
}

int cuStreamWaitEvent(void *stream, Event *event, unsigned) {
    READY;
    return enqueue(stream, [=] { return cuEventSynchronize(event); });
}

int cuModuleLoadDataEx(Module **module, const void *image, unsigned, int *, void **) {
    READY;
    const auto *elf = (const unsigned char *) image;
    if (memcmp(elf, "\177ELF", 4) != 0) {
        return INVALID_IMAGE;
    }
    // A shared object ends with its table of section headers.
    size_t bytes = *(const unsigned long *) (elf + 40) + *(const unsigned short *) (elf + 58) * *(const unsigned short *) (elf + 60);
    char path[] = "/tmp/fake-cuda-XXXXXX";
    int file = mkstemp(path);
    if (file < 0) {
        return OUT_OF_MEMORY;
    }
    bool written = write(file, image, bytes) == (ssize_t) bytes;
    close(file);
    void *library = written ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
    unlink(path);
    if (!library) {
        fprintf(stderr, "fake CUDA: %s\n", dlerror());
        return INVALID_IMAGE;
    }
    auto *kernel = (const FakeKernel *) dlsym(library, "fake_kernels");
    auto *item = (FakeItem *) dlsym(library, "fake_item");
    if (!kernel || !item) {
        dlclose(library);
        return INVALID_IMAGE;
    }
    auto *made = new Module{library, item, {}};
    for (; kernel->name; kernel++) {
        made->functions[kernel->name] = {kernel, made};
    }
    d.modules.insert(made);
    *module = made;
    return SUCCESS;
}

int cuModuleLoadData(Module **module, const void *image) {
    return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr);
}

int cuModuleUnload(Module *module) {
    READY;
    int result = finishAll();
    dlclose(module->library);
    d.modules.erase(module);
    delete module;
    return result;
}

int cuModuleGetFunction(Function **function, Module *module, const char *name) {
    READY;
    auto found = module->functions.find(name);
    if (found == module->functions.end()) {
        return NOT_FOUND;
    }
    *function = &found->second;
    return SUCCESS;
}

int cuFuncGetAttribute(int *value, int attribute, Function *) {
    *value = attribute == 0 ? 1024 : attribute == 4 ? 32 : 0;
    return SUCCESS;
}

int cuFuncSetAttribute(Function *, int, int) { return SUCCESS; }

int cuLaunchKernel(Function *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                   unsigned shared, void *stream, void **arguments, void **extra) {
    READY;
    if (d.forget) {
        return SUCCESS;
    }
    if (!function || extra || gx == 0 || gy == 0 || gz == 0 || bx == 0 || by == 0 || bz == 0 || gy > 65535 ||
        gz > 65535 || gx > 2147483647u || bx > 1024 || by > 1024 || bz > 64) {
        return INVALID_VALUE;
    }
    if (bx * by * bz > 1024 || shared > 49152) {
        return LAUNCH_OUT_OF_RESOURCES;
    }
    d.launches++;
    bool fails = due("LAUNCH_AT");
    const FakeKernel *kernel = function->kernel;
    // The arguments are read now, as a driver does: the caller may change them when the call has returned.
    std::vector<std::vector<char>> values;
    for (unsigned i = 0; i < kernel->count; i++) {
        char *from = (char *) arguments[i];
        values.emplace_back(from, from + kernel->sizes[i]);
    }
    FakeItem *item = function->module->item;
    return enqueue(stream, [=]() mutable {
        if (fails) {
            return (int) ILLEGAL_ADDRESS;
        }
        std::vector<void *> pointers;
        for (auto &value : values) {
            pointers.push_back(value.data());
        }
        if (!Fibres::run(kernel, item, {gx, gy, gz}, {bx, by, bz}, pointers.data())) {
            fprintf(stderr, "fake CUDA: some work-items of %s ended while others wait at a barrier\n", kernel->name);
            return (int) LAUNCH_FAILED;
        }
        return (int) SUCCESS;
    });
}

int cuStreamBeginCapture_v2(void *handle, int) {
    READY;
    Stream *stream = streamOf(handle);
    if (stream->capture || !handle) {
        return CAPTURE_ILLEGAL;
    }
    stream->capture = new Graph();
    return SUCCESS;
}

int cuStreamEndCapture(void *handle, Graph **graph) {
    READY;
    Stream *stream = streamOf(handle);
    if (!stream->capture) {
        return CAPTURE_INVALIDATED;
    }
    Graph *captured = stream->capture;
    stream->capture = nullptr;
    if (captured->broken || due("CAPTURE_AT")) {
        delete captured;
        return CAPTURE_INVALIDATED;
    }
    *graph = captured;
    d.graphs.insert(captured);
    return SUCCESS;
}

int cuStreamIsCapturing(void *stream, int *status) {
    *status = streamOf(stream)->capture ? 1 : 0;
    return SUCCESS;
}

int cuGraphInstantiateWithFlags(Graph **made, Graph *graph, unsigned long long) {
    READY;
    *made = new Graph(*graph);
    d.graphs.insert(*made);
    return SUCCESS;
}

int cuGraphDestroy(Graph *graph) {
    READY;
    if (!d.graphs.erase(graph)) {
        return INVALID_VALUE;
    }
    delete graph;
    return SUCCESS;
}

int cuGraphExecDestroy(Graph *graph) { return cuGraphDestroy(graph); }

int cuGraphLaunch(Graph *graph, void *stream) {
    READY;
    d.launches++;
    for (const Task &node : graph->nodes) {
        int result = enqueue(stream, node);
        if (result) {
            return result;
        }
    }
    return SUCCESS;
}
}
