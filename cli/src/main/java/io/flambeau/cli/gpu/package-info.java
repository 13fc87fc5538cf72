/** The check that is carried to a machine with a GPU. */
@NullMarked
package io.flambeau.cli.gpu;

import org.jspecify.annotations.NullMarked;
