/** Optimizers and schedules under PyTorch's names. */
@NullMarked
package io.flambeau.optim.catalog;

import org.jspecify.annotations.NullMarked;
