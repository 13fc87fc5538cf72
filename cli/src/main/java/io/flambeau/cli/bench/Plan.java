package io.flambeau.cli.bench;

import io.flambeau.tensor.Device;
import java.nio.file.Path;
import java.util.List;

/**
 * What is measured, and how.
 *
 * @param groups which tables
 * @param only the part of a name that a row must have
 * @param python the command that runs a Python with torch
 * @param compiled whether torch.compile is tried too
 * @param seconds how long each side works for a row
 * @param device where both sides work, as far as the other side has the like
 * @param threads how many threads each side has
 * @param file where the results are kept
 */
public record Plan(
        List<Group> groups,
        String only,
        String python,
        boolean compiled,
        double seconds,
        Device device,
        int threads,
        Path file) {}
