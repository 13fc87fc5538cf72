package io.flambeau.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short-time Fourier transform and its inverse: PyTorch's {@code stft} and {@code istft} with their options.
 *
 * <pre>{@code
 * Stft stft = Stft.of(400).hopLength(160).window(Windows.hann(400, false, DType.F32));
 * Tensor spectrogram = stft.forward(signal);                       // [batch, frequencies, frames]
 * Tensor back = stft.inverse(spectrogram);
 * }</pre>
 *
 * @param nFft the points of each transform
 * @param hopLength the distance between frames; null: a quarter of nFft
 * @param winLength the points of the window, which is centred in nFft; null: nFft
 * @param window the window; null: ones
 * @param center whether the signal is padded by nFft / 2 on both sides, so that frame t is centred at t hopLength
 * @param padMode "reflect", "constant" (zeros), "replicate" or "circular"
 * @param normalized whether spectra are divided by the root of nFft
 * @param onesided whether only nFft / 2 + 1 frequencies are given; null: for real signals
 * @param returnComplex of the forward transform: complex instead of a last axis of two; of the inverse: a complex
 * signal
 * @param length the length of the inverse; null: as the frames reach
 */
public record Stft(
        long nFft,
        @Nullable Long hopLength,
        @Nullable Long winLength,
        @Nullable Tensor window,
        boolean center,
        String padMode,
        boolean normalized,
        @Nullable Boolean onesided,
        boolean returnComplex,
        boolean complexSignal,
        @Nullable Long length) {
    private static final double LEAST_ENVELOPE = 1e-11;

    /** The defaults: complex spectra of centred frames of real signals. */
    public static Stft of(long nFft) {
        return new Stft(nFft, null, null, null, true, "reflect", false, null, true, false, null);
    }

    public Stft hopLength(@Nullable Long value) {
        return new Stft(
                nFft,
                value,
                winLength,
                window,
                center,
                padMode,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft winLength(@Nullable Long value) {
        return new Stft(
                nFft,
                hopLength,
                value,
                window,
                center,
                padMode,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft window(@Nullable Tensor value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                value,
                center,
                padMode,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft center(boolean value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                value,
                padMode,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft padMode(String value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                value,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft normalized(boolean value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                padMode,
                value,
                onesided,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft onesided(@Nullable Boolean value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                padMode,
                normalized,
                value,
                returnComplex,
                complexSignal,
                length);
    }

    public Stft returnComplex(boolean value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                padMode,
                normalized,
                onesided,
                value,
                complexSignal,
                length);
    }

    public Stft complexSignal(boolean value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                padMode,
                normalized,
                onesided,
                returnComplex,
                value,
                length);
    }

    public Stft length(@Nullable Long value) {
        return new Stft(
                nFft,
                hopLength,
                winLength,
                window,
                center,
                padMode,
                normalized,
                onesided,
                returnComplex,
                complexSignal,
                value);
    }

    /** Spectra [frequencies, frames] of a signal, or of each of a batch. */
    public Tensor forward(Tensor signal) {
        if (!signal.dtype().isDifferentiable() || signal.rank() < 1 || signal.rank() > 2) {
            throw new ShapeException(
                    "stft",
                    "needs a floating or complex signal or a batch of them, not " + signal.dtype() + signal.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        if (signal.rank() == 1) {
            return forward(signal.unsqueeze(0)).squeeze(0);
        }
        Tensor x = center ? padded(signal, nFft / 2) : signal;
        if (nFft < 1 || nFft > x.size(-1)) {
            throw new ArgumentException(
                    "stft",
                    "n_fft must be from 1 to the length " + x.size(-1) + " of the signal, it is " + nFft,
                    Fault.BAD_ARGUMENT);
        }
        Tensor shape = centredWindow("stft", x.dtype().toReal());
        boolean complex = x.dtype().isComplex() || shape.dtype().isComplex();
        boolean half = onesided == null ? !complex : onesided;
        if (half && complex) {
            throw new ArgumentException("stft", "onesided spectra are of real signals", Fault.BAD_ARGUMENT);
        }
        Tensor frames = x.unfold(-1, nFft, hop("stft")).mul(shape);
        String norm = normalized ? "ortho" : null;
        Tensor spectra = half ? Fft.rfft(frames, null, -1, norm) : Fft.fft(frames, null, -1, norm);
        spectra = spectra.transpose(1, 2);
        return returnComplex ? spectra : spectra.viewAsReal();
    }

    /**
     * The signal whose spectra are nearest to these (Griffin and Lim, 1984).
     *
     * @throws NumericException if the windows leave gaps
     */
    public Tensor inverse(Tensor spectra) {
        if (!spectra.dtype().isComplex() || spectra.rank() < 2 || spectra.rank() > 3) {
            throw new ShapeException(
                    "istft",
                    "needs complex spectra [frequencies, frames] or a batch of them, not " + spectra.dtype()
                            + spectra.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        if (spectra.rank() == 2) {
            return inverse(spectra.unsqueeze(0)).squeeze(0);
        }
        boolean half = onesided == null ? spectra.size(1) != nFft : onesided;
        long expected = half ? nFft / 2 + 1 : nFft;
        if (spectra.size(1) != expected || spectra.size(2) == 0 || half && complexSignal) {
            throw new ShapeException(
                    "istft",
                    "n_fft " + nFft + (half ? " onesided" : " two-sided") + " needs " + expected
                            + " frequencies of at least one frame, the shape is " + spectra.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        long hop = hop("istft");
        Tensor shape = centredWindow("istft", spectra.dtype().toReal());
        String norm = normalized ? "ortho" : null;
        Tensor lines = spectra.transpose(1, 2);
        // The first half of two-sided spectra makes a real signal.
        Tensor frames = complexSignal ? Fft.ifft(lines, null, -1, norm) : Fft.irfft(lines, nFft, -1, norm);
        long total = nFft + hop * (lines.size(1) - 1);
        Tensor sum = overlapped(frames.mul(shape), hop, total);
        Tensor envelope = overlapped(shape.square().expand(1, lines.size(1), nFft), hop, total);
        long start = center ? nFft / 2 : 0;
        long end = length != null ? start + length : total - (center ? nFft / 2 : 0);
        long reached = Math.min(end, total);
        if (reached <= start) {
            throw new ArgumentException(
                    "istft", "the frames cover no point of the signal: " + total + " in all", Fault.BAD_ARGUMENT);
        }
        envelope = envelope.narrow(-1, start, reached - start);
        if (!(envelope.detach().real().abs().amin().item() > LEAST_ENVELOPE)) {
            throw new NumericException(
                    "istft", "the windows do not overlap: the sum of their squares has zeros", Fault.NUMERIC);
        }
        Tensor signal = sum.narrow(-1, start, reached - start).div(envelope);
        return end > reached ? signal.cat(-1, signal.newZeros(signal.shape().with(1, end - reached))) : signal;
    }

    private long hop(String operation) {
        long hop = hopLength == null ? nFft / 4 : hopLength;
        if (hop < 1) {
            throw new ArgumentException(
                    operation, "the hop length must be at least 1, it is " + hop, Fault.BAD_ARGUMENT);
        }
        return hop;
    }

    /** The window, with zeros around it up to nFft points. */
    private Tensor centredWindow(String operation, DType dtype) {
        long points = winLength == null ? nFft : winLength;
        if (points < 1 || points > nFft) {
            throw new ArgumentException(
                    operation,
                    "the window length must be from 1 to n_fft " + nFft + ", it is " + points,
                    Fault.BAD_ARGUMENT);
        }
        if (window != null && (window.rank() != 1 || window.size(0) != points)) {
            throw new ShapeException(
                    operation,
                    "the window must have shape [" + points + "], it has " + window.shape(),
                    Fault.SHAPE_MISMATCH);
        }
        Tensor shape = window != null ? window : Tensors.ones(dtype, points);
        long left = (nFft - points) / 2;
        long right = nFft - points - left;
        return points == nFft
                ? shape
                : Tensors.cat(0, shape.newZeros(Shape.of(left)), shape, shape.newZeros(Shape.of(right)));
    }

    private static Tensor overlapped(Tensor frames, long hop, long total) {
        long count = frames.size(1);
        long points = frames.size(2);
        Tensor places = Tensors.arange(0, count).mul(hop).unsqueeze(1).add(Tensors.arange(0, points));
        Tensor flat = frames.reshape(frames.size(0), count * points);
        Tensor index = places.reshape(1, count * points).expand(flat.shape());
        return frames.newZeros(Shape.of(frames.size(0), total)).scatterAdd(1, index, flat);
    }

    private Tensor padded(Tensor x, long by) {
        long n = x.size(-1);
        if (padMode.equals("constant")) {
            Tensor zeros = x.newZeros(x.shape().with(1, by));
            return zeros.cat(-1, x, zeros);
        }
        if (padMode.equals("reflect") && by >= n || by > 0 && n == 0) {
            throw new ArgumentException(
                    "stft",
                    "padding by " + by + " with mode '" + padMode + "' needs a longer signal than " + n,
                    Fault.BAD_ARGUMENT);
        }
        long[] places = new long[Math.toIntExact(n + 2 * by)];
        Arrays.setAll(places, i -> {
            long at = i - by;
            return switch (padMode) {
                case "reflect" -> at < 0 ? -at : at >= n ? 2 * (n - 1) - at : at;
                case "replicate" -> Math.clamp(at, 0, n - 1);
                case "circular" -> Math.floorMod(at, n);
                default ->
                    throw new ArgumentException(
                            "stft", "the mode '" + padMode + "' of padding is not known", Fault.BAD_ARGUMENT);
            };
        });
        return x.indexSelect(-1, Tensors.of(places).to(x.device()));
    }
}
