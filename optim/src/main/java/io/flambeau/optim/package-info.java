/** Optimizers and learning rate schedules. */
@NullMarked
package io.flambeau.optim;

import org.jspecify.annotations.NullMarked;
