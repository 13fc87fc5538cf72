package io.flambeau.cli.train;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param data a folder of IDX files, or null to draw digits
 * @param epochs how often to go through the training pictures
 * @param batch pictures in a step
 * @param lr the greatest learning rate
 * @param workers threads that read pictures ahead
 * @param seed decides everything random
 * @param folder where the run's files go
 * @param resume a checkpoint to go on from, or null
 * @param saveEvery steps between checkpoints within an epoch; 0 for none
 * @param stopAfter steps after which to stop with a checkpoint; 0 for never
 */
public record Settings(
        @Nullable Path data,
        int epochs,
        int batch,
        double lr,
        int workers,
        long seed,
        Path folder,
        @Nullable Path resume,
        int saveEvery,
        int stopAfter) {}
