/** The two containers of torch.save: the archive of today and the stream of before. */
@NullMarked
package io.flambeau.io.internal.torch;

import org.jspecify.annotations.NullMarked;
