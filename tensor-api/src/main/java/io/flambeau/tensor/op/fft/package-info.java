/** Discrete Fourier transforms along axes, on the host unless a kernel is registered. */
@NullMarked
package io.flambeau.tensor.op.fft;

import org.jspecify.annotations.NullMarked;
