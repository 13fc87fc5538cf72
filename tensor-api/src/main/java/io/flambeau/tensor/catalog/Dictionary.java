package io.flambeau.tensor.catalog;

import java.util.List;

/** The dictionary from PyTorch's names to ours, written from the catalogue. */
public final class Dictionary {
    private static final String HEAD = """
        # From PyTorch to Flambeau

        Every operation under PyTorch's name, with its form here. Names are PyTorch's in camelCase; `x` is the first
        argument, `axes` are varargs, `keep` is `keepdim`. Operators of Python are methods: `x + y` is `x.add(y)`,
        `x[0, 1:5]` is `x.get(at(0), slice(1, 5))`, `x[mask] = 0` is `x.set(0, mask)`.

        This file is written from the catalogue of operations; a test keeps it current.
        """;

    /** What takes code, or gives what is no tensor, and so is not called by name. */
    private static final String TAIL = """

        ## Around operations

        | PyTorch | Flambeau |
        |---|---|
        | `tensor(data)`, `as_tensor(data)`, `from_numpy(ndarray)` | `Tensors.of(values, sizes)` |
        | `x.numpy()`, `x.tolist()` | `x.toDoubleArray()` |
        | `no_grad()`, `enable_grad()` | `Tensors.noGrad(body)`, `Tensors.enableGrad(body)` |
        | `inference_mode()` | `Tensors.inferenceMode(body)` |
        | `is_grad_enabled()` | `Tensors.isGradEnabled()` |
        | `x.grad` | `x.grad()` |
        | `x.register_hook(hook)` | `x.registerHook(hook)` |
        | `x.register_post_accumulate_grad_hook(hook)` | `x.registerPostAccumulateGradHook(hook)` |
        | `autograd.grad(outputs, inputs)` | `Grad.grad(output, inputs)` |
        | `autograd.backward(tensors)` | `Grad.backward(roots, seeds, retainGraph, createGraph, into)` |
        | `autograd.gradcheck(func, inputs)` | `GradCheck.DEFAULT.check(function, x)` |
        | `autograd.Function` | `Function.of(title, forward, backward)` |
        | `autograd.detect_anomaly()` | `Grad.detectAnomaly(body)` |
        | `func.grad(func)`, `func.vjp(func, x)`, `func.jvp(func, (x,), (tangent,))` | `Grad.of(function)`, `Grad.vjp(function, x, cotangent)`, `Grad.jvp(function, x, tangent)` |
        | `func.jacrev(func)`, `func.hessian(func)` | `Grad.jacobian(function, x)`, `Grad.hessian(function, x)` |
        | `vmap(func)` | `Vmap.of(function)` |
        | `utils.checkpoint.checkpoint(function, x)` | `Checkpoint.call(function, x)` |
        | `autocast(device, dtype)` | `Autocast.call(dtype, body)` |
        | `Generator()`, `default_generator` | `new Generator(seed)`, `Generator.standard()` |
        | `get_rng_state()`, `set_rng_state(state)` | `Generator.standard().state()`, `Generator.standard().state(state)` |
        | `finfo(dtype)`, `iinfo(dtype)` | `dtype.epsilon()`, `dtype.min()`, `dtype.max()` |
        """;

    private Dictionary() {}

    /** The dictionary of these families as a Markdown document. */
    public static String markdown(List<Catalog> catalogs) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Catalog catalog : catalogs) {
            text.append("\n## ").append(catalog.title()).append("\n\n| PyTorch | Flambeau |\n|---|---|\n");
            for (Entry entry : catalog.entries()) {
                text.append("| `")
                        .append(cell(entry.signature().text()))
                        .append("` | `")
                        .append(cell(entry.java()))
                        .append("` |\n");
            }
        }
        return text.append(TAIL).toString();
    }

    private static String cell(String code) {
        return code.replace("|", "\\|");
    }
}
