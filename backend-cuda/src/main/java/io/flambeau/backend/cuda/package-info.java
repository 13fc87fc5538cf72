/** NVIDIA's devices through the CUDA driver; libraries of the toolkit are used where they are found. */
@NullMarked
package io.flambeau.backend.cuda;

import org.jspecify.annotations.NullMarked;
