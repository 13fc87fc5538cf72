/** Layers: modules that hold parameters or options and call the functions of {@link io.flambeau.nn.F}. */
@NullMarked
package io.flambeau.nn.layer;

import org.jspecify.annotations.NullMarked;
