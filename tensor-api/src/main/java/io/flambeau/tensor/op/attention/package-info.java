/** Attention. */
@NullMarked
package io.flambeau.tensor.op.attention;

import org.jspecify.annotations.NullMarked;
