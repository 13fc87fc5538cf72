/** Kernels of whole derived operations in single precision. */
@NullMarked
package io.flambeau.backend.cpu.internal.fused;

import org.jspecify.annotations.NullMarked;
