/** The engine: the graph, and the passes through it. */
@NullMarked
package io.flambeau.autograd.internal;

import org.jspecify.annotations.NullMarked;
