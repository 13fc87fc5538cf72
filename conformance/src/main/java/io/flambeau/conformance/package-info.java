/** The conformance runner: golden cases, made by running PyTorch, against any device. */
@NullMarked
package io.flambeau.conformance;

import org.jspecify.annotations.NullMarked;
