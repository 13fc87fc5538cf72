"""The work of Large.java in PyTorch."""
import torch
from torch.nn import functional as F

import models
from models import Case
from operations import CASES, gradient, leaf, operation

MEBI = 1 << 20


def tf32(case):
    """The case with products in TF32."""

    def make(compile):
        work = case.make(compile)

        def run(times):
            torch.backends.cuda.matmul.allow_tf32 = True
            try:
                work(times)
            finally:
                torch.backends.cuda.matmul.allow_tf32 = False

        return run

    return Case(make, case.compiles)


def product(name, dtype):
    operation(f"matmul 8192x8192x8192, {name}", lambda: (torch.randn(8192, 8192).to(dtype),), lambda x: x @ x, False)


product("float32", torch.float32)
product("bfloat16", torch.bfloat16)
operation("a + b of 256 M floats", lambda: (torch.randn(256 * MEBI),), lambda a: a + a, False)
operation("copy of 1 GiB", lambda: (torch.randn(256 * MEBI),), torch.clone, False)
operation("64 MiB to the device", lambda: (torch.randn(16 * MEBI, device="cpu"),),
          lambda x: x.to(torch.get_default_device()), False)
operation("64 MiB from the device", lambda: (torch.randn(16 * MEBI),), lambda x: x.cpu(), False)
operation("softmax of 65536 x 1024", lambda: (torch.randn(65536, 1024),), lambda x: x.softmax(1))
gradient("layer norm of 65536 x 1024, gradients", lambda: (leaf(65536, 1024), leaf(1024), leaf(1024)),
         lambda x, weight, bias: F.layer_norm(x, (1024,), weight, bias))
operation("causal attention 16 x 12 x 1024 x 64", lambda: (torch.randn(16, 12, 1024, 64),),
          lambda q: F.scaled_dot_product_attention(q, q, q, is_causal=True))

for name in ("matmul 8192x8192x8192, float32", models.RESNET_224, models.GPT_384):
    CASES[name + ", TF32"] = tf32({**models.CASES, **CASES}[name])
