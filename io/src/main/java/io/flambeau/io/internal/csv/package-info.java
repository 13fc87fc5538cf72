/** Records of fields, read one at a time. */
@NullMarked
package io.flambeau.io.internal.csv;

import org.jspecify.annotations.NullMarked;
