/** The kernels of the CPU backend, over raw addresses. */
@NullMarked
package io.flambeau.backend.cpu.internal;

import org.jspecify.annotations.NullMarked;
