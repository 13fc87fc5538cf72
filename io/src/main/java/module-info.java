/** File formats as functions between files and tensors. */
module io.flambeau.io {
    requires transitive io.flambeau.tensor;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires static org.jspecify;

    exports io.flambeau.io;
    exports io.flambeau.io.internal to
            io.flambeau.cli,
            io.flambeau.conformance;
    exports io.flambeau.io.internal.json to
            io.flambeau.cli,
            io.flambeau.conformance;
}
