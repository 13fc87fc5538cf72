/** The discrete Fourier transform of any length on host arrays; complex numbers are stored interleaved (re, im). */
@NullMarked
package io.flambeau.tensor.internal.fft;

import org.jspecify.annotations.NullMarked;
