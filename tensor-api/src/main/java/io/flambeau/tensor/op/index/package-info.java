/** Picking, placing and ordering elements. */
@NullMarked
package io.flambeau.tensor.op.index;

import org.jspecify.annotations.NullMarked;
