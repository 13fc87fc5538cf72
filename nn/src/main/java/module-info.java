/** Modules, layers, losses and their initialisation. */
module io.flambeau.nn {
    requires transitive io.flambeau.tensor;
    requires static org.jspecify;

    exports io.flambeau.nn;
    exports io.flambeau.nn.catalog;
    exports io.flambeau.nn.functional;
    exports io.flambeau.nn.layer;
    exports io.flambeau.nn.loss;

    provides io.flambeau.tensor.catalog.CatalogProvider with
            io.flambeau.nn.catalog.FunctionalCatalogs;
}
