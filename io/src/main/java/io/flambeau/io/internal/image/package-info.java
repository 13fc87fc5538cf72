/** Pixels between the JDK's images and planes of bytes. */
@NullMarked
package io.flambeau.io.internal.image;

import org.jspecify.annotations.NullMarked;
