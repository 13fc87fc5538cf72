package io.flambeau.autograd.internal;

import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Decorator;
import io.flambeau.tensor.spi.Modes;
import io.flambeau.tensor.spi.Standing;

/**
 * The symbol of a tensor that is one element of a batch, and stands for all of them.
 *
 * @param batch the batch
 * @param target all elements, along a first axis; itself a lane where batches are nested
 */
record Lane(Batch batch, Tensor target) implements Standing {
    private static final Access DOOR = Access.door();

    /** The tensor without its first axis, to the eyes of the batched function. */
    static Tensor of(Batch batch, Tensor target) {
        return DOOR.symbolic(target.spec().with(target.shape().without(0)), new Lane(batch, target));
    }

    @Override
    public Tensor detached() {
        return of(batch, target.detach());
    }

    /** The tensor below all batches. */
    static Tensor bottom(Tensor tensor) {
        Tensor at = tensor;
        while (DOOR.symbol(at) instanceof Lane lane) {
            at = lane.target;
        }
        return at;
    }

    /** A tensor below the batches of another one, with a value for each of their elements. */
    static Tensor bottom(Tensor other, Tensor tensor) {
        return DOOR.symbol(other) instanceof Lane lane ? bottom(lane.target, lane.batch.all(tensor)) : tensor;
    }

    /** A tensor from below all batches in the lanes of another one. */
    static Tensor inLanesOf(Tensor other, Tensor bottom) {
        return DOOR.symbol(other) instanceof Lane lane ? of(lane.batch, inLanesOf(lane.target, bottom)) : bottom;
    }

    /** A tensor with a value for each element of every batch that is being run, even where they are all the same. */
    static Tensor everywhere(Tensor tensor) {
        return everywhere(tensor, Modes.current().above(), 0);
    }

    private static Tensor everywhere(Tensor tensor, Decorator[] above, int level) {
        if (level == above.length) {
            return tensor;
        }
        if (!(above[level] instanceof Batch batch)) {
            return everywhere(tensor, above, level + 1);
        }
        Tensor target = DOOR.symbol(tensor) instanceof Lane lane && lane.batch == batch
                ? everywhere(lane.target, above, level + 1)
                : batch.spread(everywhere(tensor, above, level + 1));
        return of(batch, target);
    }
}
