/** JSON as RFC 8259 has it, strictly and with limits. */
@NullMarked
package io.flambeau.io.internal.json;

import org.jspecify.annotations.NullMarked;
