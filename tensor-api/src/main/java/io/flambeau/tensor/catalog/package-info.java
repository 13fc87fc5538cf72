/** Every operation under PyTorch's name: its signature, its Java form and how it is called by name. */
@NullMarked
package io.flambeau.tensor.catalog;

import org.jspecify.annotations.NullMarked;
