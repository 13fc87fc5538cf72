package io.flambeau.tensor;

import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.internal.Dispatch;
import io.flambeau.tensor.internal.Draws;
import io.flambeau.tensor.op.random.Poisson;

/**
 * The methods of a tensor that draw random numbers: by its values as parameters, or over it. Without a generator the
 * standard one is used.
 */
public sealed interface Sampling permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private Tensor write(String operation, Tensor drawn) {
        return Dispatch.write(operation, self(), drawn.to(self().dtype()));
    }

    private Spec real(String operation) {
        if (!self().dtype().isFloating()) {
            throw new DTypeException(operation, "needs a floating dtype, not " + self().dtype(), Fault.BAD_DTYPE);
        }
        return self().spec();
    }

    /** Ones with these probabilities, zeros else. */
    default Tensor bernoulli(Generator generator) {
        return Draws.bernoulli(generator, self());
    }

    default Tensor bernoulli() {
        return bernoulli(Generator.standard());
    }

    /** Numbers of events at these rates. */
    default Tensor poisson(Generator generator) {
        Generator.State state = generator.take(self().count());
        return Dispatch.one(new Poisson(state.seed(), state.offset()), generator.inputs(self()));
    }

    default Tensor poisson() {
        return poisson(Generator.standard());
    }

    /** Places (I64) drawn with probabilities in proportion to these weights, along the last axis. */
    default Tensor multinomial(long count, boolean replacement, Generator generator) {
        return Draws.multinomial(generator, self(), count, replacement);
    }

    default Tensor multinomial(long count, boolean replacement) {
        return multinomial(count, replacement, Generator.standard());
    }

    /** Uniform numbers in [low, high). */
    default Tensor uniform_(double low, double high, Generator generator) {
        return write(
                "uniform_",
                Tensors.rand(generator, real("uniform_")).mul(high - low).add(low));
    }

    default Tensor uniform_(double low, double high) {
        return uniform_(low, high, Generator.standard());
    }

    /** Normal numbers. */
    default Tensor normal_(double mean, double std, Generator generator) {
        requirePositive("normal_", "std", std, std >= 0);
        return write(
                "normal_", Tensors.randn(generator, real("normal_")).mul(std).add(mean));
    }

    default Tensor normal_(double mean, double std) {
        return normal_(mean, std, Generator.standard());
    }

    /** Numbers whose logarithms are normal. */
    default Tensor logNormal_(double mean, double std, Generator generator) {
        requirePositive("logNormal_", "std", std, std > 0);
        return write(
                "logNormal_",
                Tensors.randn(generator, real("logNormal_")).mul(std).add(mean).exp());
    }

    /** Ones with a probability, zeros else. */
    default Tensor bernoulli_(double p, Generator generator) {
        Tensor probabilities = Tensors.full(self().spec().with(Backends.widest(self().device())), Scalar.of(p));
        return write("bernoulli_", Draws.bernoulli(generator, probabilities));
    }

    default Tensor bernoulli_(double p) {
        return bernoulli_(p, Generator.standard());
    }

    /** Exponential numbers of a rate. */
    default Tensor exponential_(double rate, Generator generator) {
        requirePositive("exponential_", "rate", rate, rate > 0);
        return write(
                "exponential_",
                Draws.exponential(generator, real("exponential_")).div(Scalar.of(rate)));
    }

    default Tensor exponential_(double rate) {
        return exponential_(rate, Generator.standard());
    }

    /** Numbers of trials up to the first success, of this probability. */
    default Tensor geometric_(double p, Generator generator) {
        requirePositive("geometric_", "p", p, p > 0 && p < 1);
        Tensor waited = Draws.exponential(generator, self().spec().with(Backends.widest(self().device())));
        return write("geometric_", waited.div(Scalar.of(-StrictMath.log1p(-p))).ceil());
    }

    /** Cauchy numbers about a median. */
    default Tensor cauchy_(double median, double scale, Generator generator) {
        requirePositive("cauchy_", "scale", scale, scale > 0);
        Tensor uniform = Tensors.rand(generator, real("cauchy_").with(Backends.widest(self().device())));
        return write("cauchy_", uniform.sub(0.5).mul(Math.PI).tan().mul(scale).add(median));
    }

    /** Integers from low to before high. */
    default Tensor random_(long low, long high, Generator generator) {
        return write(
                "random_", Draws.integers(generator, low, high, self().spec().with(DType.I64)));
    }

    private static void requirePositive(String operation, String name, double value, boolean allowed) {
        if (!allowed) {
            throw new ArgumentException(
                    operation, name + " is " + value + ", which is not allowed", Fault.BAD_ARGUMENT);
        }
    }
}
