package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.mask;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.op.recurrent.Elman;
import io.flambeau.tensor.op.recurrent.ElmanBackward;
import io.flambeau.tensor.op.recurrent.Gru;
import io.flambeau.tensor.op.recurrent.GruBackward;
import io.flambeau.tensor.op.recurrent.Lstm;
import io.flambeau.tensor.op.recurrent.LstmBackward;
import io.flambeau.tensor.op.recurrent.Sweep;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers: 3 steps of 2 samples, either direction, masked and not. */
public final class RecurrentSamples {
    private RecurrentSamples() {}

    public static void addTo(List<Sample> all) {
        for (boolean reverse : new boolean[] {false, true}) {
            for (boolean masked : new boolean[] {false, true}) {
                Sweep sweep = new Sweep(reverse, masked);
                for (boolean on : new boolean[] {false, true}) {
                    lstm(all, new Lstm(sweep, on));
                    gru(all, new Gru(sweep, on));
                    elman(all, new Elman(sweep, on));
                }
            }
        }
    }

    private static Input[] list(Sweep sweep, List<Input> inputs) {
        if (sweep.masked()) {
            inputs.add(mask(3, 2));
        }
        return inputs.toArray(Input[]::new);
    }

    private static void lstm(List<Sample> all, Lstm op) {
        long width = op.projected() ? 1 : 2;
        List<Input> states = new ArrayList<>(List.of(any(2, width), any(2, 2), any(8, width)));
        if (op.projected()) {
            states.add(any(width, 2));
        }
        List<Input> inputs = new ArrayList<>(List.of(any(3, 2, 8)));
        inputs.addAll(states);
        all.add(Sample.of(op, list(op.sweep(), inputs)));
        Input h = any(3, 2, width);
        Input c = any(3, 2, 2);
        Input gates = any(3, 2, 8);
        List<Input> back = new ArrayList<>(List.of(h, c, gates, h, c, gates));
        back.addAll(states);
        all.add(Sample.of(new LstmBackward(op), list(op.sweep(), back)));
    }

    private static void gru(List<Sample> all, Gru op) {
        List<Input> states = new ArrayList<>(List.of(any(2, 2), any(6, 2)));
        if (op.biased()) {
            states.add(any(6));
        }
        List<Input> inputs = new ArrayList<>(List.of(any(3, 2, 6)));
        inputs.addAll(states);
        all.add(Sample.of(op, list(op.sweep(), inputs)));
        Input h = any(3, 2, 2);
        Input gates = any(3, 2, 8);
        List<Input> back = new ArrayList<>(List.of(h, gates, h, gates));
        back.addAll(states);
        all.add(Sample.of(new GruBackward(op), list(op.sweep(), back)));
    }

    private static void elman(List<Sample> all, Elman op) {
        List<Input> inputs = new ArrayList<>(List.of(any(3, 2, 2), any(2, 2), any(2, 2)));
        all.add(Sample.of(op, list(op.sweep(), inputs)));
        List<Input> back = new ArrayList<>(List.of(any(3, 2, 2), any(3, 2, 2), any(2, 2), any(2, 2)));
        all.add(Sample.of(new ElmanBackward(op), list(op.sweep(), back)));
    }
}
