/** The main job: a network that learns to read digits. */
@NullMarked
package io.flambeau.cli.train;

import org.jspecify.annotations.NullMarked;
