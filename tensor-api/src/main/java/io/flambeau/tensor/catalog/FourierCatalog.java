package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fft;
import io.flambeau.tensor.Stft;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.Windows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fourier transforms and windows. */
final class FourierCatalog {
    static final Catalog CATALOG = new Catalog("Fourier transforms and windows", entries());

    private FourierCatalog() {}

    @FunctionalInterface
    private interface OneAxis {
        Tensor of(Tensor x, @Nullable Long n, int axis, @Nullable String norm);
    }

    @FunctionalInterface
    private interface SomeAxes {
        Tensor of(Tensor x, long @Nullable [] sizes, int @Nullable [] axes, @Nullable String norm);
    }

    @FunctionalInterface
    private interface Window {
        Tensor of(Arguments a, long n, boolean symmetric, DType dtype);
    }

    private static List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        line(all, "fft", Fft::fft);
        line(all, "ifft", Fft::ifft);
        line(all, "rfft", Fft::rfft);
        line(all, "irfft", Fft::irfft);
        line(all, "hfft", Fft::hfft);
        line(all, "ihfft", Fft::ihfft);
        block(all, "fft2", "(-2, -1)", Fft::fft2);
        block(all, "fftn", "None", Fft::fftn);
        block(all, "ifft2", "(-2, -1)", Fft::ifft2);
        block(all, "ifftn", "None", Fft::ifftn);
        block(all, "rfft2", "(-2, -1)", Fft::rfft2);
        block(all, "rfftn", "None", Fft::rfftn);
        block(all, "irfft2", "(-2, -1)", Fft::irfft2);
        block(all, "irfftn", "None", Fft::irfftn);
        block(all, "hfft2", "(-2, -1)", Fft::hfft2);
        block(all, "hfftn", "None", Fft::hfftn);
        block(all, "ihfft2", "(-2, -1)", Fft::ihfft2);
        block(all, "ihfftn", "None", Fft::ihfftn);
        all.add(entry(
                "fft.fftshift(input, dim=None)",
                "Fft.fftshift(x, axes)",
                a -> Fft.fftshift(a.tensor("input"), axes(a))));
        all.add(entry(
                "fft.ifftshift(input, dim=None)",
                "Fft.ifftshift(x, axes)",
                a -> Fft.ifftshift(a.tensor("input"), axes(a))));
        all.add(entry(
                "fft.fftfreq(n, d=1.0, *, dtype=None)",
                "Fft.fftfreq(n, d)",
                a -> Fft.fftfreq(a.integer("n"), a.real("d")).to(a.dtype("dtype", Tensors.defaultDtype()))));
        all.add(entry(
                "fft.rfftfreq(n, d=1.0, *, dtype=None)",
                "Fft.rfftfreq(n, d)",
                a -> Fft.rfftfreq(a.integer("n"), a.real("d")).to(a.dtype("dtype", Tensors.defaultDtype()))));
        all.add(entry(
                "stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect',"
                        + " normalized=False, onesided=None, return_complex=None)",
                "Stft.of(nFft).forward(x)",
                a -> stft(a).padMode(a.text("pad_mode"))
                        .returnComplex(!a.has("return_complex") || a.flag("return_complex"))
                        .forward(a.tensor("input"))));
        all.add(entry(
                "istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False,"
                        + " onesided=None, length=None, return_complex=False)",
                "Stft.of(nFft).inverse(spectra)",
                a -> stft(a).length(optional(a, "length"))
                        .complexSignal(a.flag("return_complex"))
                        .inverse(a.tensor("input"))));
        window(all, "hann", "", (a, n, s, t) -> Windows.hann(n, s, t));
        window(all, "hamming", "", (a, n, s, t) -> Windows.hamming(n, s, t));
        window(all, "blackman", "", (a, n, s, t) -> Windows.blackman(n, s, t));
        window(all, "bartlett", "", (a, n, s, t) -> Windows.bartlett(n, s, t));
        window(all, "nuttall", "", (a, n, s, t) -> Windows.nuttall(n, s, t));
        window(all, "cosine", "", (a, n, s, t) -> Windows.cosine(n, s, t));
        window(all, "gaussian", "std=1.0, ", (a, n, s, t) -> Windows.gaussian(n, a.real("std"), s, t));
        window(all, "kaiser", "beta=12.0, ", (a, n, s, t) -> Windows.kaiser(n, a.real("beta"), s, t));
        window(
                all,
                "exponential",
                "center=None, tau=1.0, ",
                (a, n, s, t) -> Windows.exponential(
                        n, a.has("center") ? (Double) a.real("center") : null, a.real("tau"), s, t));
        window(
                all,
                "general_hamming",
                "alpha=0.54, ",
                (a, n, s, t) -> Windows.generalHamming(n, a.real("alpha"), s, t));
        window(all, "general_cosine", "a, ", (a, n, s, t) -> {
            if (!a.isList("a")) {
                throw a.wrong("a", "a list of weights", a.value("a"));
            }
            return Windows.generalCosine(n, a.reals("a"), s, t);
        });
        older(all, "hann", "", "hann(n, !periodic, dtype)", (a, n, s, t) -> Windows.hann(n, s, t));
        older(all, "blackman", "", "blackman(n, !periodic, dtype)", (a, n, s, t) -> Windows.blackman(n, s, t));
        older(all, "bartlett", "", "bartlett(n, !periodic, dtype)", (a, n, s, t) -> Windows.bartlett(n, s, t));
        older(
                all,
                "kaiser",
                "beta=12.0, ",
                "kaiser(n, beta, !periodic, dtype)",
                (a, n, s, t) -> Windows.kaiser(n, a.real("beta"), s, t));
        older(
                all,
                "hamming",
                "alpha=0.54, beta=0.46, ",
                "generalCosine(n, new double[] {alpha, beta}, !periodic, dtype)",
                (a, n, s, t) -> Windows.generalCosine(n, new double[] {a.real("alpha"), a.real("beta")}, s, t));
        return List.copyOf(all);
    }

    private static void line(List<Entry> all, String name, OneAxis f) {
        all.add(entry(
                "fft." + name + "(input, n=None, dim=-1, norm=None)",
                "Fft." + name + "(x, n, axis, norm)",
                a -> f.of(a.tensor("input"), optional(a, "n"), a.axis("dim"), norm(a))));
    }

    private static void block(List<Entry> all, String name, String axes, SomeAxes f) {
        all.add(entry(
                "fft." + name + "(input, s=None, dim=" + axes + ", norm=None)",
                "Fft." + name + "(x, sizes, axes, norm)",
                a -> f.of(a.tensor("input"), a.has("s") ? a.sizes("s") : null, axes(a), norm(a))));
    }

    /** The older names of windows, which are periodic unless said otherwise. */
    private static void older(List<Entry> all, String name, String options, String java, Window f) {
        all.add(entry(
                name + "_window(window_length, periodic=True, " + options + "*, dtype=None, requires_grad=False)",
                "Windows." + java,
                a -> {
                    DType dtype = a.dtype("dtype", Tensors.defaultDtype());
                    Tensor w = f.of(a, a.integer("window_length"), !a.flag("periodic"), dtype);
                    return a.flag("requires_grad") ? w.requiresGrad(true) : w;
                }));
    }

    private static void window(List<Entry> all, String name, String options, Window f) {
        all.add(entry(
                "signal.windows." + name + "(M, *, " + options + "sym=True, dtype=None, requires_grad=False)",
                "Windows." + Entry.camel(name) + "(n, symmetric, dtype)",
                a -> {
                    DType dtype = a.dtype("dtype", Tensors.defaultDtype());
                    Tensor w = f.of(a, a.integer("M"), a.flag("sym"), dtype);
                    return a.flag("requires_grad") ? w.requiresGrad(true) : w;
                }));
    }

    private static Stft stft(Arguments a) {
        return Stft.of(a.integer("n_fft"))
                .hopLength(optional(a, "hop_length"))
                .winLength(optional(a, "win_length"))
                .window(a.optionalTensor("window"))
                .center(a.flag("center"))
                .normalized(a.flag("normalized"))
                .onesided(a.has("onesided") ? (Boolean) a.flag("onesided") : null);
    }

    private static @Nullable Long optional(Arguments a, String name) {
        return a.has(name) ? (Long) a.integer(name) : null;
    }

    private static int @Nullable [] axes(Arguments a) {
        return a.has("dim") ? a.axes("dim") : null;
    }

    private static @Nullable String norm(Arguments a) {
        return a.has("norm") ? a.text("norm") : null;
    }
}
