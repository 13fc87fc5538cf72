/** Softmaxes and normalisations. */
@NullMarked
package io.flambeau.tensor.op.norm;

import org.jspecify.annotations.NullMarked;
