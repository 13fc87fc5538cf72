/** The header of NumPy's array format. */
@NullMarked
package io.flambeau.io.internal.npy;

import org.jspecify.annotations.NullMarked;
