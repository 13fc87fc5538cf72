package io.flambeau.tck.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.NoBackendException;
import io.flambeau.tensor.internal.Backends;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which device is the best, which the default, and what is said of those passed over. */
class ChoiceOfDevicesTest {
    private static final Probe ABSENT =
            new Probe.Unavailable("load libabacus.so.2", "not found", "nothing", "version 2", "install it");
    private static final Probe THERE = new Probe.Available(List.of("a device"));

    private record Fake(String name, int priority, boolean isAccelerator, Probe probe, int bestDevice)
            implements BackendProvider {
        Fake(String name, int priority, boolean isAccelerator, Probe probe) {
            this(name, priority, isAccelerator, probe, 0);
        }

        @Override
        public Backend open() {
            throw new AssertionError("a choice opens nothing");
        }
    }

    private static final Fake HOST = new Fake("host", 0, false, THERE);

    @Test
    void theBestIsTheUsableOneOfHighestPriorityAndTheDefaultIsNoAccelerator() {
        List<BackendProvider> all = List.of(new Fake("fast", 9, true, THERE), HOST);

        assertThat(Backends.choose(all, true)).isEqualTo(new Backends.Choice(new Device("fast", 0), List.of()));
        assertThat(Backends.choose(all, false).device()).isEqualTo(new Device("host", 0));
    }

    @Test
    void whatCannotBeUsedIsPassedOverWithTheReason() {
        List<BackendProvider> all = List.of(new Fake("fast", 9, true, ABSENT), HOST);

        assertThat(Backends.choose(all, true))
                .isEqualTo(new Backends.Choice(
                        new Device("host", 0),
                        List.of("fast (load libabacus.so.2: not found; found nothing, needed version 2; install it)")));
    }

    @Test
    void aBackendMayHaveABetterDeviceThanItsFirstOrNone() {
        assertThat(Backends.choose(List.of(new Fake("mixed", 9, true, THERE, 1), HOST), true)
                        .device())
                .isEqualTo(new Device("mixed", 1));
        assertThat(Backends.choose(List.of(new Fake("slow", 9, true, THERE, -1), HOST), true))
                .isEqualTo(new Backends.Choice(new Device("host", 0), List.of()));
    }

    @Test
    void theDefaultIsChosenWithoutAskingAccelerators() {
        BackendProvider silent = new BackendProvider() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public int priority() {
                return 9;
            }

            @Override
            public boolean isAccelerator() {
                return true;
            }

            @Override
            public Probe probe() {
                throw new AssertionError("was asked");
            }

            @Override
            public Backend open() {
                throw new AssertionError("was opened");
            }
        };
        assertThat(Backends.choose(List.of(silent, HOST), false).device()).isEqualTo(new Device("host", 0));
    }

    @Test
    void anAcceleratorIsTheDefaultWhereNothingElseIsThere() {
        assertThat(Backends.choose(List.of(new Fake("fast", 9, true, THERE)), false)
                        .device())
                .isEqualTo(new Device("fast", 0));
    }

    @Test
    void aNegativePriorityIsNeverChosen() {
        assertThatThrownBy(() -> Backends.choose(List.of(new Fake("shy", -1, false, THERE)), true))
                .isInstanceOf(NoBackendException.class)
                .hasMessage("device: no usable backend was found; add the dependency io.flambeau:flambeau-backend-cpu"
                        + " (FB-401)");
    }
}
