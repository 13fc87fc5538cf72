package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.Reshape;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Views: layouts over shared memory. */
class ViewsTest {
    private final Tensor x = Tensors.arange(12).reshape(3, 4);

    @Test
    void reshapesAndPermutes() {
        assertThat(x.t().toLongArray()).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        assertThat(x.reshape(2, -1).shape().sizes()).containsExactly(2, 6);
        assertThat(x.t().reshape(2, 6).toLongArray()).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        assertThat(x.t().reshape(2, 6).sharesMemory(x)).isFalse();
        assertThat(x.reshape(2, 6).sharesMemory(x)).isTrue();
        assertThatThrownBy(() -> x.t().view(12))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-106");
        assertThatThrownBy(() -> x.reshape(5, -1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("FB-105");
    }

    @Test
    void slicesAndSelects() {
        assertThat(x.narrow(1, 1, 2).toLongArray()).containsExactly(1, 2, 5, 6, 9, 10);
        assertThat(x.select(1, -1).toLongArray()).containsExactly(3, 7, 11);
        assertThat(x.slice(1, 0, 4, 3).toLongArray()).containsExactly(0, 3, 4, 7, 8, 11);
        assertThat(x.flip(0, 1).toLongArray()).containsExactly(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        assertThat(x.diagonal(1, 0, 1).toLongArray()).containsExactly(1, 6, 11);
        assertThat(x.diagonal(-1, 0, 1).toLongArray()).containsExactly(4, 9);
        assertThat(x.unfold(1, 2, 2).toLongArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(x.unfold(1, 3, 1).shape().sizes()).containsExactly(3, 2, 3);
        assertThat(x.asStrided(Shape.of(2, 2), new long[] {5, 1}, 1).toLongArray())
                .containsExactly(1, 2, 6, 7);
    }

    @Test
    void splits() {
        Tensor[] pieces = x.split(3, 1);
        assertThat(pieces).hasSize(2);
        assertThat(pieces[1].toLongArray()).containsExactly(3, 7, 11);
        assertThat(x.chunk(2, 0)[0].shape().sizes()).containsExactly(2, 4);
        assertThat(x.unbind(0)[2].toLongArray()).containsExactly(8, 9, 10, 11);
    }

    @Test
    void seesOtherDtypes() {
        Tensor f = Tensors.of(new float[] {1, -2});
        assertThat(f.view(DType.I32).toIntArray())
                .containsExactly(Float.floatToRawIntBits(1), Float.floatToRawIntBits(-2));
        assertThat(f.view(DType.U8).shape().sizes()).containsExactly(8);
        Tensor z = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2).viewAsComplex();
        assertThat(z.imag().toFloatArray()).containsExactly(2, 4);
        z.real().fill_(9);
        assertThat(z.toFloatArray()).containsExactly(9, 2, 9, 4);
    }

    @Test
    void stridedScalarsAndEmptyTensors() {
        assertThat(Tensors.scalar(3.0).shape().rank()).isZero();
        assertThat(Tensors.scalar(3.0).add(Scalar.of(1.0)).item()).isEqualTo(4);
        assertThat(Tensors.zeros(0).add(1).count()).isZero();
        assertThat(Tensors.zeros(3, 0).t().contiguous().shape().sizes()).containsExactly(0, 3);
        assertThat(Tensors.scalar(3.0).expand(2, 2).sum().item()).isEqualTo(12);
    }

    /** A view of a random layout is given a random shape: it must exist exactly when some strides fit, and be right. */
    @Test
    void reshapeOfAnyLayoutIsAViewWhereOneExists() {
        Random random = new Random(1);
        int views = 0;
        for (int trial = 0; trial < 3000; trial++) {
            Tensor t = randomLayout(random);
            long[] sizes = randomFactors(random, t.count());
            View view = Access.door().rawView(t);
            long[] strides = Reshape.strides(view, Shape.of(sizes));
            long[] expected = places(view);
            boolean fits = exists(expected, sizes);
            assertThat(strides != null).as("%s as %s", view, Shape.of(sizes)).isEqualTo(fits);
            if (strides != null) {
                views++;
                assertThat(places(view.with(Shape.of(sizes), strides, view.offset())))
                        .as("%s as %s", view, Shape.of(sizes))
                        .containsExactly(expected);
            }
        }
        assertThat(views).isGreaterThan(500);
    }

    private static Tensor randomLayout(Random random) {
        long[] sizes = new long[random.nextInt(1, 5)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(1, 4);
        }
        Tensor t = Tensors.arange(Shape.of(sizes).count()).reshape(sizes);
        for (int step = random.nextInt(3); step > 0; step--) {
            int axis = random.nextInt(t.rank());
            t = switch (random.nextInt(4)) {
                case 0 -> t.transpose(axis, random.nextInt(t.rank()));
                case 1 -> t.slice(axis, random.nextInt(2), t.size(axis), random.nextInt(1, 3));
                case 2 -> t.unsqueeze(axis);
                default -> t.size(axis) == 1 ? t.expand(t.shape().with(axis, 2)) : t;
            };
        }
        return t;
    }

    private static long[] randomFactors(Random random, long count) {
        List<Long> sizes = new ArrayList<>();
        long rest = count;
        while (rest > 1) {
            long factor = random.nextLong(1, rest + 1);
            if (rest % factor == 0) {
                sizes.add(factor);
                rest /= factor;
            }
        }
        if (random.nextBoolean()) {
            sizes.add(random.nextInt(sizes.size() + 1), 1L);
        }
        if (count == 0) {
            sizes.add(0L);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** The element offsets of a view in row-major order. */
    private static long[] places(View view) {
        int count = (int) view.shape().count();
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            long rest = i;
            long at = view.offset();
            for (int axis = view.shape().rank() - 1; axis >= 0; axis--) {
                at += rest % view.shape().size(axis) * view.stride(axis);
                rest /= view.shape().size(axis);
            }
            places[i] = at;
        }
        return places;
    }

    /** Whether the places are an affine function of an index of these sizes. */
    private static boolean exists(long[] places, long[] sizes) {
        long[] strides = new long[sizes.length];
        long step = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = sizes[axis] > 1 && places.length > 0 ? places[(int) step] - places[0] : 0;
            step *= sizes[axis];
        }
        for (int i = 0; i < places.length; i++) {
            long rest = i;
            long at = places[0];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at += rest % sizes[axis] * strides[axis];
                rest /= sizes[axis];
            }
            if (at != places[i]) {
                return false;
            }
        }
        return true;
    }
}
