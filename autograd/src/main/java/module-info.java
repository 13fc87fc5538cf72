/** Reverse mode differentiation over the graph a program draws as it runs. */
module io.flambeau.autograd {
    requires transitive io.flambeau.tensor;
    requires static org.jspecify;

    exports io.flambeau.autograd;

    provides io.flambeau.tensor.spi.Autograd with
            io.flambeau.autograd.internal.Engine;
}
