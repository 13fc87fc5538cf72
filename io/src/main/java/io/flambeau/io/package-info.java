/**
 * File formats, as functions between files and tensors or maps of tensors.
 *
 * <p>Every reader checks before it allocates, never runs what a file contains, lets go of the file whether it succeeds
 * or fails, and reports damage as a {@link io.flambeau.tensor.FormatException}. Every writer replaces a file in one
 * step: a killed or failed save leaves the old file as it was.
 */
@NullMarked
package io.flambeau.io;

import org.jspecify.annotations.NullMarked;
