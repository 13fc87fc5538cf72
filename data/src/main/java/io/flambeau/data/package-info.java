/** Datasets, samplers and the loader that makes batches of them. */
@NullMarked
package io.flambeau.data;

import org.jspecify.annotations.NullMarked;
