/** The conformance kit: the laws every backend keeps, the reference backend that defines them and the null backend. */
module io.flambeau.tck {
    requires transitive io.flambeau.tensor;
    requires static transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.flambeau.tck;

    provides io.flambeau.tensor.spi.BackendProvider with
            io.flambeau.tck.ReferenceProvider,
            io.flambeau.tck.NullProvider;
}
