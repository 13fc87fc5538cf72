/** Modules, layers, losses and their initialisation. */
@NullMarked
package io.flambeau.nn;

import org.jspecify.annotations.NullMarked;
