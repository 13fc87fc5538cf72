/** Short programs to read and run. */
@NullMarked
package io.flambeau.examples;

import org.jspecify.annotations.NullMarked;
