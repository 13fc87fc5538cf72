package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Interleaving;
import io.flambeau.backend.cpu.internal.Scratch;
import io.flambeau.backend.cpu.internal.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * From the results of phases to the pixels that they are for; see Note [The gradient in phases]. Two phases whose pixels
 * alternate along rows are interleaved first and written as whole rows.
 *
 * @param places of all phases together
 */
record Weave(long pixels, int places, List<Strand> strands) {
    /**
     * One phase, or two that alternate.
     *
     * @param first the place of the phase, or of the two, among those of all phases
     * @param places of the phase, or of each of the two
     */
    private record Strand(int first, int places, boolean pair, Runs runs) {}

    static Weave of(Geometry g, List<Phase> phases) {
        List<Strand> strands = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            int places = phase.adjoint().places();
            boolean pair = i + 1 < phases.size() && alternate(g, phase, phases.get(i + 1));
            strands.add(new Strand(first, places, pair, runs(g, phase, pair ? 2 : 1)));
            first += pair ? 2 * places : places;
            i += pair ? 1 : 0;
        }
        return new Weave(g.pixels(), first, strands);
    }

    private static boolean alternate(Geometry g, Phase even, Phase odd) {
        return g.stride[2] == 2
                && even.first()[0] == odd.first()[0]
                && even.first()[1] == odd.first()[1]
                && even.adjoint().out[2] == odd.adjoint().out[2];
    }

    /** From rows of so many phases side by side to those of the image. */
    private static Runs runs(Geometry g, Phase phase, int width) {
        int[] first = phase.first();
        int[] out = phase.adjoint().out;
        Runs.Builder rows = new Runs.Builder();
        for (int z = 0; z < out[0]; z++) {
            for (int y = 0; y < out[1]; y++) {
                long row = (first[0] + (long) z * g.stride[0]) * g.size[1] + first[1];
                long to = (row + (long) y * g.stride[1]) * g.size[2] + first[2];
                rows.add(((long) z * out[1] + y) * out[2] * width, to, (long) out[2] * width);
            }
        }
        return rows.build(1, g.stride[2] / width);
    }

    /**
     * Writes the planes of some images.
     *
     * @param from the results [phases, planes, images, places]
     * @param to the first plane of the first image
     * @param step from one image to the next
     */
    void run(int planes, int images, long from, long to, long step) {
        int count = planes * images;
        Workers.ranges(count, 1, Math.max(1, Workers.GRAIN / pixels), (begin, end) -> {
            for (long p = begin; p < end; p++) {
                long target = to + p / images * pixels * 4 + p % images * step;
                for (Strand strand : strands) {
                    write(strand, count, p, from + (long) strand.first * count * 4, target);
                }
            }
        });
    }

    /** Writes one plane of {@code count}. */
    private static void write(Strand strand, int count, long plane, long from, long target) {
        int n = strand.places;
        long source = from + plane * n * 4;
        if (strand.pair) {
            long row = Scratch.get(Scratch.FUSED, n * 8L);
            Interleaving.of().join(n, source, source + (long) count * n * 4, row);
            source = row;
        }
        strand.runs.copy(source, target);
    }
}
