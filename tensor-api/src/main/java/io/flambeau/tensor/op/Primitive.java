package io.flambeau.tensor.op;

/** The closed families that every backend implements, one method each. */
public sealed interface Primitive extends Op
        permits Fill,
                Iota,
                Random,
                Copy,
                Cast,
                Unary,
                Binary,
                ScalarBinary,
                Compare,
                ScalarCompare,
                Where,
                Reduce,
                ArgReduce,
                Scan,
                MatMul,
                Gather,
                Scatter,
                Sort {}
