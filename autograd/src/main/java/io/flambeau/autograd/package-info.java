/** Reverse mode differentiation over the graph a program draws as it runs. */
@NullMarked
package io.flambeau.autograd;

import org.jspecify.annotations.NullMarked;
