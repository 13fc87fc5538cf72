/** Learning rates over time. */
@NullMarked
package io.flambeau.optim.schedule;

import org.jspecify.annotations.NullMarked;
