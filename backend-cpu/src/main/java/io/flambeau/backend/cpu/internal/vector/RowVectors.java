package io.flambeau.backend.cpu.internal.vector;

import java.io.Serializable;
import jdk.incubator.vector.FloatVector;

/** A row function on vectors: three rows and three numbers, each number in all lanes. */
@FunctionalInterface
interface RowVectors extends Serializable {
    FloatVector apply(FloatVector x, FloatVector y, FloatVector z, FloatVector a, FloatVector b, FloatVector c);
}
