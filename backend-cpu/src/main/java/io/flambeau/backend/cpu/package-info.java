/** Kernels for the CPU, written with the Vector API, with a plain path for where it is absent. */
@NullMarked
package io.flambeau.backend.cpu;

import org.jspecify.annotations.NullMarked;
