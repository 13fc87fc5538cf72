/** The structure of checkpoints as JSON. */
@NullMarked
package io.flambeau.io.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
