/** Operations that draw random numbers; what they draw follows from their fields. */
@NullMarked
package io.flambeau.tensor.op.random;

import org.jspecify.annotations.NullMarked;
