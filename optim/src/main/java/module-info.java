/** Optimizers and learning rate schedules. */
module io.flambeau.optim {
    requires transitive io.flambeau.tensor;
    requires static org.jspecify;

    exports io.flambeau.optim;
    exports io.flambeau.optim.catalog;
    exports io.flambeau.optim.schedule;
}
