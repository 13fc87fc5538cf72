/** Discrete Fourier transforms of lines, eight at a time, in doubles. */
@NullMarked
package io.flambeau.backend.cpu.internal.fourier;

import org.jspecify.annotations.NullMarked;
