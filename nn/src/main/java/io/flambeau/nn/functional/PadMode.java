package io.flambeau.nn.functional;

/** What a border is made of. */
public enum PadMode {
    /** One value. */
    CONSTANT,
    /** The elements mirrored at the first and the last, which are not repeated. */
    REFLECT,
    /** The first and the last element. */
    REPLICATE,
    /** The elements of the other end. */
    CIRCULAR
}
