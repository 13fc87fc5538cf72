/** Recurrent layers over whole sequences: one operation for each kind of cell, and its gradient. */
@NullMarked
package io.flambeau.tensor.op.recurrent;

import org.jspecify.annotations.NullMarked;
