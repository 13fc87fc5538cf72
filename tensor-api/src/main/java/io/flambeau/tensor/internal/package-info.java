/** The door, the eager interpreter and promotion; not exported. */
@NullMarked
package io.flambeau.tensor.internal;

import org.jspecify.annotations.NullMarked;
