/** The conformance kit: the laws every backend keeps, the reference backend that defines them and the null backend. */
@NullMarked
package io.flambeau.tck;

import org.jspecify.annotations.NullMarked;
