/** Datasets, samplers and the loader that makes batches of them. */
module io.flambeau.data {
    requires transitive io.flambeau.io;
    requires transitive io.flambeau.tensor;
    requires jdk.jfr;
    requires static org.jspecify;

    exports io.flambeau.data;
}
