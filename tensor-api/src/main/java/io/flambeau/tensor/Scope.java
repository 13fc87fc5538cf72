package io.flambeau.tensor;

import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Region;
import io.flambeau.tensor.spi.Standing;
import io.flambeau.tensor.spi.Storage;

/**
 * Frees what was made inside it, except what is kept. A scope changes when memory goes back, never what a program
 * computes; without any scope memory goes back too, only later.
 *
 * <pre>{@code
 * try (Scope step = Scope.open("step")) {
 *     Tensor loss = model.call(x).sub(y).square().mean();
 *     loss.backward();
 *     optimizer.step();
 *     total += loss.item();
 * }                                    // activations and gradients' temporaries are back in the pool
 * }</pre>
 *
 * A scope belongs to the thread that opened it, and so do the tensors it owns until they are kept or shared. A forgotten
 * close only delays: the close of an outer scope closes the inner ones.
 */
public final class Scope implements AutoCloseable {
    private final Region region;

    private Scope(Region region) {
        this.region = region;
    }

    /** Opens a scope inside the one that is open on this thread. */
    public static Scope open(String name) {
        return new Scope(Region.open(name));
    }

    /** Opens a scope that owns nothing: what is made inside belongs to no scope, for state that outlives a step. */
    public static Scope none() {
        return new Scope(Region.none());
    }

    /** Keeps the data beyond this scope and cuts the history. Returns a tensor for the outer scope. */
    public Tensor keep(Tensor tensor) {
        return keepGraph(tensor).detach();
    }

    /** Keeps the data and the history beyond this scope. Returns the tensor. */
    public Tensor keepGraph(Tensor tensor) {
        region.keep(storage(tensor));
        return tensor;
    }

    /** Takes a tensor out of all scopes, so that any thread may use it. Returns the tensor. */
    public Tensor share(Tensor tensor) {
        Region.share(storage(tensor));
        return tensor;
    }

    /**
     * Returns the memory of tensors at once, whoever owns it; later uses of them and of their views fail. For owners of
     * a value that is used up, like a batch of a loader.
     */
    public static void release(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            storage(tensor).release("by its owner");
        }
    }

    private static Storage storage(Tensor tensor) {
        return Access.door().symbol(tensor) instanceof Standing standing
                ? storage(standing.target())
                : Access.door().rawView(tensor).storage();
    }

    @Override
    public void close() {
        region.close();
    }
}
