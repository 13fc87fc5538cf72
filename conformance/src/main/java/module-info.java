/** The conformance runner: golden cases against any device. */
module io.flambeau.conformance {
    requires io.flambeau.io;
    requires io.flambeau.nn;
    requires io.flambeau.optim;
    requires io.flambeau.tck;
    requires transitive io.flambeau.tensor;
    requires static org.jspecify;

    exports io.flambeau.conformance;
}
