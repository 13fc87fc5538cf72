/** The kernels written with the Vector API; nothing here is loaded when it is absent. */
@NullMarked
package io.flambeau.backend.cpu.internal.vector;

import org.jspecify.annotations.NullMarked;
