/** Operations defined on host arrays, cut into matrices that threads share; large factorisations by blocks. */
@NullMarked
package io.flambeau.backend.cpu.internal.host;

import org.jspecify.annotations.NullMarked;
