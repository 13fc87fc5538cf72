/** Kernels as one text for OpenCL C and CUDA C, and a backend that launches them through a {@code Driver}. */
@NullMarked
package io.flambeau.backend.clike;

import org.jspecify.annotations.NullMarked;
