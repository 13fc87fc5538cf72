/** The reference backend: what every primitive means, written for reading, one file per family. */
@NullMarked
package io.flambeau.tck.reference;

import org.jspecify.annotations.NullMarked;
