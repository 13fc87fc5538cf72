"""PyTorch as one side of the comparison; Peer.java has the language in which it is asked."""
import sys
import time

import torch

import models
import operations

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
MAY_COMPILE = sys.argv[2] == "compiled"
CASES = {**models.CASES, **operations.CASES}


def eager(function):
    return function


def compiled(function):
    torch._dynamo.reset()
    return torch.compile(function)


def measure(work, count, times):
    seconds = []
    for _ in range(count):
        start = time.perf_counter()
        work(times)
        seconds.append((time.perf_counter() - start) / times)
    return seconds


def settle(work, seconds, times):
    """Runs until caches have settled; gives the median of the second half."""
    end = time.perf_counter() + seconds
    measured = measure(work, 3, times)
    while time.perf_counter() < end:
        measured += measure(work, 1, times)
    half = sorted(measured[len(measured) // 2:])
    return half[len(half) // 2]


def warm(name, seconds, times):
    """Makes the case, in the faster of its ways."""
    made.clear()
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


made = {}
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    words = line.rstrip("\n").split("\t")
    if words[0] == "peak":
        print(peak(), flush=True)
    elif words[1] not in CASES:
        print("unknown", flush=True)
    elif words[0] == "warm":
        print("as", warm(words[1], float(words[2]), int(words[3])), flush=True)
    else:
        if words[1] not in made:
            made[words[1]] = CASES[words[1]].make(eager)
        print(*measure(made[words[1]], int(words[2]), int(words[3])), flush=True)
