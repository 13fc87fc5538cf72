/** The functions of {@link io.flambeau.nn.F} and the modules under PyTorch's names. */
@NullMarked
package io.flambeau.nn.catalog;

import org.jspecify.annotations.NullMarked;
