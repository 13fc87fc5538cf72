/** Pooling over windows. */
@NullMarked
package io.flambeau.tensor.op.pool;

import org.jspecify.annotations.NullMarked;
