/** Rows of a table picked by index. */
@NullMarked
package io.flambeau.tensor.op.embedding;

import org.jspecify.annotations.NullMarked;
