package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What every backend keeps for every operation; each law fails with an AssertionError that names the values. */
public enum Law {
    SPECS(1, "produces what it inferred", Laws::specs, Laws.ALL, Layout.CONTIGUOUS),
    KERNEL(2, "its kernel equals its decomposition", Laws::kernel, Laws.FLOATING, Layout.CONTIGUOUS),
    REFERENCE(3, "equals the reference backend", Laws::reference, Laws.ALL, Layout.CONTIGUOUS),
    GRADIENT(4, "its gradient equals finite differences", Gradients::check, Laws.WIDE, Layout.CONTIGUOUS),
    REPLAY(5, "its replayed trace equals it", Laws::replay, Laws.ONE, Layout.CONTIGUOUS),
    STRIDES(
            6,
            "strided inputs equal contiguous ones",
            Laws::strides,
            Laws.SIZES,
            Layout.TRANSPOSED,
            Layout.SLICED,
            Layout.EXPANDED),
    FAILURES(7, "fails in the declared form", Laws::failure, Laws.ALL, Layout.CONTIGUOUS),
    DESTINATIONS(
            8,
            "destinations and in-place forms equal it",
            Destinations::check,
            Laws.SIZES,
            Layout.CONTIGUOUS,
            Layout.TRANSPOSED),
    SPECIAL_VALUES(
            9,
            "NaN, infinities, zeros and subnormals pass as on the reference backend",
            SpecialValues::check,
            Laws.REALS,
            Layout.CONTIGUOUS),
    SECOND_GRADIENT(
            10,
            "its gradient's gradient equals finite differences",
            SecondGradients::check,
            Laws.WIDE,
            Layout.CONTIGUOUS),
    TANGENT(
            11,
            "its derivative in a direction is its gradient transposed",
            ForwardDerivatives::check,
            Laws.WIDE,
            Layout.CONTIGUOUS);

    private final int number;
    private final String title;
    private final Consumer<Case> check;
    private final Set<DType> dtypes;
    private final List<Layout> layouts;

    Law(int number, String title, Consumer<Case> check, Set<DType> dtypes, Layout... layouts) {
        this.number = number;
        this.title = title;
        this.check = check;
        this.dtypes = EnumSet.copyOf(dtypes);
        this.layouts = List.of(layouts);
    }

    /** The dtypes it is checked in, where the operation is defined for them. */
    public Set<DType> dtypes() {
        return dtypes;
    }

    /** The layouts it is checked for. */
    public List<Layout> layouts() {
        return layouts;
    }

    /**
     * Checks one sample, as in a test of a single operation.
     *
     * @throws AssertionError if the law is broken
     */
    public void check(Sample sample, DType dtype, Device device) {
        check(new Case(sample, dtype, Layout.CONTIGUOUS, device));
    }

    void check(Case c) {
        check.accept(c);
    }

    /** The number and sentence of the law. */
    public String describe() {
        return "law " + number + ": " + title;
    }
}
