package io.flambeau.cli.bench;

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
 * @param threads how many threads each side has
 * @param file where the results are kept
 */
public record Plan(
        List<Group> groups, String only, String python, boolean compiled, double seconds, int threads, Path file) {}
