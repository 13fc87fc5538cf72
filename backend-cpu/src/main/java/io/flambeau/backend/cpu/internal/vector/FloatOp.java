package io.flambeau.backend.cpu.internal.vector;

import java.io.Serializable;
import jdk.incubator.vector.FloatVector;

/** An elementwise function on vectors of floats; operands beyond its arity are ignored. */
@FunctionalInterface
interface FloatOp extends Serializable {
    FloatVector apply(FloatVector x, FloatVector y, FloatVector z);
}
