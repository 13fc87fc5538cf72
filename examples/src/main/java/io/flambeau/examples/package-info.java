/** Short programs, one file each, to read and to run. */
@NullMarked
package io.flambeau.examples;

import org.jspecify.annotations.NullMarked;
