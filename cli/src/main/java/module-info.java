/** The commands of the launcher. */
module io.flambeau.cli {
    requires io.flambeau.autograd;
    requires io.flambeau.conformance;
    requires io.flambeau.data;
    requires io.flambeau.io;
    requires io.flambeau.nn;
    requires io.flambeau.optim;
    requires io.flambeau.tck;
    requires io.flambeau.tensor;
    requires java.desktop;
    requires jdk.management;
    requires static org.jspecify;
}
