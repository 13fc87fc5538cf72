/** Tensors, the operations they are made of, and the seams for backends and interpreters. */
module io.flambeau.tensor {
    requires jdk.jfr;
    requires static org.jspecify;

    exports io.flambeau.tensor;
    exports io.flambeau.tensor.catalog;
    exports io.flambeau.tensor.op;
    exports io.flambeau.tensor.op.activation;
    exports io.flambeau.tensor.op.attention;
    exports io.flambeau.tensor.op.conv;
    exports io.flambeau.tensor.op.embedding;
    exports io.flambeau.tensor.op.fft;
    exports io.flambeau.tensor.op.index;
    exports io.flambeau.tensor.op.linalg;
    exports io.flambeau.tensor.op.linear;
    exports io.flambeau.tensor.op.loss;
    exports io.flambeau.tensor.op.math;
    exports io.flambeau.tensor.op.norm;
    exports io.flambeau.tensor.op.pool;
    exports io.flambeau.tensor.op.random;
    exports io.flambeau.tensor.op.recurrent;
    exports io.flambeau.tensor.op.step;
    exports io.flambeau.tensor.op.vision;
    exports io.flambeau.tensor.spi;

    uses io.flambeau.tensor.catalog.CatalogProvider;
    uses io.flambeau.tensor.spi.Autograd;
    uses io.flambeau.tensor.spi.BackendProvider;
    uses io.flambeau.tensor.spi.KernelProvider;
}
