// Work-items without threads. A block's items run one after another on one stack until one of them waits at a barrier;
// then the next items run on another stack. A kernel without barriers is therefore a plain loop.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

#include "module.h"

extern "C" void fakeSwitch(void **saved, void *to);
asm(R"(
.text
.globl fakeSwitch
.type fakeSwitch, @function
fakeSwitch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size fakeSwitch, .-fakeSwitch
)");

class Fibres {
    struct Fibre {
        void *stack;
        unsigned item;
    };

    static constexpr size_t STACK = 128 << 10;

    std::vector<Fibre *> idle, waiting;
    Fibre *current = nullptr;
    void *scheduler = nullptr;
    unsigned started = 0, ended = 0, total = 0;
    const FakeKernel *kernel = nullptr;
    void *const *arguments = nullptr;
    FakeItem *place = nullptr;

    static Fibres &only() {
        static Fibres fibres;
        return fibres;
    }

    void locate(unsigned item) {
        FakeDim size = place->blockSize;
        place->thread = {item % size.x, item / size.x % size.y, item / size.x / size.y};
    }

    // The life of a stack: whichever items have not begun, as long as none of them waits.
    static void body() {
        Fibres &f = only();
        for (;;) {
            Fibre *self = f.current;
            while (f.started < f.total) {
                self->item = f.started++;
                f.locate(self->item);
                f.kernel->call(f.arguments);
                f.ended++;
            }
            f.idle.push_back(self);
            fakeSwitch(&self->stack, f.scheduler);
        }
    }

    static void barrier() {
        Fibres &f = only();
        Fibre *self = f.current;
        f.waiting.push_back(self);
        fakeSwitch(&self->stack, f.scheduler);
        f.locate(self->item);
    }

    Fibre *fresh() {
        if (!idle.empty()) {
            Fibre *fibre = idle.back();
            idle.pop_back();
            return fibre;
        }
        char *low = (char *) mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        mprotect(low, sysconf(_SC_PAGESIZE), PROT_NONE);
        // As after a call: the return address, which is body's, lies where the six registers end.
        void **top = (void **) (low + STACK - 64);
        *--top = nullptr;
        *--top = (void *) &body;
        top -= 6;
        return new Fibre{top, 0};
    }

    void resume(Fibre *fibre) {
        current = fibre;
        fakeSwitch(&scheduler, fibre->stack);
    }

    bool block() {
        started = ended = 0;
        while (started < total) {
            resume(fresh());
        }
        while (!waiting.empty()) {
            if (ended > 0) {
                abandon();
                return false;
            }
            std::vector<Fibre *> arrived;
            arrived.swap(waiting);
            for (Fibre *fibre : arrived) {
                resume(fibre);
            }
        }
        return true;
    }

    // What waits for ever keeps its stack: its frames cannot be unwound.
    void abandon() { waiting.clear(); }

public:
    // Runs every block; false when some work-items wait at a barrier that others do not reach.
    static bool run(const FakeKernel *kernel, FakeItem *place, FakeDim grid, FakeDim block, void *const *arguments) {
        Fibres &f = only();
        f.kernel = kernel;
        f.place = place;
        f.arguments = arguments;
        f.total = block.x * block.y * block.z;
        place->gridSize = grid;
        place->blockSize = block;
        place->barrier = barrier;
        for (place->block.z = 0; place->block.z < grid.z; place->block.z++) {
            for (place->block.y = 0; place->block.y < grid.y; place->block.y++) {
                for (place->block.x = 0; place->block.x < grid.x; place->block.x++) {
                    if (!f.block()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
};
