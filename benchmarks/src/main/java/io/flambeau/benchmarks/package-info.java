/** What single operations cost, measured by JMH. */
@NullMarked
package io.flambeau.benchmarks;

import org.jspecify.annotations.NullMarked;
