/** ZIP archives, read strictly and without copying. */
@NullMarked
package io.flambeau.io.internal.zip;

import org.jspecify.annotations.NullMarked;
