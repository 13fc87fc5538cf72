package io.flambeau.data;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A wait for workers that read batches, for Java's flight recorder. */
@Name("io.flambeau.LoaderWait")
@Label("Loader Wait")
@Category("Flambeau")
@Description("A program that waited for a batch")
final class LoaderWaitEvent extends Event {}
