/** What the file formats share: mapped input, bounded cursors, atomic output, deflate. */
@NullMarked
package io.flambeau.io.internal;

import org.jspecify.annotations.NullMarked;
