package io.flambeau.tck.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Memory;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.Storage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What scopes own, keep, share and refuse. */
class ScopeTest {
    private static <T> T scarce(Supplier<T> body) {
        return Tensors.withDevice(ScarceProvider.DEVICE, body);
    }

    private static Tensor ones(long... sizes) {
        return scarce(() -> Tensors.ones(sizes));
    }

    private static long live() {
        ones(1);
        return Memory.usage(ScarceProvider.DEVICE).live();
    }

    private static <T> T elsewhere(Supplier<T> body) {
        return CompletableFuture.supplyAsync(
                        body, command -> Thread.ofPlatform().name("other").start(command))
                .join();
    }

    @Test
    void givesBackWhatWasMadeInside() {
        Memory.collect();
        long before = live();
        try (Scope _ = Scope.open("step")) {
            Tensor x = ones(1000);
            x.add(1).mul(2);
            assertThat(live()).isGreaterThanOrEqualTo(before + 3 * 4000);
        }
        Memory.collect();
        assertThat(live()).isLessThanOrEqualTo(before);
    }

    @Test
    void saysWhyATensorIsGone() {
        Tensor gone;
        try (Scope _ = Scope.open("step")) {
            gone = ones(3);
        }
        assertThat(gone.isLive()).isFalse();
        assertThatThrownBy(() -> gone.add(1))
                .isInstanceOf(ReleasedException.class)
                .hasMessage("add: a tensor's memory was released when scope \"step\" closed; keep it with"
                        + " scope.keep(tensor) (FB-201)");
        assertThatThrownBy(gone::toFloatArray).isInstanceOf(ReleasedException.class);
        assertThatThrownBy(() -> ones(3).add_(gone)).isInstanceOf(ReleasedException.class);
        assertThatThrownBy(() -> gone.add_(1)).isInstanceOf(ReleasedException.class);
        assertThatThrownBy(() -> gone.view(3, 1)).isInstanceOf(ReleasedException.class);
    }

    @Test
    void viewsLiveAndDieWithTheirMemory() {
        Tensor view;
        Tensor kept;
        try (Scope step = Scope.open("step")) {
            Tensor x = ones(2, 3);
            view = x.t();
            kept = step.keep(ones(4).narrow(0, 1, 2));
        }
        assertThat(view.isLive()).isFalse();
        assertThat(kept.toFloatArray()).containsExactly(1, 1);
    }

    @Test
    void keepsForTheScopeOutside() {
        Tensor kept;
        try (Scope _ = Scope.open("outer")) {
            try (Scope inner = Scope.open("inner")) {
                kept = inner.keep(ones(3));
            }
            assertThat(kept.sum().item()).isEqualTo(3);
        }
        assertThat(kept.isLive()).isFalse();
    }

    @Test
    void anOuterScopeKeepsWhatAnInnerOneMade() {
        Tensor kept;
        try (Scope outer = Scope.open("outer")) {
            try (Scope _ = Scope.open("inner")) {
                kept = outer.keep(ones(3));
            }
            assertThat(kept.isLive()).isTrue();
        }
        assertThat(kept.sum().item()).isEqualTo(3);
    }

    @Test
    void whatIsMadeUnderNoneBelongsToNoScope() {
        Tensor state;
        try (Scope _ = Scope.open("step")) {
            try (Scope _ = Scope.none()) {
                state = ones(3);
            }
            ones(3);
        }
        assertThat(state.sum().item()).isEqualTo(3);
    }

    @Test
    void aForgottenScopeIsClosedByTheOuterOne() {
        Tensor inner;
        try (Scope _ = Scope.open("outer")) {
            Scope.open("forgotten");
            inner = ones(3);
        }
        assertThatThrownBy(() -> inner.add(1)).hasMessageContaining("\"forgotten\"");
        Tensor outside = ones(3);
        assertThat(outside.isLive()).isTrue();
    }

    @Test
    void closingTwiceDoesNothing() {
        Scope scope = Scope.open("step");
        ones(3);
        scope.close();
        try (Scope _ = Scope.open("next")) {
            Tensor x = ones(3);
            scope.close();
            assertThat(x.isLive()).isTrue();
        }
    }

    @Test
    void anotherThreadMayUseOnlyWhatIsShared() {
        try (Scope step = Scope.open("step")) {
            Tensor mine = ones(3);
            assertThatThrownBy(() -> elsewhere(() -> mine.add(1)))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(ReleasedException.class)
                    .hasMessage("add: a tensor belongs to scope \"step\" of thread \""
                            + Thread.currentThread().getName()
                            + "\" and is used by \"other\"; keep it beyond the scope,"
                            + " or call scope.share(tensor) (FB-202)");
            step.share(mine);
            assertThat(elsewhere(() -> mine.add(1).sum().item())).isEqualTo(6);
        }
    }

    @Test
    void aSharedTensorOutlivesItsScope() {
        Tensor shared;
        try (Scope step = Scope.open("step")) {
            shared = step.share(ones(3));
        }
        assertThat(shared.sum().item()).isEqualTo(3);
    }

    @Test
    void whatAGraphHoldsOutlivesTheScopeAndGoesWithTheHold() {
        Tensor saved;
        try (Scope _ = Scope.open("step")) {
            saved = ones(3);
            storage(saved).hold();
        }
        assertThat(saved.sum().item()).isEqualTo(3);
        storage(saved).unhold();
        assertThatThrownBy(() -> saved.add(1)).hasMessageContaining("backward");
    }

    private static Storage storage(Tensor x) {
        return Access.door().rawView(x).storage();
    }

    @Test
    void resultsOfADecompositionOutliveItsInnerScope() {
        Tensor result;
        try (Scope _ = Scope.open("step")) {
            Tensor x = ones(2, 3);
            long before = live();
            result = x.softmax(-1);
            assertThat(live() - before).isLessThanOrEqualTo(3 * 64);
            assertThat(result.sum().item()).isBetween(1.999, 2.001);
        }
        assertThat(result.isLive()).isFalse();
    }
}
