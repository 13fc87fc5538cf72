package io.flambeau.nn.functional;

import io.flambeau.tensor.op.Axes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an image is sampled anew. Either the size or the scale is given, one number for all spatial axes or one for each.
 *
 * @param size the new spatial sizes, or empty
 * @param scale how many new elements there are for one old one, or empty
 * @param mode how values between elements are found
 * @param alignCorners whether the centres of the corner elements keep their places; null for no. Not for nearest and
 *     area
 * @param recomputeScale whether the scale that is used follows from the rounded sizes
 * @param antialias whether shrinking averages over what it passes; bilinear and bicubic only
 */
public record InterpolateOptions(
        Axes size,
        List<Double> scale,
        Mode mode,
        @Nullable Boolean alignCorners,
        boolean recomputeScale,
        boolean antialias) {
    /** How values between elements are found. */
    public enum Mode {
        NEAREST,
        NEAREST_EXACT,
        LINEAR,
        BILINEAR,
        BICUBIC,
        TRILINEAR,
        /** The means of {@code adaptiveAvgPool}. */
        AREA
    }

    /** To these spatial sizes. */
    public static InterpolateOptions size(long... size) {
        return new InterpolateOptions(Axes.of(size), List.of(), Mode.NEAREST, null, false, false);
    }

    /** By these factors. */
    public static InterpolateOptions scale(double... scale) {
        List<Double> factors = Arrays.stream(scale).boxed().toList();
        return new InterpolateOptions(Axes.of(new long[0]), factors, Mode.NEAREST, null, false, false);
    }

    public InterpolateOptions mode(Mode mode) {
        return new InterpolateOptions(size, scale, mode, alignCorners, recomputeScale, antialias);
    }

    public InterpolateOptions alignCorners(@Nullable Boolean align) {
        return new InterpolateOptions(size, scale, mode, align, recomputeScale, antialias);
    }

    public InterpolateOptions recomputeScale(boolean recompute) {
        return new InterpolateOptions(size, scale, mode, alignCorners, recompute, antialias);
    }

    public InterpolateOptions antialias(boolean antialias) {
        return new InterpolateOptions(size, scale, mode, alignCorners, recomputeScale, antialias);
    }
}
