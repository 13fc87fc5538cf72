/** The seams: what a backend, a kernel provider or an interpreter implements. */
@NullMarked
package io.flambeau.tensor.spi;

import org.jspecify.annotations.NullMarked;
