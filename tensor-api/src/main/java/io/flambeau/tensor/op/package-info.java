/** The operations: each a value that holds its shape rule, its gradient and, where it has one, its decomposition. */
@NullMarked
package io.flambeau.tensor.op;

import org.jspecify.annotations.NullMarked;
