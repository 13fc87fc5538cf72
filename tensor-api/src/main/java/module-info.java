/** Tensors, the operations they are made of, and the seams for backends and interpreters. */
module io.flambeau.tensor {
    requires static org.jspecify;
}
