/** The commands of the launcher. */
@NullMarked
package io.flambeau.cli;

import org.jspecify.annotations.NullMarked;
