/** Losses: modules of an input and a target. */
@NullMarked
package io.flambeau.nn.loss;

import org.jspecify.annotations.NullMarked;
