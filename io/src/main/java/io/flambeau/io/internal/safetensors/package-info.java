/** The safetensors format: its header and its rules. */
@NullMarked
package io.flambeau.io.internal.safetensors;

import org.jspecify.annotations.NullMarked;
