"""PyTorch as one side of the comparison; Peer.java has the language in which it is asked."""
import sys
import time

import torch

import large  # adds its cases to those of operations
import models
import operations

torch.set_num_threads(int(sys.argv[1]))
ON_CUDA = sys.argv[3].startswith("cuda")
if ON_CUDA and not torch.cuda.is_available():
    sys.exit()
torch.set_default_device(sys.argv[3])
torch.manual_seed(1)
COMPILING = 5  # steps that may compile: an optimizer is compiled anew once it has its state
MAY_COMPILE = sys.argv[2] == "compiled"
CASES = {**models.CASES, **operations.CASES}


def eager(function):
    return function


def compiled(function):
    torch._dynamo.reset()
    return torch.compile(function)


def wait():
    if ON_CUDA:
        torch.cuda.synchronize()


def measure(work, count, times):
    seconds = []
    for _ in range(count):
        start = time.perf_counter()
        work(times)
        wait()
        seconds.append((time.perf_counter() - start) / times)
    return seconds


def settle(work, seconds, times):
    """Runs until compilers and caches have settled; gives the median of the second half."""
    measure(work, COMPILING, times)
    end = time.perf_counter() + seconds
    measured = measure(work, 3, times)
    while time.perf_counter() < end:
        measured += measure(work, 1, times)
    half = sorted(measured[len(measured) // 2:])
    return half[len(half) // 2]


def warm(name, seconds, times):
    """Makes the case, in the faster of its ways."""
    made.clear()
    if ON_CUDA:
        torch.cuda.empty_cache()
    case = CASES[name]
    made[name] = case.make(eager)
    best = settle(made[name], seconds, times)
    if not (MAY_COMPILE and case.compiles):
        return "eager"
    try:
        other = case.make(compiled)
        if settle(other, seconds, times) < best:
            made[name] = other
            return "compiled"
        return "eager (compiled is slower)"
    except Exception as error:
        return "eager (not compiled: " + type(error).__name__ + ")"


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def answer(words):
    if words[0] == "peak":
        return peak()
    if words[1] not in CASES:
        return "unknown"
    if words[0] == "warm":
        return "as " + warm(words[1], float(words[2]), int(words[3]))
    if words[1] not in made:
        made[words[1]] = CASES[words[1]].make(eager)
    return " ".join(map(str, measure(made[words[1]], int(words[2]), int(words[3]))))


made = {}
print("ready PyTorch", torch.__version__, flush=True)
for line in sys.stdin:
    try:
        print(answer(line.rstrip("\n").split("\t")), flush=True)
    except Exception as error:  # Too little memory, for one: the other rows can still be had.
        made.clear()
        print("failed", type(error).__name__, flush=True)
