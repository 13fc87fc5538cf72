package io.flambeau.tensor.internal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An operation, for Java's flight recorder. */
@Name("io.flambeau.Operation")
@Label("Operation")
@Category("Flambeau")
@Description("An operation on tensors, with those it is made of inside")
final class OperationEvent extends Event {
    /** Asked on the hot path: its body is empty until the flight recorder starts. */
    private static final OperationEvent SWITCH = new OperationEvent();

    @Label("Operation")
    String operation = "";

    @Label("Result Size")
    @DataAmount
    long bytes;

    static boolean isOn() {
        return SWITCH.isEnabled();
    }
}
