/** Activation functions: elementwise, with their slopes. */
@NullMarked
package io.flambeau.tensor.op.activation;

import org.jspecify.annotations.NullMarked;
