/** Convolutions: the forward pass and its two adjoints, and padding. */
@NullMarked
package io.flambeau.tensor.op.conv;

import org.jspecify.annotations.NullMarked;
