package io.flambeau.tensor;

import org.jspecify.annotations.Nullable;

/**
 * One part of what stands in brackets in {@code x[0, 1:5:2, ..., mask]}: a place, a range, an ellipsis, a new axis, or
 * a tensor of integers or booleans, which is an index itself.
 *
 * <pre>{@code
 * x.get(at(0), slice(1, 5, 2), all(), mask)
 * }</pre>
 *
 * @see Indexing#get
 */
public sealed interface Index permits Tensor, Index.At, Index.Range, Index.Special {

    /** One place of an axis, which is dropped; negative places count from the end. */
    record At(long place) implements Index {
        @Override
        public String toString() {
            return Long.toString(place);
        }
    }

    /** Every step-th place from start to before end, clipped to the axis; null stands for what Python leaves out. */
    record Range(
            @Nullable Long start,
            @Nullable Long end,
            @Nullable Long step) implements Index {
        @Override
        public String toString() {
            return (start == null ? "" : start) + ":" + (end == null ? "" : end) + (step == null ? "" : ":" + step);
        }
    }

    /** The parts without values. */
    enum Special implements Index {
        ELLIPSIS,
        NEW_AXIS
    }

    static Index at(long place) {
        return new At(place);
    }

    static Index slice(long start, long end) {
        return new Range(start, end, null);
    }

    static Index slice(long start, long end, long step) {
        return new Range(start, end, step);
    }

    /** From a place on. */
    static Index from(long start) {
        return new Range(start, null, null);
    }

    /** Up to before a place. */
    static Index to(long end) {
        return new Range(null, end, null);
    }

    /** A whole axis. */
    static Index all() {
        return new Range(null, null, null);
    }

    /** As many whole axes as are left over. */
    static Index ellipsis() {
        return Special.ELLIPSIS;
    }

    /** A new axis of size 1. */
    static Index newAxis() {
        return Special.NEW_AXIS;
    }
}
