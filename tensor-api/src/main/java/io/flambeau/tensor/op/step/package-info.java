/** One step of an optimizer for all parameters at once. */
@NullMarked
package io.flambeau.tensor.op.step;

import org.jspecify.annotations.NullMarked;
