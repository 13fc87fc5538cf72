/** Samples of all operations, by families; one line says how to call an operation. */
@NullMarked
package io.flambeau.tck.sample;

import org.jspecify.annotations.NullMarked;
