/** Losses. */
@NullMarked
package io.flambeau.tensor.op.loss;

import org.jspecify.annotations.NullMarked;
