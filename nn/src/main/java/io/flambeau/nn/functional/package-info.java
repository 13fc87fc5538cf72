/** The less common arguments of the functions in {@link io.flambeau.nn.F}: one record for each, with withers. */
@NullMarked
package io.flambeau.nn.functional;

import org.jspecify.annotations.NullMarked;
