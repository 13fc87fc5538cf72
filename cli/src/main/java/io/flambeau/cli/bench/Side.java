package io.flambeau.cli.bench;

import java.util.Optional;

/** One of those who take turns. */
interface Side extends AutoCloseable {
    /** What the table calls it. */
    String title();

    /** Runs a case until compilers and caches have settled; says how it will be run, or nothing if it is not known. */
    Optional<String> warm(Case work, double seconds);

    /** Does a case so many times and gives the seconds of each. */
    double[] run(Case work, int count);

    /** The most memory that the side's process had, in bytes; 0 where the system does not tell. */
    long peak();

    @Override
    void close();
}
