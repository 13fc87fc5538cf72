"""The operations of Operations.java, Convolutions.java, Factorisations.java and Overhead.java in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F

from models import Case, each

CASES = {}


def operation(name, inputs, function, compiles=True, grad=False):
    def make(compile):
        arguments = inputs()
        work = compile(function)

        def call():
            with torch.set_grad_enabled(grad):
                work(*arguments)

        return each(call)

    CASES[name] = Case(make, compiles)


def gradient(name, inputs, function):
    """The gradients of the inputs that want one, over and over on one graph."""

    def make(_):
        arguments = inputs()
        y = function(*arguments)
        cotangent = torch.randn(y.shape)
        wanted = [x for x in arguments if torch.is_tensor(x) and x.requires_grad]
        return each(lambda: torch.autograd.grad(y, wanted, cotangent, retain_graph=True))

    CASES[name] = Case(make, False)


def product(name, left, right):
    operation(name, lambda: (left(), right()), torch.matmul, False)


def large():
    return torch.randn(4000, 1000)


def leaf(*sizes):
    return torch.randn(*sizes, requires_grad=True)


def products():
    sizes = [(n, n, n) for n in (64, 128, 256, 512, 1024, 2048)]
    sizes += [(10000, 64, 64), (64, 784, 256), (64, 10000, 64), (1024, 128, 512), (4096, 16, 4096)]
    for m, k, n in sizes:
        product(f"matmul {m}x{k}x{n}", lambda m=m, k=k: torch.randn(m, k), lambda k=k, n=n: torch.randn(k, n))
    product("matmul 1024x512x1024, transposed left",
            lambda: torch.randn(512, 1024).t(), lambda: torch.randn(512, 1024))
    product("matmul 1024x512x1024, transposed right",
            lambda: torch.randn(1024, 512), lambda: torch.randn(1024, 512).t())
    product("matmul 1x1024x1024", lambda: torch.randn(1, 1024), lambda: torch.randn(1024, 1024))
    product("bmm 64 of 64x32x64, transposed right",
            lambda: torch.randn(64, 64, 32), lambda: torch.randn(64, 64, 32).transpose(1, 2))
    product("bmm 64 of 64x64x32", lambda: torch.randn(64, 64, 64), lambda: torch.randn(64, 64, 32))
    product("bmm 96 of 256x64x256, transposed right",
            lambda: torch.randn(96, 256, 64), lambda: torch.randn(96, 256, 64).transpose(1, 2))
    product("bmm 1000 of 16x16x16", lambda: torch.randn(1000, 16, 16), lambda: torch.randn(1000, 16, 16))
    operation("linear 64x784 to 256, with bias",
              lambda: (torch.randn(64, 784), torch.randn(256, 784), torch.randn(256)), F.linear, False)


FORMS = [
    ("conv", 16, 3, 64, 32, 3, 1, 1), ("conv", 16, 64, 64, 32, 3, 1, 1), ("conv", 16, 64, 128, 32, 3, 2, 1),
    ("conv", 16, 64, 128, 32, 1, 2, 1), ("conv", 16, 128, 128, 16, 3, 1, 1), ("conv", 16, 128, 256, 16, 3, 2, 1),
    ("conv", 16, 128, 256, 16, 1, 2, 1), ("conv", 16, 256, 256, 8, 3, 1, 1), ("conv", 16, 256, 512, 8, 3, 2, 1),
    ("conv", 16, 256, 512, 8, 1, 2, 1), ("conv", 16, 512, 512, 4, 3, 1, 1), ("conv", 4, 3, 64, 224, 7, 2, 1),
    ("conv", 16, 64, 64, 56, 3, 1, 1), ("conv", 16, 64, 64, 56, 1, 1, 1), ("conv", 64, 1, 32, 28, 3, 1, 1),
    ("conv", 64, 32, 64, 14, 3, 1, 1), ("depthwise", 8, 64, 64, 56, 3, 1, 64), ("grouped", 8, 64, 64, 56, 3, 1, 4)]


def convolutions():
    for label, batch, inputs, outputs, size, kernel, stride, groups in FORMS:
        name = f"{label} {batch}x{inputs}x{size}x{size} to {outputs}, {kernel}x{kernel}"
        name += f", stride {stride}" if stride > 1 else ""
        name += f", groups {groups}" if groups > 1 else ""

        def function(x, w, stride=stride, padding=kernel // 2, groups=groups):
            return F.conv2d(x, w, None, stride, padding, 1, groups)

        def arguments(x, w, s=(batch, inputs, size, size), t=(outputs, inputs // groups, kernel, kernel)):
            return torch.randn(s, requires_grad=x), torch.randn(t, requires_grad=w)

        operation("forward " + name, lambda a=arguments: a(False, False), function, False)
        gradient("data gradient " + name, lambda a=arguments: a(True, False), function)
        gradient("weight gradient " + name, lambda a=arguments: a(False, True), function)
    operation("forward conv1d 16x64x1000 to 128, 5", lambda: (torch.randn(16, 64, 1000), torch.randn(128, 64, 5)),
              lambda x, w: F.conv1d(x, w, padding=2), False)


def unary(name, function):
    operation(name + " of 4 M", lambda: (large(),), function)


def elementwise():
    operation("a + b of 4 M", lambda: (large(), large()), torch.add)
    operation("a + row of 4 M", lambda: (large(), torch.randn(1000)), torch.add)
    operation("a + column of 4 M", lambda: (large(), torch.randn(4000, 1)), torch.add)
    unary("a * 0.5", lambda x: x * 0.5)
    unary("relu", F.relu)
    unary("gelu", F.gelu)
    unary("exp", torch.exp)
    unary("log", torch.log)
    unary("tanh", torch.tanh)
    unary("sigmoid", torch.sigmoid)
    unary("dropout", lambda x: F.dropout(x, 0.5))
    gradient("gelu gradient of 4 M", lambda: (leaf(4000, 1000),), F.gelu)
    operation("a > b of 4 M", lambda: (large(), large()), torch.gt)
    for name, dtype in (("float16", torch.float16), ("bfloat16", torch.bfloat16)):
        operation(f"float32 to {name} of 4 M", lambda: (large(),), lambda x, d=dtype: x.to(d))
        operation(f"{name} to float32 of 4 M", lambda d=dtype: (large().to(d),), lambda x: x.float())
    operation("bfloat16 a + b of 4 M", lambda: (large().bfloat16(), large().bfloat16()), torch.add)


def reductions():
    unary("sum", torch.sum)
    unary("sum over axis 0", lambda x: x.sum(0))
    unary("sum over axis 1", lambda x: x.sum(1))
    unary("sum over axis 1 of 3", lambda x: x.reshape(40, 100, 1000).sum(1))
    unary("mean over axis 1", lambda x: x.mean(1))
    unary("amax over axis 1", lambda x: x.amax(1))
    unary("argmax over axis 1", lambda x: x.argmax(1))
    unary("var over axis 1", lambda x: x.var(1))
    unary("cumsum over axis 1", lambda x: x.cumsum(1))


def norms():
    unary("softmax over axis 1", lambda x: x.softmax(1))
    unary("log softmax over axis 1", lambda x: x.log_softmax(1))
    gradient("softmax gradient of 4 M", lambda: (leaf(4000, 1000),), lambda x: x.softmax(1))
    unary("layer norm", lambda x: F.layer_norm(x, (1000,)))
    gradient("layer norm gradient of 4 M", lambda: (leaf(4000, 1000), leaf(1000), leaf(1000)),
             lambda x, w, b: F.layer_norm(x, (1000,), w, b))
    operation("cross entropy 4000x1000, with gradient", lambda: (leaf(4000, 1000), torch.randint(1000, (4000,))),
              lambda x, y: torch.autograd.grad(F.cross_entropy(x, y), x), False, True)
    operation("batch norm 16x64x56x56, training",
              lambda: (torch.randn(16, 64, 56, 56), torch.zeros(64), torch.ones(64), torch.ones(64), torch.zeros(64)),
              lambda x, m, v, w, b: F.batch_norm(x, m, v, w, b, True))
    gradient("batch norm gradient 16x64x56x56", lambda: (leaf(16, 64, 56, 56), leaf(64), leaf(64)),
             lambda x, w, b: F.batch_norm(x, None, None, w, b, True))
    operation("group norm 16x64x56x56, 8 groups", lambda: (torch.randn(16, 64, 56, 56),),
              lambda x: F.group_norm(x, 8))


def pools():
    pictures = lambda: (torch.randn(64, 32, 28, 28),)
    operation("max pool 2x2 of 64x32x28x28", pictures, lambda x: F.max_pool2d(x, 2))
    gradient("max pool gradient 2x2 of 64x32x28x28", lambda: (leaf(64, 32, 28, 28),), lambda x: F.max_pool2d(x, 2))
    operation("average pool 2x2 of 64x32x28x28", pictures, lambda x: F.avg_pool2d(x, 2))


def moving():
    operation("transposing copy 4000x1000", lambda: (large(),), lambda x: x.t().contiguous())
    operation("permuting copy 16x64x4x32", lambda: (torch.randn(16, 64, 4, 32),),
              lambda x: x.transpose(1, 2).contiguous())
    operation("cat of 2 x 2 M", lambda: (torch.randn(2000, 1000), torch.randn(2000, 1000)),
              lambda x, y: torch.cat((x, y)))
    index = lambda: torch.randint(1000, (4000, 250))
    operation("gather 1 M of 4 M", lambda: (large(), index()), lambda x, i: x.gather(1, i))
    operation("scatter add 1 M into 4 M", lambda: (large(), index(), torch.randn(4000, 250)),
              lambda x, i, s: x.scatter_add(1, i, s))
    operation("embedding 4096 of 10000x256", lambda: (torch.randint(10000, (4096,)), torch.randn(10000, 256)),
              F.embedding)
    gradient("embedding gradient 4096 of 10000x256", lambda: (torch.randint(10000, (4096,)), leaf(10000, 256)),
             F.embedding)
    operation("sort 1000x1000", lambda: (torch.randn(1000, 1000),), torch.sort, False)
    operation("sort 1 M", lambda: (torch.randn(1000000),), torch.sort, False)
    operation("topk 10 of 4000x1000", lambda: (large(),), lambda x: x.topk(10), False)

    def adam(compile):
        x, target = leaf(4000, 1000), large()
        optimizer = torch.optim.Adam([x])
        (x - target).square().mean().backward()
        return each(compile(optimizer.step))

    CASES["Adam step on 4 M"] = Case(adam, True)


def sequences():
    sequence = lambda: torch.randn(50, 32, 64)
    lstm, gru = nn.LSTM(64, 128), nn.GRU(64, 128)
    operation("LSTM 64-128, T 50, batch 32", lambda: (sequence(),), lambda x: lstm(x)[0], False)
    operation("GRU 64-128, T 50, batch 32", lambda: (sequence(),), lambda x: gru(x)[0], False)
    gradient("LSTM gradient 64-128, T 50, batch 32", lambda: (sequence(), *lstm.parameters()),
             lambda x, *_: lstm(x)[0])
    for batch, heads, time, width in ((16, 4, 64, 32), (8, 12, 512, 64)):
        name = f"attention {batch}x{heads}x{time}x{width}, causal"
        sizes = batch, heads, time, width
        causal = lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True)
        operation(name, lambda s=sizes: [torch.randn(s) for _ in range(3)], causal, False)
        gradient(name + ", gradient", lambda s=sizes: [leaf(*s) for _ in range(3)], causal)


def factorisations():
    for batch, n in ((4096, 4), (512, 16), (64, 64), (1, 512)):
        of = f" of {batch} of {n}x{n}"
        matrices = lambda b=batch, n=n: (torch.randn(b, n, n),)

        def positive(make=matrices, n=n):
            x = make()[0]
            return (x @ x.mT + torch.eye(n) * n,)

        operation("cholesky" + of, positive, torch.linalg.cholesky, False)
        operation("lu" + of, matrices, torch.linalg.lu_factor, False)
        operation("solve" + of + ", 4 sides", lambda b=batch, n=n: (torch.randn(b, n, n + 4),),
                  lambda x, n=n: torch.linalg.solve(x[..., :n], x[..., n:]), False)
        operation("qr" + of, matrices, torch.linalg.qr, False)
        operation("svd" + of, matrices, lambda x: torch.linalg.svd(x, full_matrices=False), False)
        operation("eigh" + of, positive, torch.linalg.eigh, False)
    for batch, n in ((4096, 64), (256, 1024), (256, 1000), (256, 1009), (1, 1 << 20)):
        of = f" of {batch}x{n}"
        operation("fft" + of, lambda b=batch, n=n: (torch.complex(torch.randn(b, n), torch.randn(b, n)),),
                  torch.fft.fft, False)
        operation("rfft" + of, lambda b=batch, n=n: (torch.randn(b, n),), torch.fft.rfft, False)
    operation("fft2 of 8 of 512x512", lambda: (torch.complex(torch.randn(8, 512, 512), torch.randn(8, 512, 512)),),
              torch.fft.fft2, False)


def overhead():
    def sums(tracked):
        def make(_):
            a, b = torch.ones(8, requires_grad=tracked), torch.ones(8)

            def run(times):
                for _ in range(times):
                    a + b

            return run

        return Case(make, False)

    for where in ("in a scope", "outside scopes"):
        CASES["a + b of 8 floats, " + where] = sums(False)
        CASES["a + b of 8 floats, tracked, " + where] = sums(True)

    def select(_):
        x = torch.ones(8, 8)

        def run(times):
            for _ in range(times):
                x[0]

        return run

    CASES["x[0] of 8 x 8 floats, in a scope"] = Case(select, False)


for add in (products, convolutions, elementwise, reductions, norms, pools, moving, sequences, factorisations, overhead):
    add()
