/** Training steps side by side with PyTorch's. */
@NullMarked
package io.flambeau.cli.bench;

import org.jspecify.annotations.NullMarked;
