package io.flambeau.tensor;

/** How rows of a source are combined into rows of a tensor at an index that has the source's shape. */
@FunctionalInterface
interface RowScatter {
    Tensor combine(Tensor x, int axis, Tensor index, Tensor source);
}
