package io.flambeau.backend.clike;

/** A compiled and loaded source. */
public interface Program {
    /** The kernel of this name. */
    Kernel kernel(String name);

    /** A driver's own object for a kernel. */
    interface Kernel {}
}
